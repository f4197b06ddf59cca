"""SubRip (SRT), with or without numbers, with commas or dots."""

import re

from bot.clock import CLOCK
from bot.transcripts.base import Format
from bot.transcripts.cues import read_cues

_ARROW_LINE = re.compile(rf"^[ \t]*{CLOCK}[ \t]*-->", re.MULTILINE)


def _sniff(head: str) -> bool:
    start = head.lstrip("\ufeff \t\r\n")
    if "-->" not in start or start.startswith("WEBVTT"):
        return False
    return _ARROW_LINE.search(start) is not None


SRT = Format(
    "srt",
    "SubRip (SRT)",
    _sniff,
    read_cues,
    programs="players, editors, Whisper, podcast hosts",
    speakers="as labels",
    word_times="no",
    lost="styles, positions",
)
