"""YouTube's XML captions: srv1 ``<text start dur>``, srv3 and YTT ``<p t d>`` with ``<s t>``."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.clock import clock_ms
from bot.model import Word
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import plain
from bot.transcripts.timed_rows import Row, body_of_rows
from bot.transcripts.xml_reading import local, root_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(r"^(?:<\?xml[^>]*>\s*)?<(?:timedtext|transcript)[\s>]")
_UNSEEN = re.compile("[\u200b\u200c\u2060]+")  # what caption editors put around words
_TOUCH_MS = 60  # between two pictures of one caption


def _sniff(head: str) -> bool:
    return bool(_ROOT.match(head.lstrip("\ufeff \t\r\n")))


def _read(text: str, source: str) -> Body:
    root = root_of(text, source)
    rows = [row for each in root.iter() for row in _row(each)]
    rows.sort(key=lambda row: row.start_ms or 0)
    once, merged = _once(rows)
    body = body_of_rows(_until_next(once))
    return replace(body, cues_present=len(rows), merged=merged)


def _row(element: "Element") -> Iterator[Row]:
    if local(element) == "text":  # srv1 in seconds, srv2 in milliseconds
        start, lasts = element.get("start"), element.get("dur")
        start_ms = clock_ms(start or "") if start else _ms(element.get("t"))
        lasts_ms = clock_ms(lasts or "") if lasts else _ms(element.get("d"))
    elif local(element) == "p":
        start_ms, lasts_ms = _ms(element.get("t")), _ms(element.get("d"))
    else:
        return
    end_ms = start_ms + lasts_ms if start_ms is not None and lasts_ms is not None else None
    text = plain(_UNSEEN.sub("", "".join(element.itertext())))
    yield Row(start_ms, end_ms, text, words=_words(element, start_ms or 0, end_ms))


def _ms(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,12}", text) else None


def _words(element: "Element", start_ms: int, end_ms: int | None) -> tuple[Word, ...]:
    parts = [(plain(part.text or ""), _ms(part.get("t"))) for part in element if local(part) == "s"]
    spoken = [(text, start_ms + (offset or 0)) for text, offset in parts if text]
    if len(spoken) < 2 or not any(offset for _, offset in parts):
        return ()
    ends = [*(start for _, start in spoken[1:]), end_ms or spoken[-1][1]]
    return tuple(
        Word(text, start, max(start, end)) for (text, start), end in zip(spoken, ends, strict=True)
    )


def _once(rows: list[Row]) -> tuple[list[Row], int]:
    """Rows without the pictures of one caption that follow each other; how many were joined."""
    kept: list[Row] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last and row.text and row.text == last.text and _touch(last, row):
            kept[-1] = replace(last, end_ms=max(last.end_ms or 0, row.end_ms or 0))
        else:
            kept.append(row)
    return kept, len(rows) - len(kept)


def _touch(row: Row, after: Row) -> bool:
    return (after.start_ms or 0) - (row.end_ms or 0) < _TOUCH_MS


def _until_next(rows: list[Row]) -> Iterator[Row]:
    """Rows that end where the next begins: automatic captions stay on the screen."""
    for row, following in pairwise([*rows, None]):
        if row is None:
            continue
        next_ms = following.start_ms if following else None
        if row.end_ms is not None and next_ms is not None and next_ms > (row.start_ms or 0):
            yield replace(row, end_ms=min(row.end_ms, next_ms))
        else:
            yield row


YOUTUBE_SRV = Format(
    "youtube_srv",
    "YouTube srv1, srv3, YTT",
    _sniff,
    _read,
    programs="YouTube's player, yt-dlp, YTSubConverter",
    speakers="as >> or labels",
    word_times="in automatic captions",
    lost="positions, colours",
)
