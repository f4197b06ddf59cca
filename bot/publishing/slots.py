"""When an account publishes: weekdays and local times, or cron, in the zone of a place. Pure.

A slot is a time on the clock of its zone. An hour that comes twice is meant once, the first time;
a time that does not come goes forward by what was left out (02:30 becomes 03:30).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import count, groupby
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.post import Missed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ON_TIME = timedelta(minutes=10)  # what a cron line every few minutes is late anyway
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}")
_SLOT = re.compile(r"([a-z, -]+?)\s+(\d{1,2}):(\d\d)")
_DAY, _HORIZON = timedelta(days=1), timedelta(days=3653)
Fate = Literal["send", "move", "skip"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of day on weekdays (0 is Monday), or a cron expression."""

    days: frozenset[int] = frozenset()
    at: time = time()
    cron: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days without posts: from one to another, both with it, or weekdays."""

    first: date = date.min
    last: date = date.max
    days: frozenset[int] = frozenset(range(7))

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last and day.weekday() in self.days


@dataclass(frozen=True, slots=True)
class Rota:
    """The slots of an account in its zone, and its quiet days."""

    slots: tuple[Slot, ...]
    zone: ZoneInfo
    quiet: tuple[Quiet, ...] = ()
    paused: bool = False


def read_rota(
    slots: Sequence[str], zone: str, quiet: Sequence[str] = (), *, paused: bool = False
) -> Rota:
    """Slots, zone and quiet days as settings have them; ``ValueError`` says what is wrong."""
    days = tuple(map(read_quiet, quiet))
    return Rota(tuple(map(read_slot, slots)), read_zone(zone), days, paused)


def read_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; the data come with the system, or with the package tzdata."""
    try:
        if not _ZONE.fullmatch(name):
            raise ZoneInfoNotFoundError
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        remedy = "write one like Europe/Berlin or UTC"
        raise ValueError(f"there is no zone '{name[:40]}'; {remedy}") from error


def read_slot(text: str) -> Slot:
    """``mon 09:30``, ``wed,fri 17:00``, ``mon-fri 08:00``, ``daily 12:00`` or ``cron: …``."""
    plain = " ".join(text.lower().split())
    if plain.startswith("cron:"):
        return Slot(cron=_checked_cron(plain.removeprefix("cron:").strip()))
    found = _SLOT.fullmatch(plain)
    if not found:
        raise ValueError(f"'{text}' is no time; write it as 'mon 09:30' or 'cron: 0 9 * * 1-5'")
    hour, minute = int(found[2]), int(found[3])
    if hour > 23 or minute > 59:
        raise ValueError(f"'{text}' has no such time; write it as 09:30, from 00:00 to 23:59")
    return Slot(read_days(found[1], text), time(hour, minute))


def read_days(names: str, text: str) -> frozenset[int]:
    """Weekdays from ``mon``, ``wed,fri``, ``mon-fri``, ``sat-mon`` or ``daily``."""
    if names in ("daily", "every day"):
        return frozenset(range(7))
    found: set[int] = set()
    for part in names.split(","):
        first, dash, last = (one.strip() for one in part.partition("-"))
        begin, end = _weekday(first, text), _weekday(last if dash else first, text)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return frozenset(found)


def read_quiet(text: str) -> Quiet:
    """``2026-12-24``, ``2026-12-24/2027-01-06``, ``sat,sun`` or ``sat-sun``."""
    plain = text.strip().lower()
    if plain[:1].isalpha():
        return Quiet(days=read_days(plain, text))
    first, slash, last = (one.strip() for one in plain.partition("/"))
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last if slash else first)
    except ValueError as error:
        remedy = "write it as 2026-12-24, 2026-12-24/2027-01-06 or sat,sun"
        raise ValueError(f"'{text}' is no quiet day; {remedy}") from error
    if end < begin:
        raise ValueError(f"'{text}' ends before it begins; write {last}/{first}")
    return Quiet(begin, end)


