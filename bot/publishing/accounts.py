"""Accounts as the ledger knows them: by the network's own id, whatever their label is today.

Each function is part of its caller's transaction.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.post import Account, Identity
from bot.store.publishing import accounts, posts, spending


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account did and will do: its last post, its next, dollars spent this month."""

    last_at: datetime | None
    next_due: datetime | None
    spent: float


def know(connection: Connection, network: str, identity: Identity, label: str) -> Account:
    """The account of an identity: made, or with its new label and handle.

    A label is of one account: another that had it has none from now on.
    """
    told = {"label": label, "handle": identity.handle, "url": identity.url}
    theirs = (accounts.c.network == network) & (accounts.c.id == identity.id)
    connection.execute(update(accounts).where(accounts.c.label == label, ~theirs).values(label=""))
    if not connection.execute(update(accounts).where(theirs).values(told)).rowcount:
        values: dict[str, Any] = {
            **told,
            "network": network,
            "id": identity.id,
            "paused": "",
            "limits": {},
        }
        connection.execute(insert(accounts).values(values))
    return _account(connection.execute(select(accounts).where(theirs)).one())


def account_of_label(connection: Connection, label: str) -> Account | None:
    """The account of that label in the settings; None before it was signed in."""
    row = connection.execute(select(accounts).where(accounts.c.label == label)).first()
    return _account(row) if row else None


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """Every account there ever was, those without a label last."""
    order = (accounts.c.label == "", accounts.c.label, accounts.c.network, accounts.c.id)
    return tuple(map(_account, connection.execute(select(accounts).order_by(*order))))


def pause(connection: Connection, account: Account, why: str, now: datetime) -> Account:
    """Publish nothing until ``resume``; the first reason stays."""
    if account.paused:
        return account
    return _changed(connection, account, paused=why, paused_at=now)


def resume(connection: Connection, account: Account) -> Account:
    """Publish again, also where the network wished for rest."""
    return _changed(connection, account, paused="", paused_at=None, rest_until=None)


def rest(connection: Connection, account: Account, until: datetime) -> Account:
    """Publish nothing before ``until``, as the network wishes; a longer rest stays."""
    longest = max(until, account.rest_until or until)
    return _changed(connection, account, rest_until=longest)


def spend(
    connection: Connection, account: Account, what: str, dollars: float, now: datetime
) -> None:
    """Write down what a call costs."""
    row = {"network": account.network, "account": account.id, "at": now}
    connection.execute(insert(spending).values(**row, what=what, dollars=dollars))


def spent_this_month(connection: Connection, account: Account, now: datetime) -> float:
    """Dollars since the month began, in UTC."""
    begin = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    total = connection.scalar(
        select(func.sum(spending.c.dollars)).where(
            spending.c.network == account.network,
            spending.c.account == account.id,
            spending.c.at >= begin,
            spending.c.at <= now,
        )
    )
    return float(total or 0)


def next_month(now: datetime) -> datetime:
    """When a month's budget begins anew."""
    begin = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return begin.replace(year=begin.year + begin.month // 12, month=begin.month % 12 + 1)


def standing(connection: Connection, account: Account, now: datetime) -> Standing:
    """What an account did and will do."""
    mine = (posts.c.network == account.network) & (posts.c.account == account.id)
    sent = select(func.max(posts.c.at)).where(mine, posts.c.state == "sent")
    due = select(func.min(posts.c.due_at)).where(mine, posts.c.state == "planned")
    spent = spent_this_month(connection, account, now)
    return Standing(connection.scalar(sent), connection.scalar(due), spent)


def _changed(connection: Connection, account: Account, **values: Any) -> Account:
    theirs = (accounts.c.network == account.network) & (accounts.c.id == account.id)
    connection.execute(update(accounts).where(theirs).values(values))
    return replace(account, **values)


def _account(row: Row[Any]) -> Account:
    return Account(
        network=row.network,
        id=row.id,
        label=row.label,
        handle=row.handle,
        url=row.url,
        paused=row.paused,
        paused_at=row.paused_at,
        reconciled_at=row.reconciled_at,
        rest_until=row.rest_until,
        limits=row.limits,
    )
