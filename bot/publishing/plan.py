"""Which quote goes into which slot of an account, and why. Pure.

For each free slot, in order of time: quotes of a talk whose day of ``after_talk`` has come, else
quotes that never went out, else (evergreen) quotes that went out long enough ago. Among them the
one that stands highest by score and age: a point for each day since its approval, so that a
quote of 60 that waited for 40 days goes before a new one of 99, and none waits for ever. One
whose talk or speaker is that of a neighbour in time gives way to one whose is not. Quotes with the
same words are one thought (``thoughts``): of them one goes out, for all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from bot.post import State
from bot.publishing import reasons
from bot.publishing.choices import Choice, Known, Left, Pin, Placed, Plan, Rules
from bot.publishing.slots import Rota, local_day, upcoming
from bot.publishing.thoughts import Thoughts, first_of_each, in_turn, thought

WISH_DAYS = 14  # so long after its day a talk is no news any more
_OUT: tuple[State, ...] = ("sent", "sending", "unconfirmed", "deleted")
_STANDS: tuple[State, ...] = ("planned", *_OUT)
_DROPPED: tuple[State, ...] = ("failed", "cancelled")


@dataclass(slots=True)
class _Desk:
    """The plan while it is made."""

    choices: Mapping[str, Choice]
    rules: Rules
    dropped: Mapping[str, State] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    newest: dict[str, Known] = field(default_factory=dict)
    thoughts: Thoughts = field(default_factory=Thoughts)
    placed: list[Placed] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    ends: list[datetime] = field(default_factory=list)  # of embargoes
    first_of: dict[int, dict[str, Choice]] = field(default_factory=dict)  # after so many ends

    def note(self, post: Known) -> None:
        """Take a post into account."""
        self.known.append(post)
        self.thoughts.note(post)
        last = self.newest.get(post.quote)
        if last is None or post.occasion > last.occasion:
            self.newest[post.quote] = post

    def last(self, choice: Choice) -> Known | None:
        """The last post of a quote, or of another that says the same."""
        own, other = self.newest.get(choice.quote), self.thoughts.last(choice)
        if own is None or other is None:
            return own or other
        return max(own, other, key=lambda one: one.at)

    def firsts(self, due: datetime) -> Mapping[str, Choice]:
        """Of each thought the quote that may go out at a time; another once an embargo ends."""
        ended = bisect_right(self.ends, due)
        if ended not in self.first_of:
            rota = self.rules.rota
            may = (one for one in self.choices.values() if not _barred(one, due, rota))
            self.first_of[ended] = first_of_each(may)
        return self.first_of[ended]

    def place(self, choice: Choice, due: datetime, why: str, *, pinned: bool = False,
              wording: str | None = None) -> None:  # fmt: skip
        """Give a quote a time; its look changes with the occasion."""
        last = self.newest.get(choice.quote)
        occasion = last.occasion + 1 if last else 1
        themes, wordings = self.rules.themes, self.rules.wordings
        again = occasion - 2
        theme = themes[again % len(themes)] if themes and again >= 0 else None
        if wording is None and wordings and again >= 0:
            wording = wordings[again % len(wordings)]
        self.note(_known(choice, occasion, due))
        self.placed.append(
            Placed(quote=choice.quote, occasion=occasion, due=due, why=why, theme=theme,
                   wording=wording, pinned=pinned)
        )  # fmt: skip


def plan(
    choices: Sequence[Choice],
    known: Iterable[Known],
    rules: Rules,
    now: datetime,
    until: datetime,
    pins: Sequence[Pin] = (),
) -> Plan:
    """Fill the free slots of one account from ``now`` until ``until``.

    ``known`` are its posts so far; a quote of which one failed, or was cancelled, only comes back
    by a pin. The same input gives the same plan.
    """
    ordered = in_turn(choices)
    posts = list(known)
    dropped = {one.quote: one.state for one in posts if one.state in _DROPPED}
    desk = _Desk({one.quote: one for one in ordered}, rules, dropped)
    desk.ends = sorted(lifted(one.embargo, rules.rota) for one in ordered if one.embargo)
    for post in posts:
        if post.state in _STANDS:
            desk.note(post)
    _place_pins(desk, pins, now)
    taken = {one.at for one in desk.known}  # what was handed over stands at a time to come
    slots = takewhile(lambda due: due < until, upcoming(rules.rota, now))
    free = [due for due in slots if due not in taken]
    for due in free:
        _fill(desk, due)
    firsts = desk.firsts(until)
    left = {one.quote: _why_left(desk, one, firsts, until, bool(free)) for one in ordered}
    left = {quote: why for quote, why in left.items() if why} | desk.left
    placed = tuple(sorted(desk.placed, key=lambda one: (one.due, one.quote)))
    return Plan(placed, tuple(Left(quote, why) for quote, why in sorted(left.items())))


def _place_pins(desk: _Desk, pins: Sequence[Pin], now: datetime) -> None:
    for pin in sorted(pins, key=lambda one: (one.due, one.quote)):
        choice = desk.choices.get(pin.quote)
        barred = _barred(choice, pin.due, desk.rules.rota) if choice else reasons.GONE
        if pin.due <= now:
            barred = reasons.PAST
        if choice is None or barred:
            desk.left[pin.quote] = reasons.pinned_but(
                pin.due.astimezone(desk.rules.rota.zone), barred
            )
            continue
        desk.place(choice, pin.due, reasons.PINNED, pinned=True, wording=pin.words)


def _fill(desk: _Desk, due: datetime) -> None:
    """Give a slot the quote that stands highest for it, if there is any."""
    firsts = desk.firsts(due).values()
    allowed = [one for one in firsts if one.quote not in desk.dropped]
    fresh = [one for one in allowed if desk.last(one) is None]
    wished = dict(_wishes(desk, fresh, due))
    first = [one for one in fresh if one.talk in wished]
    pool = first or fresh
    if pool:
        best, clash = _best(desk, pool, due)
        why = reasons.of_fresh(best.score, _days(best, due), len(pool))
        if first:
            why = reasons.of_talk(wished[best.talk], best.score)
        desk.place(best, due, why + clash)
        return
    again = [one for one in allowed if _is_evergreen(desk, one, due)]
    if again:
        best, clash = _best(desk, again, due)
        last = desk.last(best)
        since = (due - last.at).days if last else 0
        desk.place(best, due, reasons.of_evergreen(since) + clash)


def _best(desk: _Desk, pool: Sequence[Choice], due: datetime) -> tuple[Choice, str]:
    """The highest one that is not of a neighbour's talk or speaker; else the highest, and so said.

    Of those that went out before, the one that did so longest ago stands highest.
    """
    near = _neighbours(desk.known, due)
    talks = {one.talk for one in near if one.talk}
    speakers = {one.speaker for one in near if one.speaker}

    def rank(one: Choice) -> tuple[int, float, float, str]:
        clash = (one.talk in talks) + (one.speaker in speakers)
        last = desk.last(one)
        return clash, last.at.timestamp() if last else 0, -_standing(one, due), one.quote

    best = min(pool, key=rank)
    return best, reasons.clash(best.talk in talks, best.speaker in speakers)


def _standing(choice: Choice, due: datetime) -> float:
    return choice.score + max(0.0, (due - choice.approved_at) / timedelta(days=1))


def _days(choice: Choice, due: datetime) -> int:
    return max(0, (due - choice.approved_at).days)


def _neighbours(known: Sequence[Known], due: datetime) -> list[Known]:
    """The posts just before and just after a time."""
    before = max((one for one in known if one.at <= due), key=lambda one: one.at, default=None)
    after = min((one for one in known if one.at > due), key=lambda one: one.at, default=None)
    return [one for one in (before, after) if one]


def _wishes(desk: _Desk, fresh: Sequence[Choice], due: datetime) -> Iterator[tuple[str, int]]:
    """Talks of which a day after has come and has no post yet, and which day that is."""
    today = local_day(due, desk.rules.rota)
    for talk, day in {one.talk: one.talk_date for one in fresh if one.talk_date}.items():
        days = [local_day(one.at, desk.rules.rota) for one in desk.known if one.talk == talk]
        posted = sorted(one for one in days if one <= today)
        for after in sorted(set(desk.rules.after_talk)):
            wished = day + timedelta(days=after)
            served = next((one for one in posted if one >= wished), None)
            if served:
                posted.remove(served)
            elif wished <= today <= wished + timedelta(days=WISH_DAYS):
                yield talk, after
                break


def _is_evergreen(desk: _Desk, choice: Choice, due: datetime) -> bool:
    own, last, days = desk.newest.get(choice.quote), desk.last(choice), desk.rules.evergreen_days
    posts = [*desk.thoughts.others(choice), *([own] if own else [])]
    are_out = all(one.state == "sent" for one in posts)
    return bool(last and are_out and is_long_ago(last.at, due, days))


def is_long_ago(at: datetime, due: datetime, evergreen_days: int) -> bool:
    """Whether a quote that went out may do so again by itself: after so many days, 0 never."""
    return bool(evergreen_days) and due - at >= timedelta(days=evergreen_days)


def _barred(choice: Choice, due: datetime, rota: Rota) -> str:
    """Why a quote must not go out at a time, or empty."""
    if choice.status != "approved":
        return reasons.not_approved(choice.status)
    if choice.permission == "refused":
        return reasons.REFUSED
    if choice.embargo and due < lifted(choice.embargo, rota):
        return reasons.embargo(choice.embargo)
    return ""


def lifted(embargo: str, rota: Rota) -> datetime:
    """When an embargo ends, in UTC: a date begins, and a time without zone is, at the account's."""
    moment = datetime.fromisoformat(embargo)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=rota.zone)
    return moment.astimezone(UTC)