def read_moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A time a person names, in UTC: ``2026-12-24 17:30`` there, or the next ``fri 17:00``.

    ``ValueError`` for what is no time, and for one that has passed.
    """
    try:
        named = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            rota = Rota((read_slot(text),), zone)
        except ValueError as error:
            reason, _, _ = str(error).partition("; ")
            raise ValueError(f"{reason}; write it as '2026-12-24 17:30' or 'fri 17:00'") from None
        slot = next(upcoming(rota, now), None)
        if slot is None:
            raise ValueError(f"'{text}' does not come") from None
        return slot
    if len(text.strip()) <= len("2026-12-24"):
        raise ValueError(f"'{text}' has no time; write it as 2026-12-24 17:30")
    moment = _in_utc(named, zone) if named.tzinfo is None else named.astimezone(UTC)
    if moment <= now:
        raise ValueError(f"'{text}' has passed; choose a time to come")
    return moment


def read_past(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A time that has been, in UTC: ``2026-11-20 17:30`` there; of a day alone its noon,
    of today now if it is not noon yet.

    ``ValueError`` for what is no time, and for one to come.
    """
    try:
        named = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{text}' is no time; write it as 2026-11-20 17:30") from None
    if len(text.strip()) <= len("2026-11-20"):
        here = now.astimezone(zone).replace(tzinfo=None)
        noon = named.replace(hour=12)
        named = min(noon, here) if noon.date() == here.date() else noon
    moment = _in_utc(named, zone) if named.tzinfo is None else named.astimezone(UTC)
    if moment > now:
        raise ValueError(f"'{text}' has not come yet; say when it was posted")
    return moment


def upcoming(rota: Rota, now: datetime) -> Iterator[datetime]:
    """The slots after ``now`` in UTC, each once, for ten years; none for a paused account."""
    if rota.paused:
        return
    start = datetime.combine(now.astimezone(rota.zone).date() - _DAY, time())
    last = now
    on_the_clock = merge(*(_on_the_clock(slot, start) for slot in rota.slots))
    for day, those in groupby(on_the_clock, key=datetime.date):
        if day - start.date() > _HORIZON:
            return
        if any(one.holds(day) for one in rota.quiet):
            continue
        for due in sorted(_in_utc(one, rota.zone) for one in those):
            if due > last:
                yield due
                last = due


def local_day(at: datetime, rota: Rota) -> date:
    """The day it is then in the zone of an account."""
    return at.astimezone(rota.zone).date()


def late(due: datetime, now: datetime, policy: Missed, late_minutes: int) -> Fate:
    """What becomes of a post whose slot has come, as late as it is.

    Within some minutes every policy sends. ``post_late_within`` sends up to ``late_minutes`` and
    moves to the next free slot what is later, as ``next_slot`` does at once; ``skip`` leaves out.
    """
    delay = now - due
    if delay <= ON_TIME:
        return "send"
    if policy == "post_late_within" and delay <= timedelta(minutes=late_minutes):
        return "send"
    return "skip" if policy == "skip" else "move"


def runs_dry(planned: Iterable[datetime], rota: Rota, now: datetime, days: int) -> datetime | None:
    """The slot, within so many days, from which on nothing is planned; None when there is none."""
    last = max((due for due in planned if due > now), default=now)
    slot = next(upcoming(rota, last), None)
    return slot if slot and days and slot <= now + timedelta(days=days) else None


def _weekday(name: str, text: str) -> int:
    if name[:3] not in DAYS or not _is_beginning(name):
        raise ValueError(f"'{text}' has no weekday '{name}'; write {', '.join(DAYS)} or daily")
    return DAYS.index(name[:3])


def _is_beginning(name: str) -> bool:
    whole = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return any(day.startswith(name) for day in whole) and len(name) >= 3


def _checked_cron(expression: str) -> str:
    from cronsim import CronSim, CronSimError

    try:
        if len(expression.split()) != 5:
            raise CronSimError("it has not five fields")
        CronSim(expression, datetime(2026, 1, 1))  # noqa: DTZ001 - a time on a clock has no zone
    except CronSimError as error:
        remedy = "write minute, hour, day, month, weekday, as 'cron: 0 9 * * 1-5'"
        raise ValueError(
            f"'cron: {expression}' is no cron expression: {error}; {remedy}"
        ) from error
    return expression


def _on_the_clock(slot: Slot, start: datetime) -> Iterator[datetime]:
    """The times of a slot on the clock of its place, from a day on."""
    if slot.cron:
        from cronsim import CronSim

        yield from CronSim(slot.cron, start - timedelta(minutes=1))
        return
    for step in count():
        day = start.date() + step * _DAY
        if day.weekday() in slot.days:
            yield datetime.combine(day, slot.at)


def _in_utc(on_the_clock: datetime, zone: ZoneInfo) -> datetime:
    """When it is so late there: the first of two times, and past a gap as far as it stood in it."""
    return on_the_clock.replace(tzinfo=zone, fold=0).astimezone(UTC)
