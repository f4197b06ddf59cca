"""What can be wrong with a library file is told in one line, and the file stays as it was.

Permission bits do not bind root, so "may not" is made of what binds everybody: a path below a
file, a folder in the file's place, SQLite's own ``mode=ro`` and page limit, a limit on file size.
"""

import multiprocessing
import os
import resource
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, insert, select

from bot.errors import LibraryError
from bot.store import open_store
from bot.store.schema import barred, talks, transcripts

FIRST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
NOW = datetime(2024, 5, 1, tzinfo=UTC)


def add_large(store):
    with store.write() as connection:
        noise = os.urandom(100_000).hex()
        connection.execute(
            insert(talks).values(id="a", title=noise, speakers=[], duration_ms=0, created_at=NOW)
        )


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library.db"
    with open_store(path) as store, store.write():
        pass
    return path


def not_a_database(path):
    path.write_text("Dear diary, today we drew a map.\n" * 100)


def damaged(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\x07" * 3996 + whole[4096:])


def cut_short(path):
    path.write_bytes(path.read_bytes()[:6000])


@pytest.mark.parametrize("way", ["read", "write"])
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (not_a_database, "is not a library; name another file"),
        (damaged, "is damaged; restore a backup"),
        (cut_short, "is damaged; restore a backup"),
    ],
)
def test_a_spoilt_file_is_told_and_left_alone(library, spoil, reason, way):
    spoil(library)
    before = library.read_bytes()
    with (
        open_store(library) as store,
        pytest.raises(LibraryError) as told,
        getattr(store, way)(),
    ):
        pass
    assert str(told.value).startswith(f"{library}: {reason}")
    assert library.read_bytes() == before
    assert [file.name for file in library.parent.iterdir()] == ["library.db"]


def test_a_row_that_nobody_wrote_is_told(library):
    with closing(sqlite3.connect(library)) as file, file:
        file.execute("INSERT INTO barred VALUES ('ada', 'Ada', 'soon', 'Ed')")
    with open_store(library) as store, pytest.raises(LibraryError) as told, store.read() as rows:
        rows.execute(select(barred)).all()
    assert "is damaged, a row of it cannot be read (a time that is none" in str(told.value)


@pytest.mark.parametrize("asked", [transcripts.c.id == 2**63, transcripts.c.read_at > FIRST])
def test_what_no_column_holds_is_told(library, asked):
    with open_store(library) as store, pytest.raises(LibraryError) as told, store.read() as rows:
        rows.execute(select(transcripts.c.id).where(asked))
    assert "cannot hold a number or a time that large" in str(told.value)


def test_a_folder_in_its_place_is_told(tmp_path):
    with pytest.raises(LibraryError, match=f"^{tmp_path}: is a folder; name a file in it$"):
        open_store(tmp_path)


@pytest.mark.parametrize("below", ["library.db", "quotes/library.db"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path, below):
    (tmp_path / "file").write_text("so")
    path = tmp_path / "file" / below
    with (
        open_store(path) as store,
        pytest.raises(LibraryError, match="folder cannot be made") as told,
    ):
        add_large(store)
    assert str(path) in str(told.value)


def test_a_name_no_file_can_have_is_told(tmp_path):
    with (
        open_store(tmp_path / ("long" * 100)) as store,
        pytest.raises(LibraryError, match="opened"),
    ):
        add_large(store)


def test_a_locked_library_is_told_and_waited_for_no_longer_than_asked(library):
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            open_store(f"sqlite:///{library}?timeout=0.05") as store,
            pytest.raises(LibraryError, match=f"^{library}: is locked .*; wait until"),
        ):
            add_large(store)


def test_a_read_only_library_can_be_read_but_not_written(library):
    before = library.read_bytes()
    with open_store(f"sqlite:///file:{library}?mode=ro&uri=true") as store:
        with store.read():
            pass
        with pytest.raises(LibraryError, match=f"^{library}: cannot be written, it is read-only"):
            add_large(store)
    assert library.read_bytes() == before


def test_a_full_disk_is_told_and_changes_nothing(library):
    before = library.read_bytes()
    with open_store(library) as store:
        pages = "PRAGMA max_page_count = 20"
        event.listen(store._engine, "connect", lambda connection, _: connection.execute(pages))
        with pytest.raises(LibraryError, match="the disk is full; nothing was changed; make room"):
            add_large(store)
    assert library.read_bytes() == before


def test_a_full_disk_at_the_first_write_leaves_no_file(tmp_path):
    path = tmp_path / "library.db"
    with open_store(path) as store:
        pages = "PRAGMA max_page_count = 20"
        event.listen(store._engine, "connect", lambda connection, _: connection.execute(pages))
        with pytest.raises(LibraryError, match="the disk is full"):
            add_large(store)
    assert list(tmp_path.iterdir()) == []


def add_beyond_the_quota(path):
    resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))
    with open_store(path) as store, pytest.raises(LibraryError, match="check the disk"):
        add_large(store)


def test_a_quota_is_told_and_changes_nothing(library):
    before = library.read_bytes()
    writer = multiprocessing.get_context("spawn").Process(
        target=add_beyond_the_quota, args=(library,)
    )
    writer.start()
    writer.join()
    assert writer.exitcode == 0
    assert library.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("sqlite//://", "not the address"),
        ("oracle9000://host/name", "cannot be kept in 'oracle9000', only in SQLite or PostgreSQL"),
        (
            "mysql://me:hush@host/name",
            "kept in 'mysql', only in SQLite or PostgreSQL; write a path",
        ),
        ("mysql+pymysql://host/name", "cannot be kept in 'mysql', only in SQLite or PostgreSQL"),
        ("postgresql+nonsense://host/name", "no driver 'postgresql.nonsense'; write a path"),
        ("postgresql://me:hush@127.0.0.1:1/quotes", "server is not there"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address, reason):
    with pytest.raises(LibraryError, match=reason) as told, open_store(address) as store:
        add_large(store)
    assert "hush" not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "driver", "package"),
    [
        ("postgresql://me:hush@host/name", "psycopg", "psycopg[binary]"),
        ("postgres://me:hush@host/name", "psycopg", "psycopg[binary]"),
        ("postgresql+pg8000://me:hush@host/name", "pg8000", "pg8000"),
    ],
)
def test_a_driver_that_is_not_there_is_named(monkeypatch, address, driver, package):
    monkeypatch.setitem(sys.modules, driver, None)
    with pytest.raises(LibraryError) as told:
        open_store(address)
    assert told.value.reason.startswith("postgresql needs a driver (")
    assert told.value.remedy == f"install '{package}' beside pullquote"
    assert "hush" not in str(told.value)
