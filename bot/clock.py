"""Times as people write them, from and to whole milliseconds."""

import re

# 1:02:03.450  62:03,45  0:0:4.430  7.380  -0:01.2  — hours and minutes optional, any digits.
CLOCK = r"-?(?:\d{1,3}:)?(?:\d{1,4}:)?\d{1,6}(?:[.,]\d{1,9})?"
_PARTS = re.compile(r"(-?)(?:(\d{1,3}):)??(?:(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,9}))?")


def clock_ms(text: str) -> int | None:
    """Milliseconds of ``[[H:]M:]S[.fraction]``, with dot or comma; None if it is no time."""
    if len(text) == 12 and text[2] == text[5] == ":" and text[8] in ".,":  # as nearly all are
        hours, minutes, seconds, fraction = text[:2], text[3:5], text[6:8], text[9:]
        if (hours + minutes + seconds + fraction).isdecimal():
            return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction)
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return None
    sign, hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    ms = whole * 1000 + (int(fraction.ljust(3, "0")[:3]) if fraction else 0)
    return -ms if sign else ms


def clock(ms: int) -> str:
    """A time as people write it: 0:07, 32:36, 1:02:03."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
