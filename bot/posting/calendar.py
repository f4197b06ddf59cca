"""Planned posts for a calendar program: one event a post, known by the post and not its time.

RFC 5545, through icalendar; https://icalendar.readthedocs.io/
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.post import Posted

_LASTS = timedelta(minutes=5)


def as_ics(posts: Iterable[Posted], labels: Mapping[tuple[str, str], str], now: datetime) -> bytes:
    """The posts as an iCalendar file; ``labels`` names accounts by (network, id)."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Pullquote//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Pullquote")
    for one in posts:
        if one.due is None:
            continue
        event = Event()
        event.add("uid", _uid(one))
        event.add("dtstamp", now)
        event.add("dtstart", one.due)
        event.add("dtend", one.due + _LASTS)
        label = labels.get((one.key.network, one.key.account), one.key.account)
        event.add("summary", f"{label}: {_beginning(one.words.text)}")
        event.add("description", f"{one.words.text}\n\n{one.why}".strip())
        event.add("categories", [one.key.network])
        event.add("status", "TENTATIVE" if one.state == "planned" else "CONFIRMED")
        if one.url or one.link:
            event.add("url", one.url or one.link)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(post: Posted) -> str:
    key = post.key
    told = "\n".join((key.network, key.account, key.quote, str(key.occasion)))
    return f"{sha256(told.encode()).hexdigest()[:32]}@pullquote"


def _beginning(text: str, most: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + "…"
