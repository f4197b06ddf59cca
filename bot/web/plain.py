"""Dates and values as people read them. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from bot.clock import clock


class Said(Protocol):
    """A quote, a line of the inbox, a paragraph."""

    @property
    def start_ms(self) -> int:
        """From the start of the recording, in milliseconds."""

    @property
    def approximate(self) -> bool:
        """Whether that is not exact."""


def day(said: str) -> str:
    """``2026-11-27`` as ``27 November 2026``, with its time if it has one; else as it is."""
    try:
        known = datetime.fromisoformat(said)
    except ValueError:
        return said
    words = f"{known.day} {known:%B %Y}"
    return words if len(said) == len(date.min.isoformat()) else f"{words}, {known:%H:%M %Z}".strip()


def moment(at: datetime) -> str:
    """A moment in its zone: ``27 November 2026, 09:12 UTC``."""
    return f"{at.day} {at:%B %Y, %H:%M %Z}".strip()


def capital(said: str) -> str:
    """A sentence that begins with a large letter, the rest as it is."""
    return said[:1].upper() + said[1:]


def when(said: Said) -> str:
    """When something is said, as ``32:36``; ``~`` before it where that is not known exactly."""
    return ("~" if said.approximate else "") + clock(said.start_ms)


def plain(value: object) -> str:
    """A kept value in one line: lists by commas, pairs by arrows."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} → {one}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
