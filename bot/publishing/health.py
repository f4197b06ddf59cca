"""How publishing is: what waits, for a person or its time, and whether a worker lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, select

from bot.post import UNCONFIRMED, WAITING
from bot.publishing import queue
from bot.store.publishing import accounts, alerts, posts, workers
from bot.store.schema import quotes

SILENT = timedelta(minutes=10)  # without a sign of a worker, which beats every half minute


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be known at a glance; ``waiting`` counts planned posts, ``overdue`` those late.

    ``beat_age`` is since a worker that did not stop last gave a sign; None where none should run.
    """

    waiting: int
    overdue: int
    unconfirmed: int
    paused: int
    beat_age: timedelta | None


def for_people(connection: Connection) -> int:
    """How many things wait for a person: posts, accounts, alerts."""
    counts = (
        select(func.count()).select_from(posts).where(posts.c.state == "unconfirmed"),
        select(func.count()).select_from(accounts).where(accounts.c.paused != ""),
        select(func.count())
        .select_from(alerts)
        .where(alerts.c.passed_at.is_(None), alerts.c.event.not_like("paused %")),
    )
    row = connection.execute(select(*(one.scalar_subquery() for one in counts))).one()
    return sum(row)


def unused(connection: Connection) -> int:
    """How many approved quotes were never planned anywhere."""
    planned = exists().where(posts.c.quote == quotes.c.id)
    approved = select(func.count()).select_from(quotes).where(quotes.c.status == "approved")
    return connection.scalar(approved.where(~planned)) or 0


def health(connection: Connection, now: datetime, late: timedelta) -> Health:
    """How it is; a post is overdue when its time passed so long ago."""
    planned = select(func.count()).select_from(posts).where(posts.c.state == "planned")
    paused = select(func.count()).select_from(accounts).where(accounts.c.paused != "")
    last = connection.execute(select(workers).order_by(workers.c.beat_at.desc()).limit(1)).first()
    return Health(
        waiting=queue.count(connection, WAITING),
        overdue=connection.scalar(planned.where(posts.c.due_at < now - late)) or 0,
        unconfirmed=queue.count(connection, UNCONFIRMED),
        paused=connection.scalar(paused) or 0,
        beat_age=now - last.beat_at if last and last.stopped_at is None else None,
    )
