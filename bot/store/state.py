"""How a library's database is: looked at, and neither changed nor upgraded."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from bot.store import revisions
from bot.store.connecting import WRITERS, address_of, connect, engine_for, file_of, url_of
from bot.store.failures import told
from bot.store.schema import HEAD, quotes, talks

_LARGE_MB = 300  # larger files are not looked through, as that takes seconds
_ON_SERVER = text(
    """
    SELECT pg_database_size(current_database()) / 1e6 AS size_mb,
        NOT pg_is_in_recovery()
            AND current_setting('default_transaction_read_only') = 'off' AS writable,
        current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int AS most,
        (SELECT sum(numbackends) FROM pg_stat_database)::int AS used,
        (SELECT max(coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0))
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :writers
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ) AS held_s,
        clock_timestamp() AS now
    """
)


@dataclass(frozen=True, slots=True)
class State:
    """A database as it is found.

    ``revision`` is None where there are no tables yet; ``newest`` is what this program works with.
    ``whole`` is None for a file too large to be looked through, and on a server. ``held_s``: for
    so long somebody has had the writers' lock, None for nobody, 0 where only that is known.
    ``free`` connections of ``most``, and ``now``, are a server's.
    """

    place: str
    engine: str
    revision: str | None
    newest: str = HEAD
    size_mb: float = 0.0
    talks: int = 0
    quotes: int = 0
    whole: bool | None = None
    writable: bool = True
    held_s: float | None = None
    free: int | None = None
    most: int | None = None
    now: datetime | None = None


def state_of(place: Path | str) -> State | None:
    """How the library at a path or URL is, None where there is no file. Raises LibraryError."""
    url = url_of(place)
    path = file_of(url)
    if path is not None and not path.exists():
        return None
    name, engine = str(path or address_of(url)), engine_for(url)
    try:
        with told(name), connect(engine) as connection:
            found = _looked_at(connection, name)
            return _of_file(found, path) if path else _of_server(found, connection)
    finally:
        engine.dispose()


def _looked_at(connection: Connection, place: str) -> State:
    revision = revisions.found(connection, place)
    if connection.dialect.name == "sqlite":
        engine = f"SQLite {sqlite3.sqlite_version}"
    else:
        engine = f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"
    found = State(place, engine, revision)
    if revision != HEAD:
        return found
    count = select(func.count())
    return replace(
        found,
        talks=connection.scalar(count.select_from(talks)) or 0,
        quotes=connection.scalar(count.select_from(quotes)) or 0,
    )


def _of_file(found: State, path: Path) -> State:
    size_mb = path.stat().st_size / 1e6
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as opened:
        held = writable and _is_held(opened)
        whole = None
        if size_mb <= _LARGE_MB:
            whole = opened.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    return replace(
        found, size_mb=size_mb, writable=writable, whole=whole, held_s=0.0 if held else None
    )


def _is_held(opened: sqlite3.Connection) -> bool:
    """Whether another program writes just now."""
    try:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    return False


def _of_server(found: State, connection: Connection) -> State:
    """What its statistics say: https://www.postgresql.org/docs/current/monitoring-stats.html"""
    if connection.dialect.name == "sqlite":
        return found  # in memory
    row = connection.execute(_ON_SERVER, {"writers": WRITERS}).one()
    return replace(
        found,
        size_mb=float(row.size_mb),
        writable=row.writable,
        held_s=None if row.held_s is None else float(row.held_s),
        free=row.most - row.used,
        most=row.most,
        now=row.now,
    )
