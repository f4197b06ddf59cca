"""From a path or URL to connections: drivers, pools, SQLite's settings and its locks."""

import logging
import sqlite3
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, StaticPool

from bot.errors import LibraryError
from bot.store.columns import to_json

WRITING = "pullquote_writing"  # an execution option: take the one writers' lock at the beginning
_WAIT_S = 15  # how long a writer of a SQLite file waits for another one
WRITERS = 0x7175_6F74  # the key of PostgreSQL's advisory lock
_KEPT_IN = {"sqlite", "postgresql"}
# Of a peer that is gone without a word, both ends know within a minute: else a writer would wait
# for hours, and the server would keep its lock for it
# (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES).
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_REACHED_WITHIN_S = 10
# What they say of a connection that broke is told by our error, in one line.
for _name in ("psycopg", "sqlalchemy"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
_ADDRESSES = "write a path, or postgresql://user@host/name"


def url_of(place: Path | str) -> URL:
    """The address of a library; a string without ``://`` is a path. Raises LibraryError."""
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        reason = "is not the address of a library"
        raise LibraryError(reason, place=place, remedy=_ADDRESSES) from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def address_of(url: URL) -> str:
    """An address as people write it, without its driver."""
    return url.set(drivername=url.get_backend_name()).render_as_string()


def _in_memory(url: URL) -> bool:
    return not url.database or ":memory:" in url.database


def file_of(url: URL) -> Path | None:
    """The file behind the address; None for a database in memory or on a server."""
    if url.get_backend_name() != "sqlite" or _in_memory(url):
        return None
    name = url.database or ""
    return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)


def engine_for(url: URL) -> Engine:
    """An engine that opens nothing yet; raises LibraryError for one we have no driver for."""
    backend = url.get_backend_name()
    if backend not in _KEPT_IN:
        reason = f"a library cannot be kept in '{backend}', only in SQLite or PostgreSQL"
        raise LibraryError(reason, remedy=_ADDRESSES)
    try:
        engine = _sqlite(url) if backend == "sqlite" else _server(url)
    except ArgumentError as error:
        reason = f"there is no driver '{url.drivername}'"
        raise LibraryError(reason, remedy=_ADDRESSES) from error
    except ImportError as error:  # also of a driver that is there, but not the library below it
        driver = url.drivername.partition("+")[2]
        package = "psycopg[binary]" if driver == "psycopg" else driver
        reason = f"{backend} needs a driver ({error})"
        remedy = f"install '{package}' beside pullquote"
        raise LibraryError(reason, remedy=remedy) from error
    return engine


def _server(url: URL) -> Engine:
    asked = {} if url.get_driver_name() != "psycopg" else _ALIVE
    asked = {**asked, **({"connect_timeout": _REACHED_WITHIN_S} if asked else {})}
    left = {name: value for name, value in asked.items() if name not in url.query}
    engine = create_engine(url, pool_pre_ping=True, connect_args=left, json_serializer=to_json)
    event.listen(engine, "connect", _keep_alive)
    event.listen(engine, "begin", _lock_server)
    return engine


def _keep_alive(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The server's end: https://www.postgresql.org/docs/current/runtime-config-connection.html"""
    asked = (f"set_config('tcp_{name}', '{value}', false)" for name, value in _ALIVE.items())
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"SELECT {', '.join(asked)}")
    cursor.close()
    connection.autocommit = False


def _sqlite(url: URL) -> Engine:
    wait = {} if "timeout" in url.query else {"timeout": _WAIT_S}
    engine = create_engine(
        url,
        # A file is opened anew for each transaction: nothing lingers when it is moved or restored.
        poolclass=StaticPool if _in_memory(url) else NullPool,
        connect_args={"check_same_thread": False, **wait},
        json_serializer=to_json,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # Its own knows the letters of ASCII alone.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITING))


def _begin_sqlite(connection: Connection) -> None:
    """The driver alone would begin with the first change: too late for what was read before it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing(connection) else "BEGIN")


def _lock_server(connection: Connection) -> None:
    if _writing(connection):
        connection.execute(select(func.pg_advisory_xact_lock(WRITERS)))


def to_read(engine: Engine) -> Connection:
    """A connection whose transaction sees one moment, and on a server may not write."""
    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def connect(engine: Engine, *, foreign_keys: bool = True) -> Connection:
    """A connection; SQLite's foreign keys can only be set aside before its transaction begins."""
    connection = engine.connect()
    if not foreign_keys and engine.dialect.name == "sqlite":
        driver_of(connection).execute("PRAGMA foreign_keys = OFF")
    return connection


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection behind one of ours."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def in_memory_copy(source: sqlite3.Connection) -> Engine:
    """An engine on a copy in memory of all that is in a database."""
    engine = engine_for(url_of("sqlite://"))
    with engine.connect() as connection:
        source.backup(driver_of(connection))
    return engine
