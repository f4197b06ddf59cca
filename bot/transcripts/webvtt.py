"""WebVTT, as players, Zoom, Teams, Whisper and YouTube write it (w3.org/TR/webvtt1)."""

import re
from dataclasses import replace

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import read_cues

_TITLE = re.compile(r"WEBVTT[ \t]+(?:-[ \t]*)?(\S.*)")
_LANGUAGE = re.compile(r"^(?:Language:|NOTE language:)\s*([\w-]+)", re.MULTILINE)


def _sniff(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def _read(text: str, source: str) -> Body:
    body = read_cues(text, source)
    title = _TITLE.match(text.lstrip("\ufeff \t\r\n"))
    language = _LANGUAGE.search(text[:2000])
    details = Details(
        title=title[1].strip() if title else None, language=language[1] if language else None
    )
    return replace(body, details=details)


WEBVTT = Format(
    "webvtt",
    "WebVTT",
    _sniff,
    _read,
    programs="players, Zoom, Teams, Whisper, YouTube (also rolling captions), podcast hosts",
    speakers="as <v Name> or labels",
    word_times="where written inside a cue",
    lost="styles, positions",
)
