"""The ledger as people use it: what waits and what went out; move, cancel, settle, adopt."""

from collections.abc import Collection, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, func, insert, select, update

from bot.errors import InputError, NeedsPerson, Unknown
from bot.post import Key, Posted, Receipt, State
from bot.publishing.rows import posted
from bot.store.publishing import is_post, of_account, posts

_when = func.coalesce(posts.c.at, posts.c.due_at)


def listing(
    connection: Connection,
    *,
    states: Collection[State] = (),
    account: tuple[str, str] | None = None,
    quote: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Posted, ...]:
    """Posts in the order of their time: of these states (none: any), of one account (network, id).

    ``since`` and ``until`` (not itself) bound when they are due, or went out.
    """
    found = _of(states, account).order_by(func.coalesce(posts.c.due_at, posts.c.at), posts.c.id)
    if quote:
        found = found.where(posts.c.quote == quote)
    if since:
        found = found.where(_when >= since)
    if until:
        found = found.where(_when < until)
    return tuple(posted(row) for row in connection.execute(found))


def latest(
    connection: Connection,
    states: Collection[State],
    account: tuple[str, str] | None,
    limit: int,
    first: int = 0,
) -> tuple[Posted, ...]:
    """Posts of these states, the latest first: so many after ``first`` others."""
    found = _of(states, account).order_by(_when.desc(), posts.c.id.desc())
    return tuple(posted(row) for row in connection.execute(found.offset(first).limit(limit)))


def count(connection: Connection, states: Collection[State]) -> int:
    """How many posts are in these states."""
    found = select(func.count()).select_from(posts).where(posts.c.state.in_(states))
    return connection.scalar(found) or 0


def one(connection: Connection, number: int) -> Posted:
    """The post of this number; ``Unknown`` when there is none."""
    row = connection.execute(select(posts).where(posts.c.id == number)).first()
    if row is None:
        remedy = "`pullquote schedule list` has the numbers"
        raise Unknown("there is no such post", place=f"post {number}", remedy=remedy)
    return posted(row)


def move(connection: Connection, number: int, due: datetime, why: str) -> Posted:
    """Give a planned post another time; its key stays. ``InputError`` when it is not planned."""
    _change_planned(connection, number, due_at=due, why=why, pinned=True, not_before=None)
    return one(connection, number)


def cancel(connection: Connection, numbers: Sequence[int], reason: str) -> tuple[Posted, ...]:
    """Take planned posts out of the plan, all or (``InputError``) none."""
    for number in numbers:
        _change_planned(connection, number, state="cancelled", reason=reason)
    return tuple(one(connection, number) for number in numbers)


def restore(connection: Connection, number: int, now: datetime) -> Posted:
    """Put a cancelled post back where it was; ``InputError`` when that has passed."""
    mine = (posts.c.id == number) & (posts.c.state == "cancelled") & (posts.c.due_at > now)
    again = update(posts).where(mine).values(state="planned", reason="", not_before=None)
    if connection.execute(again).rowcount == 0:
        found = one(connection, number)
        why = "its time has passed" if found.state == "cancelled" else f"is {found.state}"
        raise InputError(why, place=f"post {number}", remedy="plan its quote anew")
    return one(connection, number)


def as_planned(connection: Connection, until: datetime) -> None:
    """For a rehearsal: what is due by then carries the time it is planned for, not that of now."""
    due = (posts.c.state == "planned") & posts.c.first_at.is_(None) & (posts.c.due_at <= until)
    connection.execute(update(posts).where(due).values(first_at=posts.c.due_at))


def it_is_there(
    connection: Connection, number: int, receipt: Receipt | None, now: datetime
) -> Posted:
    """A person looked: an unconfirmed post went out; ``receipt`` where they know its address."""
    found = receipt or Receipt(remote_id="", url=None, at=now)
    answer = {"remote_id": found.remote_id or None, "url": found.url, "at": found.at}
    _settle(connection, number, state="sent", reason="a person saw it there", **answer)
    return one(connection, number)


def it_is_not(connection: Connection, number: int, now: datetime) -> Posted:
    """A person looked: an unconfirmed post did not go out, and is sent again."""
    fresh: dict[str, object] = {"due_at": now, "not_before": None, "intent": {}, "first_at": None}
    reason = "a person saw that it is not there"
    _settle(connection, number, state="planned", reason=reason, **fresh)
    return one(connection, number)


def adopt(
    connection: Connection, key: Key, receipt: Receipt, reason: str = "found on the network"
) -> bool:
    """Note as sent what is on the network already; False when the ledger knew it went out."""
    known = select(posts.c.id, posts.c.state).where(is_post(*astuple(key)))
    row = connection.execute(known).first()
    if row and row.state in ("sent", "deleted"):
        return False
    answer = {"remote_id": receipt.remote_id or None, "url": receipt.url, "at": receipt.at}
    told = {"state": "sent", "reason": reason, **answer}
    if row:
        seen = told | {"fence": posts.c.fence + 1, "worker": None, "lease_until": None}
        connection.execute(update(posts).where(posts.c.id == row.id).values(seen))
    else:
        of = {"network": key.network, "account": key.account, "quote": key.quote}
        connection.execute(insert(posts).values(**of, occasion=key.occasion, **told))
    return True


def handed_again(connection: Connection, number: int, mark: str, reason: str) -> None:
    """Note that a post which was handed over before was so once more."""
    mine = (posts.c.id == number) & (posts.c.state == "sent")
    connection.execute(update(posts).where(mine).values(remote_id=mark, reason=reason))


def next_key(connection: Connection, account: tuple[str, str], quote: str) -> Key:
    """The key of a quote's first occasion on an account that has not surely gone out."""
    mine = of_account(posts, *account) & (posts.c.quote == quote)
    out = select(func.max(posts.c.occasion, type_=Integer)).where(
        mine, posts.c.state.in_(("sent", "deleted"))
    )
    return Key(*account, quote, (connection.scalar(out) or 0) + 1)


def deleted(connection: Connection, number: int) -> Posted:
    """Note that a sent post was taken down at its network."""
    connection.execute(update(posts).where(posts.c.id == number).values(state="deleted"))
    return one(connection, number)


def _change_planned(connection: Connection, number: int, **values: object) -> None:
    mine = (posts.c.id == number) & (posts.c.state == "planned")
    if connection.execute(update(posts).where(mine).values(values)).rowcount == 0:
        state = one(connection, number).state
        place, remedy = f"post {number}", "only planned posts can be moved or cancelled"
        raise InputError(f"is {state}, not planned", place=place, remedy=remedy)


def _settle(connection: Connection, number: int, **values: object) -> None:
    mine = (posts.c.id == number) & (posts.c.state == "unconfirmed")
    if connection.execute(update(posts).where(mine).values(values)).rowcount == 0:
        state = one(connection, number).state
        remedy = "somebody else answered already: look at it anew"
        raise NeedsPerson(f"is {state} now", place=f"post {number}", remedy=remedy)


def _of(states: Collection[State], account: tuple[str, str] | None) -> Select[Any]:
    found = select(posts)
    if states:
        found = found.where(posts.c.state.in_(states))
    if account:
        found = found.where(of_account(posts, *account))
    return found
