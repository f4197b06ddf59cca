"""SubStation Alpha, .ssa and .ass, as Aegisub writes them.

A reader of our own: pysubs2 gives up a file over a colour in its styles, and takes the columns of
an event for those it expects.
"""

import re
from collections.abc import Iterator

from bot.clock import clock_ms
from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.cues import plain
from bot.transcripts.timed_rows import Row, body_of_rows

_SECTION = re.compile(r"\[(?:Script Info|Events|V4\+?(?: Styles)?)\]", re.IGNORECASE)
_COLUMNS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")
_OVERRIDE = re.compile(r"\{[^{}]*\}|\\[Nnh]")
_TITLE = re.compile(r"^Title:[ \t]*(.+)$", re.MULTILINE)


def _sniff(head: str) -> bool:
    return bool(_SECTION.match(head.lstrip("\ufeff \t\r\n")))


def _read(text: str, _source: str) -> Body:
    title = _TITLE.search(text)
    known = title is not None and not title[1].startswith("Default Aegisub")
    rows = sorted(_events(text), key=lambda row: row.start_ms or 0)  # styles stand together
    return body_of_rows(rows, Details(title=title[1].strip() if title and known else None))


def _events(text: str) -> Iterator[Row]:
    columns = _names(_COLUMNS)
    for number, line in enumerate(text.split("\n"), 1):
        kind, _, rest = line.partition(":")
        if kind == "Format" and "text" in _names(rest):
            columns = _names(rest)
        elif kind == "Dialogue":
            parts = [part.strip() for part in rest.split(",", len(columns) - 1)]
            event = dict(zip(columns, parts, strict=False))
            marked = event.get("text", "")
            words = "" if _DRAWING.search(marked) else plain(_OVERRIDE.sub(" ", marked))
            name = event.get("name") or event.get("actor")
            start_ms, end_ms = (clock_ms(event.get(key, "")) for key in ("start", "end"))
            yield Row(start_ms, end_ms, words, name or None, line=number)


def _names(columns: str) -> list[str]:
    return [name.strip().casefold() for name in columns.split(",")]


SUBSTATION = Format(
    "substation",
    "SubStation Alpha (ASS, SSA)",
    _sniff,
    _read,
    programs="Aegisub, fansub and karaoke tools",
    speakers="in the name field",
    word_times="no",
    lost="comments, drawings, styles",
)
