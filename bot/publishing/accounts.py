"""The accounts the ledger knows: who they are, whether they publish, what they have spent."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Double, Row, func, insert, select, update

from bot.post import Account, Identity
from bot.store.publishing import accounts, of_account, spending


def know(
    connection: Connection, network: str, identity: Identity, label: str, now: datetime
) -> Account:
    """The account of this identity, under the name it has in the settings now.

    A new one has no history: its timeline is to be matched before anything is published. A name
    is of one account: another that had it has none from now on.
    """
    named = (accounts.c.label == label) & (
        (accounts.c.network != network) | (accounts.c.id != identity.id)
    )
    connection.execute(update(accounts).where(named).values(label=""))
    found = account(connection, network, identity.id)
    handle, url = identity.handle, identity.url
    if found is None:
        known = {"network": network, "id": identity.id, "label": label, "handle": handle}
        connection.execute(insert(accounts).values(**known, url=url))
        return Account(network=network, id=identity.id, label=label, handle=handle, url=url)
    _change(connection, network, identity.id, label=label, handle=handle, url=url)
    return replace(found, label=label, handle=handle, url=url)


def account(connection: Connection, network: str, number: str) -> Account | None:
    """The account with this permanent id at a network."""
    wanted = select(accounts).where(accounts.c.network == network, accounts.c.id == number)
    row = connection.execute(wanted).first()
    return _account(row) if row else None


def account_of_label(connection: Connection, network: str, label: str) -> Account | None:
    """The account that has this name in the settings; None when it never signed in."""
    wanted = select(accounts).where(accounts.c.network == network, accounts.c.label == label)
    row = connection.execute(wanted).first()
    return _account(row) if row else None


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """Every account that ever signed in, by its name."""
    rows = connection.execute(select(accounts).order_by(accounts.c.label, accounts.c.network))
    return tuple(_account(row) for row in rows)


def pause(connection: Connection, of: Account, why: str, now: datetime) -> bool:
    """Publish nothing there until it is resumed; False when it was paused already."""
    free = (accounts.c.network == of.network) & (accounts.c.id == of.id) & (accounts.c.paused == "")
    changed = update(accounts).where(free).values(paused=why, paused_at=now)
    return connection.execute(changed).rowcount == 1


def resume(connection: Connection, of: Account) -> None:
    """Publish there again."""
    _change(connection, of.network, of.id, paused="", paused_at=None)


def rest(connection: Connection, of: Account, until: datetime) -> None:
    """Leave the network in peace until then, as it asked for; a longer rest stands."""
    mine = (accounts.c.network == of.network) & (accounts.c.id == of.id)
    shorter = accounts.c.rest_until.is_(None) | (accounts.c.rest_until < until)
    connection.execute(update(accounts).where(mine, shorter).values(rest_until=until))


def matched(connection: Connection, of: Account, newest: str | None, now: datetime) -> None:
    """Note that the timeline down from its newest post is known to the ledger."""
    _change(connection, of.network, of.id, newest=newest, reconciled_at=now)


def unmatched(connection: Connection, of: Account) -> None:
    """Note that the timeline has posts the ledger should know and does not."""
    _change(connection, of.network, of.id, reconciled_at=None)


def newest_seen(connection: Connection, of: Account) -> str | None:
    """The newest post of its timeline that was seen, by its id."""
    wanted = select(accounts.c.newest).where(
        accounts.c.network == of.network, accounts.c.id == of.id
    )
    return connection.scalar(wanted)


def spend(connection: Connection, of: Account, what: str, dollars: float, now: datetime) -> None:
    """Note what a call costs."""
    cost = {"network": of.network, "account": of.id, "at": now, "what": what, "dollars": dollars}
    connection.execute(insert(spending).values(cost))


def spent_this_month(connection: Connection, of: Account, now: datetime) -> float:
    """Dollars spent in the calendar month (UTC) of ``now``."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    wanted = select(func.sum(spending.c.dollars, type_=Double)).where(
        of_account(spending, of.network, of.id), spending.c.at >= first
    )
    return connection.scalar(wanted) or 0.0


def next_month(now: datetime) -> datetime:
    """The first moment of the month after that of ``now``, when a budget begins anew."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def _change(connection: Connection, network: str, number: str, **values: object) -> None:
    mine = (accounts.c.network == network) & (accounts.c.id == number)
    connection.execute(update(accounts).where(mine).values(values))


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
