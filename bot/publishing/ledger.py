"""The ledger as workers use it: claim a post, commit the intent, send it, record what came of it.

    planned ─claim→ sending ─begin→ (the network is called) ─→ sent | failed | unconfirmed
       ↑               │ known not posted, worth another try
       └───────────────┘

A claim is a lease: when it runs out another worker may take the post over, under a higher fence.
What is recorded under an older fence changes nothing. A post whose call was begun is reconciled
with the network before anything else. Each function is part of its caller's transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, tuple_, update

from bot.post import Draft, Outgoing, Receipt, why_void
from bot.publishing.rows import (
    has_pictures,
    keep_pictures,
    key_of,
    outgoing,
    payload_of,
)
from bot.store.publishing import accounts, is_post, posts
from bot.store.schema import quotes, talks

_AGAIN = ("cancelled", "skipped", "failed")  # surely not posted: the key may be planned anew
_UNTOUCHED: dict[str, Any] = {
    "intent": {},
    "tries": 0,
    "not_before": None,
    "first_at": None,
    "worker": None,
    "lease_until": None,
    "reason": "",
    "remote_id": None,
    "url": None,
    "at": None,
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A post in the hands of one worker; ``begun``: an earlier call may have reached the network.

    ``looks`` counts how often it was looked for since. ``prepared`` is what uploading gave,
    ``void`` why it must not be sent any more (or empty).
    """

    id: int
    fence: int
    lease: timedelta
    post: Outgoing
    due: datetime
    tries: int
    begun: bool
    looks: int
    prepared: Mapping[str, Any]
    void: str = ""


def plan(connection: Connection, draft: Draft, now: datetime) -> bool:
    """Keep a planned post with all that it sends; False when its key is taken already.

    One that surely never went out gives its place to the new one.
    """
    known = select(posts.c.id, posts.c.state).where(is_post(*astuple(draft.key)))
    row = connection.execute(known).first()
    if row and row.state not in _AGAIN:
        return False
    hashes = keep_pictures(connection, draft.images, now)
    values: dict[str, Any] = _UNTOUCHED | {
        "state": "planned",
        "due_at": draft.due,
        "payload": payload_of(draft, hashes),
        "why": draft.why,
        "pinned": draft.pinned,
        "revision": draft.revision,
        "planned_at": now,
    }
    if row:
        values["fence"] = posts.c.fence + 1
        connection.execute(update(posts).where(posts.c.id == row.id).values(values))
    else:
        key = draft.key
        values |= {"network": key.network, "account": key.account, "quote": key.quote}
        values |= {"occasion": key.occasion}
        connection.execute(insert(posts).values(values))
    return True


