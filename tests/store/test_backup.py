"""Backups are whole whatever goes on; restoring is all or nothing."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, insert, select

from bot.errors import InputError, LibraryError
from bot.library import Library
from bot.store import files, open_store
from bot.store.backup import back_up, restore
from bot.store.publishing import accounts
from bot.store.schema import talks
from tests.libraries import everything
from tests.store.old_libraries import NOW, OLDER, TALK, files_of, fill, of_revision, rows, upgraded


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "quotes" / "library.db"
    with open_store(path) as store:
        fill(store)
    return path


def test_a_backup_has_every_row_and_restores_into_an_empty_library(new_place, tmp_path):
    backup = tmp_path / "copy.db"
    with open_store(new_place()) as store:
        before = fill(store)
        back_up(store, backup)
    assert rows(backup) == before
    again = new_place()
    if "://" in again and again != "sqlite://":
        restore(again, backup, NOW)
        with open_store(again) as store:
            assert everything(store) == before
            Library(store).decide([before["quotes"][1].id], "reject", "me", NOW)  # its id is free
            assert len(everything(store)["decisions"]) == len(before["decisions"]) + 1
        with pytest.raises(LibraryError, match="holds a library already; make an empty"):
            restore(again, backup, NOW)


def test_a_backup_is_whole_while_another_process_writes(library, tmp_path):
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE talks SET title = 'half'")
        with open_store(library) as store:
            back_up(store, tmp_path / "copy.db")
        other.execute("ROLLBACK")
    assert rows(tmp_path / "copy.db") == rows(library)


def test_a_backup_overwrites_nothing(library, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with open_store(library) as store, pytest.raises(InputError, match="is there already"):
        back_up(store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_restoring_keeps_what_was_there(library, tmp_path):
    before = rows(library)
    with open_store(library) as store:
        back_up(store, tmp_path / "copy.db")
        with store.write() as connection:
            connection.execute(insert(talks).values(TALK))
    changed = rows(library)
    done = restore(library, tmp_path / "copy.db", NOW)
    assert rows(library) == before
    assert done.before.name == "library.db.before-restore-20240501-120000"
    assert rows(done.before) == changed


def test_after_a_restore_every_timeline_is_to_be_matched_again(new_place, tmp_path):
    of = {"network": "x", "id": "7", "label": "main", "handle": "ada"}
    with open_store(new_place()) as store:
        with store.write() as connection:
            connection.execute(insert(accounts).values(**of, reconciled_at=NOW, newest="12"))
        back_up(store, tmp_path / "copy.db")
    again = new_place()
    place = tmp_path / "again.db" if again == "sqlite://" else again
    assert restore(place, tmp_path / "copy.db", NOW).waiting == ("main",)
    with open_store(place) as store, store.read() as connection:
        assert connection.execute(select(accounts.c.label, accounts.c.reconciled_at)).all() == [
            ("main", None)
        ]


def test_a_dry_restore_changes_nothing(library, tmp_path):
    shutil.copy(library, tmp_path / "copy.db")
    before = library.read_bytes()
    restore(library, tmp_path / "copy.db", NOW, dry_run=True)
    assert (library.read_bytes(), files_of(library)) == (before, ["library.db"])


def text_file(path, _library):
    path.write_text("Dear diary, today we drew a map.\n" * 100)


def a_folder(path, _library):
    path.mkdir()


def nothing(path, _library):
    pass


def empty(path, _library):
    path.touch()


def damaged(path, library):
    whole = library.read_bytes()
    path.write_bytes(whole[:4096] + b"\x07" * 4096 + whole[8192:])


def newer(path, library):
    shutil.copy(library, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def of_another_program(path, _library):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE visits (url)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (text_file, "is no library"),
        (a_folder, "is a folder"),
        (nothing, "no such file"),
        (empty, "there is no library yet"),
        (damaged, "a damaged one"),
        (newer, "newer version.*pip install -U"),
        (of_another_program, "another program"),
    ],
)
def test_what_is_no_backup_is_not_restored(library, tmp_path, spoil, reason):
    spoil(tmp_path / "copy.db", library)
    before = library.read_bytes()
    with pytest.raises(InputError, match=f"copy.db: .*{reason}") as told:
        restore(library, tmp_path / "copy.db", NOW)
    assert told.value.exit_code == 3
    assert (library.read_bytes(), files_of(library)) == (before, ["library.db"])


def test_nothing_is_restored_while_another_process_writes(library, tmp_path):
    shutil.copy(library, tmp_path / "copy.db")
    before = library.read_bytes()
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="is locked by another program"):
            restore(library, tmp_path / "copy.db", NOW)
    assert (library.read_bytes(), files_of(library)) == (before, ["library.db"])


def test_a_damaged_library_is_kept_and_replaced_and_its_journal_not_applied(library, tmp_path):
    shutil.copy(library, tmp_path / "copy.db")
    before = rows(library)
    library.write_bytes(b"SQLite format 3\x00" + os.urandom(5000))
    files.journal_of(library).write_bytes(b"old")
    done = restore(library, tmp_path / "copy.db", NOW)
    assert rows(library) == before
    assert done.before.stat().st_size == 5016
    assert not files.journal_of(library).exists()


def test_a_lost_library_is_restored(library, tmp_path):
    shutil.copy(library, tmp_path / "copy.db")
    before = rows(library)
    library.unlink()
    assert restore(library, tmp_path / "copy.db", NOW).before is None
    assert rows(library) == before


@pytest.mark.parametrize("fate", ["removed", "replaced"])
def test_what_is_written_into_a_file_that_went_away_is_not_called_saved(library, tmp_path, fate):
    shutil.copy(library, tmp_path / "copy.db")

    def take_away(_connection, _record):
        library.unlink() if fate == "removed" else (tmp_path / "copy.db").replace(library)

    with open_store(library) as store, store.read():
        event.listen(store._engine, "connect", take_away)
        with (
            pytest.raises(LibraryError, match="removed or replaced while it was opened; nothing"),
            store.write() as connection,
        ):
            connection.execute(insert(talks).values(TALK))


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_backup_is_restored_and_upgraded(library, tmp_path, revision):
    backup = tmp_path / "old.db"
    of_revision(backup, revision)
    before = backup.read_bytes()
    restore(library, backup, NOW)
    assert upgraded(library) == ["kx3m9"]
    assert backup.read_bytes() == before
    assert len(files_of(library)) == 2
