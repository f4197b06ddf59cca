"""What a person is told once, until it has passed; who tells them is ``bot.alerting``.

An event is a name for what happened to what: ``signed-out mastodon 1@mastodon.social``. Each
function is part of its caller's transaction.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.post import Account
from bot.store.publishing import alerts


def signed_out(account: Account) -> str:
    """The event of a sign-in that holds no more; signing in anew passes it."""
    return f"signed-out {account.network} {account.id}"


def raise_alert(connection: Connection, event: str, text: str, now: datetime) -> bool:
    """Whether this is to be told: True the first time, and again after it had passed."""
    row = connection.execute(select(alerts).where(alerts.c.event == event)).first()
    if row is None:
        connection.execute(insert(alerts).values(event=event, text=text, at=now))
        return True
    if row.passed_at is None:
        return False
    anew = update(alerts).where(alerts.c.event == event)
    connection.execute(anew.values(text=text, at=now, passed_at=None))
    return True


def passed(connection: Connection, event: str, now: datetime) -> bool:
    """Say that it is over; whether it was on."""
    on = (alerts.c.event == event) & alerts.c.passed_at.is_(None)
    return bool(connection.execute(update(alerts).where(on).values(passed_at=now)).rowcount)
