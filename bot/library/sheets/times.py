"""Spans of a talk as sheets write them, to the millisecond: ``0:32:36.120–0:32:41.000``. Pure."""

import re

_SPAN = re.compile(r"(-?)(\d+):(\d\d):(\d\d)\.(\d{3})\s*[–-]\s*(\d+):(\d\d):(\d\d)\.(\d{3})")


def span_text(start_ms: int, end_ms: int) -> str:
    """Two times in milliseconds as text."""
    return f"{_clock(start_ms)}–{_clock(end_ms)}"


def span_of(text: str) -> tuple[int, int] | None:
    """The two times of such a text in milliseconds; None if it is none."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    sign, *parts = found.groups()
    start, end = (_ms(*map(int, parts[at : at + 4])) for at in (0, 4))
    return (-start if sign else start), end


def _clock(time_ms: int) -> str:
    seconds, ms = divmod(abs(time_ms), 1000)
    sign = "-" if time_ms < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def _ms(hours: int, minutes: int, seconds: int, ms: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
