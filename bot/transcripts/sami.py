"""SAMI, Microsoft's .smi captions: ``<SYNC Start=3400><P>words``, no end, an empty one clears."""

import re

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import plain
from bot.transcripts.timed_rows import Row, body_of_rows

_SYNC = re.compile(r"<sync\b[^<>]*?\bstart\s*=\s*[\"']?(-?\d{1,12})(?:ms)?[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|<p\b[^<>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_END = "</body>"


def _sniff(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n")[:5].casefold() == "<sami"


def _read(text: str, _source: str) -> Body:
    title = _TITLE.search(text[:65536])
    stop = text.casefold().rfind(_END)
    _, *parts = _SYNC.split(text[:stop] if stop >= 0 else text)
    rows = [
        Row(int(start), None, plain(_BREAK.sub(" ", words)))
        for start, words in zip(parts[::2], parts[1::2], strict=True)
    ]
    return body_of_rows(rows, Details(title=plain(title[1]) or None if title else None))


SAMI = Format(
    "sami",
    "SAMI",
    _sniff,
    _read,
    programs="Windows Media tools, some caption services",
    speakers="as labels",
    word_times="no",
    lost="styles; which language, where a file has several",
)
