"""Spruce STL, text for DVD authoring: ``00:02:17:10 , 00:02:20:10 , words | second line``."""

import re

from bot.clock import clock_ms
from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows

_TIME = r"(\d{2}:\d{2}:\d{2})[:.;](\d{2})"
_LINE = re.compile(rf"^\s*{_TIME}\s*,\s*{_TIME}\s*,\s*(.*)$")
_STYLE = re.compile(r"\^[BIU]")
_FRAME_MS = 40


def _sniff(head: str) -> bool:
    lines = [line for line in head.lstrip("\ufeff").split("\n") if line.strip()]
    spoken = [line for line in lines if not line.startswith(("$", "//"))]
    return bool(spoken) and bool(_LINE.match(spoken[0]))


def _read(text: str, _source: str) -> Body:
    rows = [
        Row(_ms(match[1], match[2]), _ms(match[3], match[4]), _words(match[5]), line=number)
        for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1)
        if (match := _LINE.match(line))
    ]
    return body_of_rows(rows, notes=("counts pictures: 25 a second are assumed",))


def _ms(time: str, frames: str) -> int:
    return (clock_ms(time) or 0) + int(frames) * _FRAME_MS


def _words(text: str) -> str:
    return _STYLE.sub("", text.replace("|", " "))


SPRUCE_STL = Format(
    "spruce_stl",
    "Spruce STL",
    _sniff,
    _read,
    programs="DVD authoring tools",
    speakers="as labels",
    word_times="no",
    lost="styles, pictures",
)
