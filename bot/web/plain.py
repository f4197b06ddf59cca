"""Dates and values as people read them. Pure."""

from collections.abc import Mapping
from datetime import date, datetime


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


def plain(value: object) -> str:
    """A kept value in one line: lists by commas, pairs by arrows."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} → {one}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
