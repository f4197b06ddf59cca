"""LRC: ``[01:02.30]words``, several times before one line, ``<01:02.50>`` before a word."""

import re

from bot.clock import clock_ms
from bot.model import Details, Word
from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows

_TIME = r"\d{1,4}:\d{1,2}[.:]\d{1,3}"
_STAMP = re.compile(rf"\[{_TIME}\]")
_LINE = re.compile(rf"^[ \t]*((?:{_STAMP.pattern})+)(?!\s)(.*)$")
_HEADER = re.compile(r"^[ \t]*\[(ti|ar|al|au|by|offset|re|ve|length|la|#)[ \t]*:[ \t]*(.*?)\]")
_INSIDE = re.compile(rf"<({_TIME})>")


def sniff(head: str) -> bool:
    """Whether lines begin with times of hundredths in square brackets, no space behind them."""
    if "-->" in head or not _STAMP.search(head):
        return False
    lines = [line for line in head.lstrip("\ufeff").split("\n") if line.strip()]
    timed = sum(bool(_LINE.match(line)) for line in lines)
    headed = any(_HEADER.match(line) for line in lines[:20])
    return timed >= 2 and (headed or timed * 2 >= len(lines))


def _ms(time: str) -> int:
    minutes, seconds, part = re.split("[.:]", time)
    return clock_ms(f"{minutes}:{seconds}.{part}") or 0


def _read(text: str, _source: str) -> Body:
    rows: list[Row] = []
    headers: dict[str, str] = {}
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if match := _LINE.match(line):
            times = re.findall(_TIME, match[1])
            rows.extend(_row(_ms(time), match[2], number) for time in times)
        elif header := _HEADER.match(line):
            headers.setdefault(header[1], header[2].strip())
    rows.sort(key=lambda row: row.start_ms or 0)  # a line that comes again has all its times
    artist = headers.get("ar")
    details = Details(headers.get("ti") or None, (artist,) if artist else ())
    return body_of_rows(rows, details)


def _row(start_ms: int, marked: str, number: int) -> Row:
    first, *parts = _INSIDE.split(marked)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    timed = [(start_ms, first), *((_ms(time), part) for time, part in pairs)]
    spoken = [(at, " ".join(part.split())) for at, part in timed if part.strip()]
    ends = [at for at, _ in (*spoken[1:], *spoken[-1:])]
    words = tuple(
        Word(part, at, max(at, end)) for (at, part), end in zip(spoken, ends, strict=True)
    )
    text = " ".join(part for _, part in spoken)
    return Row(start_ms, None, text, words=words if len(words) > 1 else (), line=number)


LRC = Format(
    "lrc",
    "LRC",
    sniff,
    _read,
    programs="players, faster-whisper front ends",
    speakers="as labels",
    word_times="in enhanced LRC",
    lost="ends of lines: each is taken to last until the next",
)