def _why_left(
    desk: _Desk, choice: Choice, firsts: Mapping[str, Choice], until: datetime, free: bool
) -> str:
    """Why a quote has no time, or empty where it has one."""
    last = desk.newest.get(choice.quote)
    if last and last.state == "planned":
        return ""
    barred = _barred(choice, until, desk.rules.rota)
    if barred:
        return barred
    if choice.quote in desk.dropped:
        return reasons.dropped(desk.dropped[choice.quote])
    if last:
        return reasons.went_out(last.at.astimezone(desk.rules.rota.zone), desk.rules.evergreen_days)
    if why := _why_same(desk, choice, firsts[thought(choice)]):
        return why
    if desk.rules.rota.paused:
        return reasons.PAUSED
    return reasons.FULL if free else reasons.NO_SLOT


def _why_same(desk: _Desk, choice: Choice, first: Choice) -> str:
    """Why another quote with the same words keeps one from going out, or empty."""
    other = desk.thoughts.last(choice)
    if other is None and first is choice:
        return ""
    that = other or first
    fate = reasons.FOR_BOTH
    if other and other.state != "planned":
        at = other.at.astimezone(desk.rules.rota.zone)
        fate = reasons.went_out(at, desk.rules.evergreen_days)
    elif that.quote in desk.dropped:
        fate = reasons.dropped(desk.dropped[that.quote])
    whose = "" if that.speaker == choice.speaker else that.speaker or "nobody by name"
    return reasons.same(that.quote, whose, fate)


def _known(choice: Choice, occasion: int, due: datetime) -> Known:
    return Known(
        quote=choice.quote, occasion=occasion, at=due, talk=choice.talk, speaker=choice.speaker,
        words=choice.words,
    )  # fmt: skip
