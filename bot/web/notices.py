"""What stands above all pages of posts: accounts that rest, alerts, posts in doubt."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.post import UNCONFIRMED, Account
from bot.publishing import alerts, queue
from bot.publishing.accounts import all_accounts
from bot.web.site import Site


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know, with what to do about it; ``since`` where it was told as an alert."""

    text: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """What a person should know before anything else."""

    told: tuple[Notice, ...]
    unconfirmed: int


def notices(connection: Connection, site: Site) -> Notices:
    """What waits for somebody, now; of an account that rests once, as an alert if it is one."""
    open_ones = alerts.standing(connection)
    events = {event for event, _, _ in open_ones}
    told = [Notice(text, at) for _, text, at in open_ones]
    for one in all_accounts(connection):
        named = {f"{what} {one.network} {one.id}" for what in ("paused", "unmatched")}
        why = _resting(site, one)
        if why and not named & events:
            told.append(Notice(f"{one.label} posts nothing now: {why}"))
    return Notices(tuple(told), queue.count(connection, UNCONFIRMED))


def _resting(site: Site, account: Account) -> str:
    """Why nothing is posted on an account, and what to do; empty where it is."""
    label = account.label
    settings = site.project.config.accounts.get(label)
    if account.paused:
        return f"{account.paused}; `pullquote network login {label}` starts it again"
    if settings and settings.paused:
        return f"it is paused in config.yaml; take `paused` from `accounts.{label}` there"
    if account.reconciled_at is None:
        why = "what it has posted was not compared with the history yet"
        return f"{why}; the worker does that, or `pullquote network reconcile {label}`"
    return ""
