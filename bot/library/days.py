"""Days as the fewest spans of the calendar, as search has marks of them. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def calendar(first: date, last: date) -> Iterator[str]:
    """The fewest decades, years, months and days that make up the days from first to last."""
    while first <= last:
        for name, stop in _begun(first):
            if stop <= last:
                yield name
                first = stop + timedelta(days=1)
                break


def _begun(day: date) -> Iterator[tuple[str, date]]:
    """The spans of the calendar that begin on a day, the longest first, with their last days."""
    text = day.isoformat()
    if (day.month, day.day) == (1, 1):
        if day.year % 10 == 0:
            yield text[:3], date(day.year + 9, 12, 31)
        yield text[:4], date(day.year, 12, 31)
    if day.day == 1:
        yield text[:7], day.replace(day=monthrange(day.year, day.month)[1])
    yield text, day
