"""SBV, YouTube's caption files: ``0:00:03.900,0:00:08.460`` above the words."""

import re

from bot.clock import CLOCK, clock_ms
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import plain
from bot.transcripts.timed_rows import Row, body_of_rows

_TIMES = re.compile(rf"^[ \t]*(\d{{1,3}}:{CLOCK}),({CLOCK})[ \t]*$")


def _sniff(head: str) -> bool:
    lines = [line for line in head.split("\n") if line.strip()]
    return bool(lines) and _TIMES.match(lines[0].lstrip("\ufeff")) is not None


def _read(text: str, _source: str) -> Body:
    found: list[tuple[int | None, int | None, int, list[str]]] = []
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if times := _TIMES.match(line):
            found.append((clock_ms(times[1]), clock_ms(times[2]), number, []))
        elif found:
            found[-1][3].append(line)
    return body_of_rows(
        Row(start_ms, end_ms, plain(" ".join(lines)), line=number)
        for start_ms, end_ms, number, lines in found
    )


SBV = Format(
    "sbv",
    "SBV",
    _sniff,
    _read,
    programs="YouTube Studio",
    speakers="as >> or labels",
    word_times="no",
)
