"""TTML and DFXP: ``<p begin="…">`` with clock, offset, frame or tick times.

https://www.w3.org/TR/ttml2/#timing-value-timeExpression
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clock import clock_ms
from bot.model import Details, Word
from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows
from bot.transcripts.xml_reading import attribute, local, root_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(r"<(?:\w+:)?tt[\s>]")
_OFFSET = re.compile(r"(\d+(?:\.\d+)?)(h|m|s|ms|f|t)")
_FRAMES = re.compile(r"(\d+:\d+:\d+):(\d+)(?:\.\d+)?")


def _sniff(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n").startswith("<") and bool(_ROOT.search(head[:4096]))


@dataclass(frozen=True, slots=True)
class _Clock:
    """How long a frame and a tick last, in milliseconds."""

    frame_ms: float
    tick_ms: float

    def ms(self, time: str | None) -> int | None:
        """Milliseconds of a time expression, or None."""
        text = (time or "").strip()
        if offset := _OFFSET.fullmatch(text):
            units = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
            unit = units.get(offset[2]) or (self.frame_ms if offset[2] == "f" else self.tick_ms)
            value = float(offset[1]) * unit
            return round(value) if value < 1e12 else None
        if frames := _FRAMES.fullmatch(text):
            whole = clock_ms(frames[1])
            return None if whole is None else whole + round(int(frames[2][:6]) * self.frame_ms)
        return clock_ms(text)


def _clock(root: "Element") -> _Clock:
    rate = _number(attribute(root, "frameRate"), 30.0)
    top, _, bottom = (attribute(root, "frameRateMultiplier") or "1 1").partition(" ")
    rate *= _number(top, 1.0) / _number(bottom, 1.0)
    ticks = _number(attribute(root, "tickRate"), rate)
    return _Clock(1000 / rate, 1000 / ticks)


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text or default)
    except ValueError:
        return default
    return value if 0 < value < 1e12 else default


def _read(text: str, source: str) -> Body:
    root = root_of(text, source)
    agents = dict(_agents(root))
    title = next((each.text for each in root.iter() if local(each) == "title" and each.text), None)
    rows = list(_rows(root, _clock(root), 0, None, agents))
    language = attribute(root, "lang")
    return body_of_rows(rows, Details(title=title, language=language or None))


def _agents(root: "Element") -> Iterator[tuple[str, str]]:
    """The names of the people that ``ttm:agent`` declares, by their id."""
    for agent in (each for each in root.iter() if local(each) == "agent"):
        names = [each.text.strip() for each in agent.iter() if local(each) == "name" and each.text]
        identity = attribute(agent, "id")
        if identity and names:
            yield identity, max(names, key=len)


def _rows(
    element: "Element", clock: _Clock, base_ms: int, voice: str | None, agents: dict[str, str]
) -> Iterator[Row]:
    """A row for each timed paragraph; times of what holds it are added to its own."""
    voice = (attribute(element, "agent") or voice or "").split(" ")[0] or None
    begin_ms = clock.ms(attribute(element, "begin"))
    if local(element) == "p":
        yield from _paragraph(element, clock, base_ms, agents.get(voice or ""))
        return
    shift_ms = 0 if _from_zero(element, clock) else begin_ms or 0
    for inner in element:
        yield from _rows(inner, clock, base_ms + shift_ms, voice, agents)


def _from_zero(element: "Element", clock: _Clock) -> bool:
    """Whether times in an element count from the recording's start, against the letter of TTML.

    So they do in Apple's files: the last of them lies beyond the element's own duration.
    """
    begin_ms, end_ms = (clock.ms(attribute(element, name)) for name in ("begin", "end"))
    if not begin_ms or end_ms is None:
        return False
    inside = [clock.ms(attribute(each, "end")) or 0 for each in element]
    return max(inside, default=0) > end_ms - begin_ms


def _paragraph(
    element: "Element", clock: _Clock, base_ms: int, speaker: str | None
) -> Iterator[Row]:
    start_ms, end_ms = _times(element, clock, base_ms)
    spans = [each for each in element.iter() if local(each) == "span" and attribute(each, "begin")]
    if start_ms is None and spans:
        for span in spans:
            yield Row(*_times(span, clock, base_ms), _text(span), speaker)
        return
    yield Row(
        start_ms, end_ms, _text(element), speaker, _words(spans, clock, base_ms, start_ms or 0)
    )


def _times(element: "Element", clock: _Clock, base_ms: int) -> tuple[int | None, int | None]:
    start_ms, end_ms = (clock.ms(attribute(element, name)) for name in ("begin", "end"))
    lasts_ms = clock.ms(attribute(element, "dur"))
    if start_ms is None:
        return None, None
    if end_ms is None and lasts_ms is not None:
        end_ms = start_ms + lasts_ms
    return base_ms + start_ms, None if end_ms is None else base_ms + end_ms


def _words(spans: list["Element"], clock: _Clock, base_ms: int, start_ms: int) -> tuple[Word, ...]:
    """Words of spans that are timed one by one, from the start of the recording or of the row."""
    times = [_times(span, clock, 0) for span in spans]
    starts = [start for start, _ in times if start is not None]
    if len(starts) < 2 or len(starts) < len(times):
        return ()
    base_ms = base_ms if base_ms + starts[0] >= start_ms else start_ms
    return tuple(
        Word(_text(span), base_ms + (start or 0), base_ms + max(start or 0, end or 0))
        for span, (start, end) in zip(spans, times, strict=True)
        if _text(span)
    )


def _text(element: "Element") -> str:
    """The words of an element, a line break as a space."""
    parts = [element.text or ""]
    for inner in element:
        parts += [" " if local(inner) == "br" else _text(inner), inner.tail or ""]
    return " ".join("".join(parts).split()) if local(element) == "p" else "".join(parts)


TTML = Format(
    "ttml",
    "TTML, DFXP",
    _sniff,
    _read,
    programs="broadcasters, streaming services, Apple Music and Podcasts",
    speakers="as ttm:agent",
    word_times="where spans are timed",
    lost="styles, positions",
)
