"""MicroDVD: ``{25}{75}words|second line``, times counted in pictures."""

import re

from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows

_LINE = re.compile(r"^[ \t]*\{(\d{1,9})\}\{(\d{0,9})\}(.*)$")
_RATE = re.compile(r"[1-9]\d(?:[.,]\d{1,6})?")
_STYLE = re.compile(r"\{[a-zA-Z]:[^{}]*\}|^/")
_FILM = 23.976  # pictures a second, where the file does not say


def _sniff(head: str) -> bool:
    lines = [line for line in head.lstrip("\ufeff").split("\n") if line.strip()]
    return bool(lines) and all(_LINE.match(line) for line in lines[:3])


def _read(text: str, _source: str) -> Body:
    lines = enumerate(text.lstrip("\ufeff").split("\n"), 1)
    found = [(number, match) for number, line in lines if (match := _LINE.match(line))]
    rate = _RATE.fullmatch(found[0][1][3].strip())
    per_second = float(rate[0].replace(",", ".")) if rate else _FILM
    rows = [
        Row(_ms(match[1], per_second), _ms(match[2], per_second), _words(match[3]), line=number)
        for number, match in found[1 if rate else 0 :]
    ]
    notes = () if rate else (f"counts pictures: {_FILM} a second are assumed",)
    return body_of_rows(rows, notes=notes)


def _ms(pictures: str, per_second: float) -> int | None:
    return round(int(pictures) * 1000 / per_second) if pictures else None


def _words(text: str) -> str:
    return " ".join(_STYLE.sub("", part).strip() for part in text.split("|"))


MICRODVD = Format(
    "microdvd",
    "MicroDVD",
    _sniff,
    _read,
    programs="older players and rippers",
    speakers="as - or labels",
    word_times="no",
    lost="styles; the frame rate, where the file has none",
)
