"""Podcasting 2.0 transcripts as HTML: ``<cite>Name:</cite><time>0:34</time><p>words</p>``."""

import re

from bot.clock import clock_ms
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import plain
from bot.transcripts.timed_rows import Row, body_of_rows

_PIECE = re.compile(r"<(cite|time|p)\b[^<>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TIME = re.compile(r"<time\b[^<>]*>\s*\d", re.IGNORECASE)


def _sniff(head: str) -> bool:
    return "<p" in head.casefold() and bool(_TIME.search(head)) and "WEBVTT" not in head[:64]


def _read(text: str, _source: str) -> Body:
    rows: list[Row] = []
    speaker: str | None = None
    for piece in _PIECE.finditer(text):
        kind, words = piece[1].casefold(), plain(piece[2])
        line = text.count("\n", 0, piece.start()) + 1 if kind == "time" else None
        if kind == "cite":
            speaker = words.rstrip(": ") or None
        elif kind == "time":
            rows.append(Row(clock_ms(words.strip("[]() ")), None, "", speaker, line=line))
        elif rows:
            last = rows[-1]
            rows[-1] = Row(last.start_ms, None, f"{last.text} {words}", speaker, line=last.line)
    return body_of_rows(rows)


PODCAST_HTML = Format(
    "podcast_html",
    "Podcasting 2.0 HTML",
    _sniff,
    _read,
    programs="podcast hosts, under podcast:transcript",
    speakers="in cite",
    word_times="no",
    lost="links, emphasis",
)
