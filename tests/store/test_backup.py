"""Backups are whole whatever goes on, restoring is all or nothing, old libraries are kept."""

import os
import shutil
import sqlite3
import subprocess
import zlib
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import MetaData, event, insert, select

from bot.errors import BotError, InputError, LibraryError
from bot.library import Library
from bot.model import Details
from bot.store import files, open_store, revisions
from bot.store.backup import back_up, restore
from bot.store.connecting import WRITING, engine_for, url_of
from bot.store.schema import HEAD, decisions, talks
from tests.libraries import everything
from tests.library.spoken import candidates, transcript

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
OLDER = [f"{number:04}" for number in range(1, int(HEAD))]
TALK = {"id": "maps", "title": "Maps", "speakers": [], "duration_ms": 0, "created_at": NOW}


def fill(store):
    text = transcript()
    kept = Library(store).keep(Details(title="Lights \U0001f5fc"), text, candidates(text), NOW)
    Library(store).decide([kept.quotes[0].id], "reject", "me", NOW)
    return everything(store)


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "quotes" / "library.db"
    with open_store(path) as store:
        fill(store)
    return path


def rows(path):
    with open_store(path, create=False) as store:
        return everything(store)


def files_of(path):
    return sorted(file.name for file in path.parent.iterdir())


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


def of_revision(address, revision):
    """A library as the program of that time made it, with a talk and a decided quote."""
    engine = engine_for(url_of(address))
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        revisions.upgrade(connection, revisions.MIGRATIONS, revision)
        then = MetaData()
        then.reflect(connection)
        version = {"id": 1, "talk": "maps", "source": "a.txt", "format": "page-text"}
        packed = zlib.compress(b"[]")
        version |= {"source_hash": "00", "raw": packed, "cues": packed, "fingerprint": b""}
        version |= {"cues_present": 1, "notes": [], "read_at": NOW}
        quote = {"id": "kx3m9", "talk": "maps", "transcript": 1, "said": "So.", "shown": "So."}
        quote |= {"edits": [], "reasons": [], "flags": [], "tags": []}
        quote |= {"start_ms": 0, "end_ms": 1, "approximate": False, "score": 0.5}
        quote |= {"status": "rejected", "created_at": NOW}
        decided = {"id": 1, "quote": "kx3m9", "at": NOW, "who": "me", "action": "reject"}
        decided |= {"before": "candidate", "after": "rejected", "was": {}}
        for name, values in (
            ("talks", TALK),
            ("transcripts", version),
            ("quotes", quote),
            ("decisions", decided),
        ):
            connection.execute(insert(then.tables[name]).values(values))
    engine.dispose()


def upgraded(address, **options):
    with open_store(address, **options) as store, store.read() as connection:
        assert revisions.found(connection, store.place) == HEAD
        return connection.scalars(select(decisions.c.quote)).all()


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_library_is_kept_beside_and_upgraded(tmp_path, revision):
    path = tmp_path / "library.db"
    of_revision(path, revision)
    path.with_name(f"library.db.before-{HEAD}").write_text("of before")
    assert upgraded(path) == ["kx3m9"]
    assert upgraded(path) == ["kx3m9"]
    kept = path.with_name(f"library.db.before-{HEAD}-2")
    assert files_of(path) == ["library.db", f"library.db.before-{HEAD}", kept.name]
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(revision,)]
        assert connection.execute("SELECT quote FROM decisions").fetchall() == [("kx3m9",)]


@pytest.mark.parametrize("revision", OLDER)
def test_a_dry_run_upgrades_in_memory(tmp_path, revision):
    path = tmp_path / "library.db"
    of_revision(path, revision)
    before = path.read_bytes()
    assert upgraded(path, dry_run=True) == ["kx3m9"]
    assert (path.read_bytes(), files_of(path)) == (before, ["library.db"])


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_backup_is_restored_and_upgraded(library, tmp_path, revision):
    backup = tmp_path / "old.db"
    of_revision(backup, revision)
    before = backup.read_bytes()
    restore(library, backup, NOW)
    assert upgraded(library) == ["kx3m9"]
    assert backup.read_bytes() == before
    assert len(files_of(library)) == 2


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_library_on_a_server_is_upgraded_when_a_person_asks(database, revision):
    of_revision(database, revision)
    with pytest.raises(LibraryError, match="save it with pg_dump, then `pullquote library upgr"):
        upgraded(database)
    with open_store(database, dry_run=True, upgrade=True) as store, store.read():
        pass
    with pytest.raises(LibraryError, match=f"revision {revision} of {HEAD}"):
        upgraded(database)
    assert upgraded(database, upgrade=True) == ["kx3m9"]


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own with 600 kB; only root may mount one."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def use_all_but(folder, left):
    free = shutil.disk_usage(folder).free
    (folder / "noise").write_bytes(bytes(free - left))


def on_full_disk(way, path, backup):
    if way == "backup":
        with open_store(backup) as store:
            back_up(store, path.parent / "more.db")
    elif way == "restore":
        restore(path, backup, NOW)
    else:
        upgraded(path)


@pytest.mark.parametrize("way", ["upgrade", "backup", "restore"])
def test_a_full_disk_is_told_and_nothing_is_half_done(small_disk, library, way):
    path = small_disk / "library.db"
    of_revision(path, OLDER[-1])
    use_all_but(small_disk, 20_000)
    before = path.read_bytes()
    with pytest.raises(BotError, match=r"the disk is full; .*make room"):
        on_full_disk(way, path, library)
    assert (path.read_bytes(), files_of(path)) == (before, ["library.db", "noise"])


def test_a_full_disk_in_mid_write_leaves_what_was_before(small_disk):
    path = small_disk / "library.db"
    with open_store(path) as store:
        before = fill(store)
    large = {**TALK, "id": "tides", "title": "so " * 200_000}
    with (
        open_store(path) as store,
        pytest.raises(LibraryError, match="disk"),
        store.write() as connection,
    ):
        connection.execute(insert(talks).values(large))
    assert rows(path) == before
    assert files_of(path) == ["library.db"]


def test_a_read_only_folder_is_told_and_the_old_library_stays(small_disk):
    path = small_disk / "library.db"
    of_revision(path, OLDER[-1])
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(LibraryError, match=r"Read-only file system|is read-only"):
        upgraded(path)
    assert (path.read_bytes(), files_of(path)) == (before, ["library.db"])
