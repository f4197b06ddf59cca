"""Why a quote sits where it sits, or nowhere, in words for the person who planned. Pure."""

from datetime import datetime

from bot.model import Status
from bot.post import Posted, State

PINNED = "a person chose this time"
GONE = "it is not in the library any more"
PAST = "that time has passed"
REFUSED = "permission for its talk was refused"
PAUSED = "the account is paused"
FULL = "higher ones took the free slots"
FOR_BOTH = "that one goes out for both"
NO_SLOT = "no slot is free in that time"


def of_fresh(score: float, days: int, among: int) -> str:
    """A quote that never went out; true when it is planned, and when it is read afterwards."""
    best = f"highest of {among} that wait" if among > 1 else "the only one that waits"
    waited = f"{_many(days)} after its approval" if days else "newly approved"
    return f"{best}: score {score:.0f}, {waited}"


def of_talk(day: int, score: float) -> str:
    """A quote of a talk that is news."""
    when = "the day of its talk" if day == 0 else f"{_many(day)} after its talk"
    return f"{when}: score {score:.0f}"


def of_evergreen(days: int) -> str:
    """A quote that went out before."""
    return f"nothing new waits, and it went out {_many(days)} before"


def clash(talk: bool, speaker: bool) -> str:
    """What is said when a neighbour is of the same talk or speaker."""
    if talk:
        return "; beside another of its talk, as nothing else was left"
    return "; beside another of its speaker, as nothing else was left" if speaker else ""


def pinned_but(due: datetime, why: str) -> str:
    """A time a person gave that cannot be kept."""
    return f"chosen for {due:%Y-%m-%d %H:%M}, but {why}"


def not_approved(status: Status) -> str:
    """A quote that nobody lets out."""
    return f"it is {status}, not approved"


def dropped(state: State) -> str:
    """A quote whose post did not go out, and will not by itself."""
    how = "was cancelled" if state == "cancelled" else "failed"
    return f"its post {how}; `pullquote schedule pin` gives it another time"


def embargo(until: str) -> str:
    """A talk of which nothing may go out yet."""
    return f"nothing of its talk goes out before {until.replace('T', ' ')}"


def went_out(at: datetime, evergreen_days: int) -> str:
    """A quote that was posted."""
    again = f", and may again after {_many(evergreen_days)}" if evergreen_days else ""
    return f"it went out on {at:%Y-%m-%d}{again}"


def too_soon(post: Posted, at: datetime, label: str, evergreen_days: int) -> str:
    """A quote that the settings would not post again yet; ``at`` is in the account's zone."""
    how = "was handed over to go out" if post.handed else "went out"
    where = f" ({post.url})" if post.url else ""
    again = "the settings repeat nothing"
    if post.state == "deleted":
        again = "was taken down"
    elif evergreen_days:
        again = f"the settings repeat it after {_many(evergreen_days)}"
    return f"it {how} on {label} on {local(at)}{where}, and {again}"


def in_place(due: datetime) -> str:
    """A time of its own for a quote that had another; ``due`` is that one, in its zone."""
    return f"{PINNED}, in place of {local(due)}"


def same(quote: str, whose: str, fate: str) -> str:
    """A quote with the words of another, and what became of that; ``whose`` if by another name."""
    by = f", there by {whose}" if whose else ""
    remedy = "; reject the one whose name is wrong" if whose else ""
    return f"it says the same as {quote}{by}: {fate}{remedy}"


def _many(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def local(at: datetime) -> str:
    """A moment in its zone, as people say it: ``Tue 1 December 2026, 09:30``."""
    return f"{at:%a} {at.day} {at:%B %Y, %H:%M}"
