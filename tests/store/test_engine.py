"""Transactions: all or nothing, made when first needed, several writers, a killed one."""

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from bot.errors import LibraryError
from bot.store import engine, open_store
from bot.store.schema import decisions, talks

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SPAWN = multiprocessing.get_context("spawn")


def add(connection, name):
    connection.execute(
        insert(talks).values(id=name, title=name, speakers=[], duration_ms=0, created_at=NOW)
    )


def names(store):
    with store.read() as connection:
        return list(connection.scalars(select(talks.c.id).order_by(talks.c.id)))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "quotes" / "library.db"


@pytest.fixture(params=["file", "memory"])
def store(request, path):
    with open_store(path if request.param == "file" else "sqlite://") as opened:
        yield opened


def test_what_is_written_is_read(store):
    with store.write() as connection:
        add(connection, "maps")
    assert names(store) == ["maps"]


def test_an_error_takes_all_of_it_back(store):
    with store.write() as connection:
        add(connection, "maps")
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        add(connection, "tides")
        1 / 0  # noqa: B018
    assert names(store) == ["maps"]


def test_reading_nothing_makes_nothing(path):
    with open_store(path) as store:
        assert names(store) == []
    assert not path.parent.exists()


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_a_first_write_that_fails_leaves_no_file(path, error):
    with open_store(path) as store, pytest.raises(error), store.write() as connection:
        add(connection, "maps")
        raise error
    assert list(path.parent.iterdir()) == []


def test_a_failed_write_leaves_the_empty_file_that_was_there(path):
    path.parent.mkdir()
    path.touch()
    with open_store(path) as store, pytest.raises(ZeroDivisionError), store.write():
        1 / 0  # noqa: B018
    assert path.read_bytes() == b""


@pytest.mark.parametrize("state", ["filled", "locked"])
def test_a_file_that_another_writer_has_is_not_removed(path, state):
    with open_store(path) as other, other.write() as connection:
        add(connection, "maps")
        if state == "locked":
            engine._remove_if_empty(path)
    engine._remove_if_empty(path)
    with open_store(path) as store:
        assert names(store) == ["maps"]


def test_a_dry_run_makes_no_file(path):
    with open_store(path, dry_run=True) as store, store.write() as connection:
        add(connection, "maps")
    assert not path.parent.exists()


def test_a_dry_run_is_rolled_back(path):
    with open_store(path) as store, store.write() as connection:
        add(connection, "maps")
    before = path.read_bytes()
    with open_store(path, dry_run=True) as store:
        with store.write() as connection:
            add(connection, "tides")
            assert connection.scalar(select(func.count()).select_from(talks)) == 2
        assert names(store) == ["maps"]
    assert path.read_bytes() == before


def test_a_library_that_must_be_there_is_asked_for(path):
    with pytest.raises(LibraryError, match=f"^{path}: there is no library yet; .*harvest"):
        open_store(path, create=False)


def test_a_library_is_one_file(path):
    with open_store(path) as store:
        with store.write() as connection:
            add(connection, "maps")
        assert [file.name for file in path.parent.iterdir()] == ["library.db"]


def test_foreign_keys_hold(store):
    orphan = insert(decisions).values(
        quote="nobody",
        at=NOW,
        who="me",
        action="approve",
        before="candidate",
        after="approved",
        was={},
    )
    with pytest.raises(LibraryError, match="FOREIGN KEY"), store.write() as connection:
        connection.execute(orphan)


def test_what_is_being_read_does_not_change(path):
    with open_store(path) as store, store.write() as connection:
        add(connection, "maps")
    hasty = f"sqlite:///{path}?timeout=0.05"
    with open_store(path) as reader, reader.read() as seen, open_store(hasty) as writer:
        before = seen.scalars(select(talks.c.id)).all()
        with pytest.raises(LibraryError, match="is locked"), writer.write() as connection:
            add(connection, "tides")
        assert seen.scalars(select(talks.c.id)).all() == before


def write_many(path, name, together):
    together.wait()
    with open_store(path) as store:
        for number in range(20):
            with store.write() as connection:
                add(connection, f"{name}-{number:02}")
                time.sleep(0.002)


def test_two_writers_of_one_new_file_both_succeed(path):
    together = SPAWN.Barrier(2)
    writers = [SPAWN.Process(target=write_many, args=(path, name, together)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_store(path) as store:
        assert len(names(store)) == 40


def write_and_hang(path):
    with open_store(path) as store:
        with store.write() as connection:
            add(connection, "maps")
        with store.write() as connection:
            connection.exec_driver_sql("PRAGMA cache_size = 1")  # spill to the file before the end
            for number in range(2000):
                add(connection, f"half-{number}-{'so ' * 50}")
            path.with_name("half-way").touch()
            time.sleep(60)


def test_a_writer_killed_half_way_leaves_what_was_before(path):
    writer = SPAWN.Process(target=write_and_hang, args=(path,))
    writer.start()
    while not path.with_name("half-way").exists():
        assert writer.is_alive()
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert path.with_name("library.db-journal").exists()  # it was killed in the middle indeed
    with open_store(path) as store:
        assert names(store) == ["maps"]
        with store.write() as connection:
            add(connection, "tides")
        assert names(store) == ["maps", "tides"]


def test_a_rehearsal_sees_what_it_writes_and_leaves_nothing(new_place):
    with open_store(new_place()) as store:
        with store.write() as connection:
            add(connection, "maps")
        with store.rehearse():
            with store.write() as connection:
                add(connection, "rope")
            with pytest.raises(ValueError, match="half-way"), store.write() as connection:
                add(connection, "salt")
                raise ValueError("half-way")
            assert names(store) == ["maps", "rope"]
        assert names(store) == ["maps"]


def test_a_rehearsal_that_fails_leaves_nothing_either(store):
    with pytest.raises(ValueError, match="no"), store.rehearse():
        with store.write() as connection:
            add(connection, "maps")
        raise ValueError("no")
    assert names(store) == []
