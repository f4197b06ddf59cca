"""Full and read-only disks: told, and nothing is half done. Only where disks may be mounted."""

import shutil
import subprocess

import pytest
from sqlalchemy import insert

from bot.errors import BotError, LibraryError
from bot.store import open_store
from bot.store.backup import back_up, restore
from bot.store.schema import talks
from tests.store.old_libraries import NOW, OLDER, TALK, files_of, fill, of_revision, rows, upgraded


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "quotes" / "library.db"
    with open_store(path) as store:
        fill(store)
    return path


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own with 600 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder]
    subprocess.run(mount, check=True)
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
