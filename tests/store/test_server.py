"""What can be wrong with a server is told in one line, and what it keeps is as in a file."""

import threading
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import func, insert, select, text

from bot.errors import LibraryError
from bot.store import open_store
from bot.store.failures import explained
from bot.store.schema import talks

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def add(store, name="maps", **values):
    talk = {"id": name, "title": name, "speakers": [], "duration_ms": 0, "created_at": NOW}
    with store.write() as connection:
        connection.execute(insert(talks).values(talk | values))


def names(store):
    with store.read() as connection:
        return list(connection.scalars(select(talks.c.id)))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (errors.DiskFull, "the disk is full; nothing was changed; make room"),
        (errors.TooManyConnections, "too many connections; try again later"),
        (errors.ReadOnlySqlTransaction, "its server is read-only"),
        (errors.SerializationFailure, "another program at the same moment; nothing was saved; try"),
        (errors.DeadlockDetected, "another program at the same moment; nothing was saved; try"),
        (errors.AdminShutdown, "stops or starts just now; nothing was saved; try again"),
        (errors.InvalidPassword, "another user or password; put the password into ~/.pgpass"),
        (errors.InvalidCatalogName, "no such database; make it with createdb"),
        (errors.InsufficientPrivilege, "does not allow it to this user"),
        (errors.LockNotAvailable, "locked by another program; wait"),
        (errors.DataCorrupted, "damaged pages; restore a backup"),
        (errors.NumericValueOutOfRange, "a number that large"),
        (errors.OutOfMemory, "no memory left"),
        (errors.UniqueViolation, "refused a change"),
    ],
)
def test_each_of_its_codes_is_told(kind, reason):
    assert reason in str(explained(kind("what it says\nDETAIL: more"), "postgresql://host/name"))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('FATAL:  password authentication failed for user "me"', "another user or password"),
        ("fe_sendauth: no password supplied", "another user or password"),
        ("FATAL:  sorry, too many clients already", "too many connections"),
        ("FATAL:  the database system is starting up", "stops or starts just now"),
        ("connection failed: server closed the connection", "server is not there"),
        ("server closed the connection unexpectedly", "the connection to its server broke"),
        ("could not receive data from server: Connection timed out", "to its server broke"),
        ("could not translate host name", "server is not there"),
        ("something new", "cannot be reached (something new)"),
    ],
)
def test_what_it_says_without_a_code_is_told(said, reason):
    assert reason in str(explained(psycopg.OperationalError(said), "postgresql://host/name"))


def test_a_database_that_is_not_there_is_told(database):
    with (
        open_store(f"{database}x") as store,
        pytest.raises(LibraryError, match=f"^{database}x: .*no such database; make it with create"),
    ):
        add(store)


def test_a_server_that_went_away_is_told_and_found_again(server, database):
    with open_store(database) as store:
        add(store)
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                   f"pg_backend_pid() AND datname = '{database.rpartition('/')[2]}'")  # fmt: skip
        assert names(store) == ["maps"]
        with pytest.raises(LibraryError, match="nothing was saved"), store.write() as connection:
            connection.execute(select(func.pg_terminate_backend(func.pg_backend_pid())))
        assert names(store) == ["maps"]


def test_a_database_that_may_not_be_written_is_told_and_read(server, database):
    with open_store(database) as store:
        add(store)
    name = database.rpartition("/")[2]
    server.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    with (
        open_store(database) as store,
        pytest.raises(LibraryError, match="its server is read-only"),
    ):
        add(store, "tides")
    with open_store(database) as store:
        assert names(store) == ["maps"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": "a\x00b"}, "a text with such a letter"),
        ({"title": "\ud83d"}, "a text with such a letter"),
        ({"duration_ms": 2**40}, "a number that large"),
    ],
)
def test_what_a_server_cannot_hold_is_told(database, values, reason):
    with open_store(database) as store:
        with pytest.raises(LibraryError, match=reason):
            add(store, **values)
        assert names(store) == []


def test_reading_sees_one_moment_and_writes_nothing(database):
    with open_store(database) as store, open_store(database) as other:
        add(store)
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(talks)) == 1
            add(other, "tides")
            assert connection.scalar(select(func.count()).select_from(talks)) == 1
        with pytest.raises(LibraryError, match="read-only"), store.read() as connection:
            connection.execute(text("DELETE FROM talks"))
        assert sorted(names(store)) == ["maps", "tides"]


def test_two_writers_wait_for_each_other(database):
    def count_up():
        with open_store(database) as store:
            for _ in range(10):
                with store.write() as connection:
                    known = connection.scalar(select(talks.c.duration_ms)) or 0
                    connection.execute(talks.update().values(duration_ms=known + 1))

    with open_store(database) as store:
        add(store)
    both = [threading.Thread(target=count_up) for _ in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with open_store(database) as store, store.read() as connection:
        assert connection.scalar(select(talks.c.duration_ms)) == 20


def test_two_who_make_the_tables_at_once_both_succeed(database):
    failed = []

    def make(name):
        try:
            with open_store(database) as store:
                add(store, name)
        except LibraryError as error:
            failed.append(error)

    both = [threading.Thread(target=make, args=(name,)) for name in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with open_store(database) as store:
        assert (failed, sorted(names(store))) == ([], ["a", "b"])
