"""Snippets of captions with a start and a duration, as youtube-transcript-api gives them."""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, said
from bot.transcripts.pieces import Keys, holds, read_pieces

_KEYS = Keys(duration="duration")
_LISTS = ("snippets", "transcript", "segments", "captions", "subtitles")


def _sniff(document: Any) -> bool:
    return holds(_pieces(document), "text", "start", "duration")


def _read(document: Any, _source: str) -> Body:
    language = said(inner(document, "language_code")) or said(inner(document, "language"))
    title = said(inner(document, "title"))
    return read_pieces(_pieces(document), _KEYS, Details(title or None, language=language or None))


def _pieces(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        return next((found for key in _LISTS if (found := dicts(document.get(key)))), [])
    return dicts(document)


YOUTUBE_SNIPPETS = Format(
    "youtube_snippets",
    "YouTube snippets (start and duration)",
    _sniff,
    _read,
    programs="youtube-transcript-api and what is built on it",
    speakers="as labels",
    word_times="no",
)
