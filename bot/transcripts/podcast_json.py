"""Podcasting 2.0 transcripts as JSON: ``segments`` with ``startTime``, ``endTime``, ``body``.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner
from bot.transcripts.pieces import Keys, holds, read_pieces

_KEYS = Keys("body", "startTime", "endTime")


def _sniff(document: Any) -> bool:
    return holds(dicts(inner(document, "segments")), "startTime", "body")


def _read(document: Any, _source: str) -> Body:
    return read_pieces(dicts(inner(document, "segments")), _KEYS, Details())


PODCAST_JSON = Format(
    "podcast_json",
    "Podcasting 2.0 JSON",
    _sniff,
    _read,
    programs="podcast hosts, under podcast:transcript",
    speakers="yes",
    word_times="where a segment is a word",
)
