"""Posts as the page shows them: each with its account, quote and local time; days, supply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.config import FILE, Project
from bot.errors import ConfigError
from bot.library.query import kept_quotes
from bot.model import Quote
from bot.networks import NETWORKS
from bot.post import WAITING, Account, AccountName, Posted, State
from bot.publishing import queue
from bot.publishing.accounts import all_accounts
from bot.publishing.slots import read_zone

SEEN: tuple[State, ...] = ("planned", "sending", "sent", "failed", "unconfirmed", "deleted")
View = Literal["week", "month", "list"]
_TITLES = {"x": "X"}
_ZONES = timedelta(hours=26)  # no two zones' days are further apart
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """A post with what people know it by; ``zone`` is its account's."""

    post: Posted
    account: Account
    quote: Quote
    zone: ZoneInfo

    @property
    def at(self) -> datetime | None:
        """When it went out, or will, on the account's clocks."""
        known = self.post.at or self.post.due
        return known.astimezone(self.zone) if known else None

    @property
    def due(self) -> datetime | None:
        """When it is to go out, on the account's clocks."""
        return self.post.due.astimezone(self.zone) if self.post.due else None

    @property
    def network(self) -> str:
        """The network as people write it."""
        return network_title(self.account.network)

    @property
    def text(self) -> str:
        """Its words; of a post found on the network, the quote's."""
        return self.post.words.text or f"“{self.quote.shown}”"

    @property
    def most(self) -> int | None:
        """How many characters the account takes, as far as is known."""
        return most_of(self.account)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; ``outside``: of the month before or after."""

    date: date
    posts: tuple[Shown, ...]
    today: bool = False
    past: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A week or a month in whole weeks from Monday on; ``before`` and ``after`` lie beside it."""

    view: View
    days: tuple[Day, ...]
    of: date
    before: date
    after: date

    @property
    def title(self) -> str:
        """``November 2026``, ``23–29 November 2026``, ``30 November – 6 December 2026``."""
        if self.view == "month":
            return f"{self.of:%B %Y}"
        first, last = self.days[0].date, self.days[-1].date
        if first.month == last.month:
            return f"{first.day}–{last.day} {last:%B %Y}"
        year = f" {first.year}" if first.year != last.year else ""
        return f"{first.day} {first:%B}{year} – {last.day} {last:%B %Y}"


@dataclass(frozen=True, slots=True)
class Supply:
    """How far an account's posts reach; ``dry``: not as far as the settings want."""

    account: Account
    network: str
    count: int
    last: datetime | None
    dry: bool


def network_title(name: str) -> str:
    """A network as people write it."""
    return NETWORKS[name].title if name in NETWORKS else _TITLES.get(name, name.capitalize())


def most_of(account: Account) -> int | None:
    """How many characters an account takes: as its server said, else as its network does."""
    told = account.limits.get("most")
    if isinstance(told, int):
        return told
    kind = NETWORKS.get(account.network)
    return kind.limits.most if kind else None


def zone_of(project: Project, label: str = "") -> ZoneInfo:
    """The zone of an account, or that of the settings; ``ConfigError`` where there is none such."""
    account = project.config.accounts.get(label)
    name = (account.zone if account else None) or project.config.schedule.zone
    try:
        return read_zone(name)
    except ValueError as error:
        raise ConfigError(project.path or FILE, str(error)) from error


def shown(connection: Connection, project: Project, posts: Sequence[Posted]) -> tuple[Shown, ...]:
    """Posts with their accounts and quotes, in their order."""
    if not posts:
        return ()
    accounts = {(one.network, one.id): one for one in all_accounts(connection)}
    names = list(dict.fromkeys(one.key.quote for one in posts))
    quotes = {one.id: one for one in kept_quotes(connection, names)}
    found = []
    for one in posts:
        place = one.key.network, one.key.account
        account = accounts.get(place) or Account(network=place[0], id=place[1], label=place[1])
        zone = zone_of(project, account.label)
        found.append(Shown(one, account, quotes[one.key.quote], zone))
    return tuple(found)


def calendar(
    connection: Connection,
    project: Project,
    view: View,
    of: date,
    now: datetime,
    account: AccountName | None = None,
) -> Calendar:
    """The week or month around a day, each post on the day its account's clocks show."""
    first, last = _bounds(view, of)
    utc = ZoneInfo("UTC")
    since = datetime.combine(first, time(), utc) - _ZONES
    until = datetime.combine(last, time(), utc) + _ZONES
    found = queue.listing(connection, states=SEEN, account=account, since=since, until=until)
    by_day = _by_day(shown(connection, project, found))
    today = now.astimezone(zone_of(project)).date()
    count = (last - first).days + 1
    days = tuple(
        Day(
            one,
            tuple(by_day.get(one, ())),
            today=one == today,
            past=one < today,
            outside=view == "month" and one.month != of.month,
        )
        for one in (first + timedelta(days=step) for step in range(count))
    )
    before, after = (first - _WEEK, first + _WEEK) if view == "week" else _months_beside(of)
    return Calendar(view, days, of, before, after)


def upcoming(
    connection: Connection, project: Project, account: AccountName | None = None
) -> list[tuple[date, list[Shown]]]:
    """All that is planned or being sent, by days."""
    found = queue.listing(connection, states=WAITING, account=account)
    return sorted(_by_day(shown(connection, project, found)).items())


def supplies(connection: Connection, project: Project, now: datetime) -> list[Supply]:
    """How far the posts of each account reach that publishes by itself."""
    enough = now + timedelta(days=project.config.schedule.dry_days)
    found = []
    waiting = queue.listing(connection, states=WAITING)
    for account in all_accounts(connection):
        settings = project.config.accounts.get(account.label)
        if settings and settings.handoff:
            continue
        theirs = [one for one in waiting if one.key.network == account.network]
        due = [one.due for one in theirs if one.key.account == account.id and one.due]
        last = max(due, default=None)
        local = last.astimezone(zone_of(project, account.label)) if last else None
        dry = last is None or last < enough
        found.append(Supply(account, network_title(account.network), len(due), local, dry))
    return found


def _by_day(found: Sequence[Shown]) -> dict[date, list[Shown]]:
    days: dict[date, list[Shown]] = {}
    for one in sorted(found, key=lambda one: (one.at is None, one.post.at or one.post.due)):
        if one.at:
            days.setdefault(one.at.date(), []).append(one)
    return days


def _bounds(view: View, of: date) -> tuple[date, date]:
    """The first and the last day shown: whole weeks."""
    first = of.replace(day=1) if view == "month" else of
    last = _months_beside(of)[1] - timedelta(days=1) if view == "month" else of
    return (
        first - timedelta(days=first.weekday()),
        last + timedelta(days=6 - last.weekday()),
    )


def _months_beside(of: date) -> tuple[date, date]:
    """The first days of the month before and of the one after."""
    first = of.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return before, (first + timedelta(days=31)).replace(day=1)