def claim(
    connection: Connection,
    worker: str,
    now: datetime,
    lease: timedelta,
    among: Collection[tuple[str, str]],
) -> Claimed | None:
    """Take the post that has been due longest, of accounts (network, id) that may publish now.

    None when nothing waits. Those of paused, resting and unmatched accounts are left alone.
    """
    free = or_(
        (posts.c.state == "planned") & _has_come(posts.c.due_at, now) & _is_past(now),
        (posts.c.state == "sending") & _has_come(posts.c.lease_until, now),
    )
    of_ready = tuple_(posts.c.network, posts.c.account).in_(sorted(among)) & exists().where(
        (accounts.c.network == posts.c.network) & (accounts.c.id == posts.c.account),
        accounts.c.paused == "",
        accounts.c.reconciled_at.is_not(None),
        accounts.c.rest_until.is_(None) | (accounts.c.rest_until <= now),
    )
    oldest = (
        select(posts.c.id)
        .where(free, of_ready)
        .order_by(posts.c.due_at, posts.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = {
        "state": "sending",
        "fence": posts.c.fence + 1,
        "worker": worker,
        "lease_until": now + lease,
        "first_at": func.coalesce(posts.c.first_at, now),
    }
    claiming = update(posts).where(posts.c.id == oldest.scalar_subquery()).values(taken)
    row = connection.execute(claiming.returning(posts)).first()
    return _claimed(connection, row, lease) if row else None


def begin(
    connection: Connection, claimed: Claimed, prepared: Mapping[str, Any], now: datetime
) -> bool:
    """Commit the intent to call the network, under a fresh lease.

    False when another worker took over meanwhile, or the post is void now: whoever claims it when
    the lease has run out will say so.
    """
    row = connection.execute(select(posts).where(posts.c.id == claimed.id)).one()
    if _void(connection, row):
        return False
    intent = {"prepared": dict(prepared), "begun": now.isoformat(), "looks": claimed.looks}
    known = {"intent": intent, "lease_until": now + claimed.lease}
    return _record(connection, claimed, tries=claimed.tries + 1, **known)  # done twice: one try


def sent(connection: Connection, claimed: Claimed, receipt: Receipt) -> bool:
    """It is there."""
    answer = {"remote_id": receipt.remote_id, "url": receipt.url, "at": receipt.at}
    return _record(connection, claimed, state="sent", reason="", **answer, **_LET_GO)


def later(
    connection: Connection,
    claimed: Claimed,
    until: datetime,
    reason: str,
    prepared: Mapping[str, Any],
) -> bool:
    """It is surely not there, and will be tried again from ``until`` on."""
    known = {"intent": {"prepared": dict(prepared)}, "not_before": until, "reason": reason}
    return _record(connection, claimed, state="planned", **known, **_LET_GO)


def failed(connection: Connection, claimed: Claimed, reason: str) -> bool:
    """It is surely not there and never will be."""
    return _record(connection, claimed, state="failed", reason=reason, **_LET_GO)


def unconfirmed(connection: Connection, claimed: Claimed, reason: str) -> bool:
    """Nobody knows: a person has to look."""
    return _record(connection, claimed, state="unconfirmed", reason=reason, **_LET_GO)


def voided(connection: Connection, claimed: Claimed, reason: str) -> bool:
    """It must not be sent any more, and was not."""
    return _record(connection, claimed, state="cancelled", reason=reason, **_LET_GO)


def skipped(connection: Connection, claimed: Claimed, reason: str) -> bool:
    """Its slot was missed, and it is left out."""
    return _record(connection, claimed, state="skipped", reason=reason, **_LET_GO)


def moved(connection: Connection, claimed: Claimed, due: datetime, why: str) -> bool:
    """Its slot was missed, and it waits for another."""
    known = {"intent": {"prepared": dict(claimed.prepared)}, "due_at": due, "why": why}
    return _record(connection, claimed, state="planned", **known, **_LET_GO)


def look_again(
    connection: Connection,
    claimed: Claimed,
    prepared: Mapping[str, Any],
    until: datetime,
    reason: str,
    looks: int,
) -> bool:
    """A call was begun and may have posted it: from ``until`` on, to be looked for again.

    ``looks`` is how often it was looked for so far.
    """
    intent = {"prepared": dict(prepared), "begun": until.isoformat(), "looks": looks}
    known = {"intent": intent, "reason": reason}
    return _record(connection, claimed, lease_until=until, worker=None, **known)


_LET_GO: dict[str, Any] = {"worker": None, "lease_until": None}


def _record(connection: Connection, claimed: Claimed, **values: Any) -> bool:
    mine = (posts.c.id == claimed.id) & (posts.c.fence == claimed.fence)
    mine &= posts.c.state == "sending"
    return connection.execute(update(posts).where(mine).values(values)).rowcount == 1


def _has_come(column: Any, now: datetime) -> Any:
    return column.is_not(None) & (column <= now)


def _is_past(now: datetime) -> Any:
    return posts.c.not_before.is_(None) | (posts.c.not_before <= now)


def _claimed(connection: Connection, row: Row[Any], lease: timedelta) -> Claimed:
    return Claimed(
        id=row.id,
        fence=row.fence,
        lease=lease,
        post=outgoing(connection, row),
        due=row.due_at or row.first_at,
        tries=row.tries,
        begun="begun" in row.intent,
        looks=row.intent.get("looks", 0),
        prepared=row.intent.get("prepared", {}),
        void=_void(connection, row),
    )


def _void(connection: Connection, row: Row[Any]) -> str:
    """Why a planned post does not hold any more: what was decided on its quote since."""
    wanted = select(quotes.c.status, quotes.c.shown, quotes.c.speaker, talks.c.permission)
    wanted = wanted.join(talks).where(quotes.c.id == key_of(row).quote)
    quote = connection.execute(wanted).first()
    if quote is None:
        return "the quote is gone from the library"
    why = why_void(row.payload, quote.status, quote.shown, quote.speaker, quote.permission)
    if why:
        return why
    if not has_pictures(connection, row):
        return "the quote lost its picture, which is to be drawn anew"
    return ""
