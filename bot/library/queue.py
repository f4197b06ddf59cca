"""The quotes that a person goes through, best first, each as a line of a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from bot.model import PROPOSED, Status
from bot.store.schema import decisions, quotes, talks

MOST = 500


@dataclass(frozen=True, slots=True)
class Queued:
    """A quote in a list: enough to tell it from the others."""

    id: str
    talk: str
    shown: str
    start_ms: int
    approximate: bool
    status: Status
    proposed: bool


def queue(
    connection: Connection, talk: str | None, *, proposed_first: bool, limit: int = MOST
) -> tuple[Queued, ...]:
    """The quotes of a talk, decided ones too; without a talk those of all that wait."""
    wanted = _lines().limit(limit)
    if talk is not None:
        found = connection.execute(wanted.where(_stands(talk))).all()
    else:
        first = _proposed(connection, limit) if proposed_first else ()
        found = connection.execute(wanted.where(quotes.c.status == "candidate")).all()
        found = list({row.id: row for row in (*first, *found)}.values())
    lines = [_line(row) for row in found]
    return tuple(sorted(lines, key=lambda line: proposed_first and not line.proposed)[:limit])


def waiting(connection: Connection) -> dict[str, int]:
    """How many candidates each talk has, the latest talk first; none of those without any."""
    count = func.count().label("waiting")
    rows = connection.execute(
        select(quotes.c.talk, count)
        .join(talks)
        .where(quotes.c.status == "candidate")
        .group_by(quotes.c.talk, talks.c.created_at)
        .order_by(talks.c.created_at.desc(), quotes.c.talk)
    )
    return {row.talk: row.waiting for row in rows}


def _lines() -> Select[Any]:
    names = ("id", "talk", "shown", "start_ms", "approximate", "status", "flags")
    best = quotes.c.score.desc(), quotes.c.start_ms, quotes.c.id
    return select(*(quotes.c[name] for name in names)).order_by(*best)


def _stands(talk: str) -> Any:
    return (quotes.c.talk == talk) & (quotes.c.status != "retracted")


def _proposed(connection: Connection, limit: int) -> Iterator[Row[Any]]:
    """By who proposed them: of a library of millions the flags are not looked through."""
    asked = decisions.c.action == "propose", decisions.c.undone_at.is_(None)
    ids = select(decisions.c.quote).where(*asked)
    rows = _lines().where(quotes.c.id.in_(ids), quotes.c.status == "candidate").limit(limit)
    yield from connection.execute(rows)


def _line(row: Row[Any]) -> Queued:
    proposed = row.status == "candidate" and PROPOSED in row.flags
    return Queued(
        *(row.id, row.talk, row.shown, row.start_ms, row.approximate, row.status), proposed
    )
