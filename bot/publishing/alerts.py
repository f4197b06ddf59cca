"""What a person has to be told, once, until it has passed."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.post import Account
from bot.store import Store
from bot.store.again import written
from bot.store.publishing import alerts


def paused(of: Account) -> str:
    """The event of an account that publishes nothing until a person signs it in."""
    return f"paused {of.network} {of.id}"


def raise_alert(connection: Connection, event: str, text: str, now: datetime) -> bool:
    """Note what happened; True when it is news, and should be told."""
    row = connection.execute(select(alerts).where(alerts.c.event == event)).first()
    if row is None:
        connection.execute(insert(alerts).values(event=event, text=text, at=now))
        return True
    if row.passed_at is None:
        return False
    again = update(alerts).where(alerts.c.event == event)
    connection.execute(again.values(text=text, at=now, passed_at=None))
    return True


def is_news(store: Store, work: Callable[[Connection], bool]) -> bool:
    """Whether ``work``, one transaction, raised an alert; also where it had to be done again.

    A commit whose answer was lost may have happened: then it is no news the second time.
    """
    heard: list[bool] = []
    written(store, lambda connection: heard.append(work(connection)))
    return any(heard)


def passed(connection: Connection, event: str, now: datetime) -> None:
    """Note that it is over: if it happens again, that is news."""
    open_one = (alerts.c.event == event) & alerts.c.passed_at.is_(None)
    connection.execute(update(alerts).where(open_one).values(passed_at=now))


def standing(connection: Connection) -> tuple[tuple[str, str, datetime], ...]:
    """What has not passed: event, text, since when; the oldest first."""
    wanted = select(alerts).where(alerts.c.passed_at.is_(None)).order_by(alerts.c.at)
    return tuple((row.event, row.text, row.at) for row in connection.execute(wanted))
