"""What Whisper prints while it works: ``[00:00.000 --> 00:04.000]  words``, a line a cue."""

import re

from bot.clock import CLOCK, clock_ms
from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows

_LINE = re.compile(rf"^[ \t]*\[({CLOCK})[ \t]*-->[ \t]*({CLOCK})\][ \t]*(.*)$")


def _sniff(head: str) -> bool:
    if "-->" not in head:
        return False
    lines = [line for line in head.lstrip("\ufeff").split("\n") if line.strip()]
    return sum(bool(_LINE.match(line)) for line in lines) * 2 > len(lines)


def _read(text: str, _source: str) -> Body:
    return body_of_rows(
        Row(clock_ms(match[1]), clock_ms(match[2]), match[3], line=number)
        for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1)
        if (match := _LINE.match(line))
    )


WHISPER_CONSOLE = Format(
    "whisper_console",
    "Whisper's console output",
    _sniff,
    _read,
    programs="openai-whisper, whisper.cpp, their wrappers",
    speakers="as labels",
    word_times="no",
)
