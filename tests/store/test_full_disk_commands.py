"""Every command that writes, on a full or read-only disk: told, nothing half done, goes on."""

import shutil
import subprocess
import sys

import pytest

from benchmarks.kills_looking import half_files, leftovers
from tests.cli.conftest import run as run
from tests.conftest import ROOT, SAMPLE

COMMANDS = {  # whether a talk is there before, the command, bytes left on the disk, its exit code
    "init": (False, ("init", "other"), 4_000, 3),
    "harvest": (False, ("harvest", SAMPLE), 60_000, 1),
    "export": (True, ("library", "export", "--to", "sheets"), 20_000, 1),
    "make": (True, ("make", SAMPLE, "-n", "2", "--out", "cards"), 90_000, 3),
    "gallery": (False, ("gallery", "--theme", "paper"), 60_000, 3),
    "backup": (True, ("library", "backup", "safe.db"), 60_000, 1),
    "copy": (True, ("library", "copy", "--to", "copy.db"), 60_000, 1),
    "report": (False, ("harvest", SAMPLE, "--dry-run", "--report", "told.json"), 0, 1),
}
WHOLE_FILES = ("export", "make")  # several, each whole or not there


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    """The library of a project in which the sample was harvested, made once."""
    folder = tmp_path_factory.mktemp("harvested")
    command = [sys.executable, "-m", "bot", "--library", folder / "library.db", "harvest", SAMPLE]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return folder / "library.db"


@pytest.fixture
def disk(tmp_path, run, monkeypatch):
    """A project on a disk of its own with 6 MB; one stands in it."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], check=True)
    monkeypatch.chdir(folder)
    assert run("init").code == 0
    yield folder
    monkeypatch.chdir(tmp_path)
    subprocess.run(["umount", "-l", folder], check=True)


def files(folder):
    """All that is there, hidden or not, but what may be drawn again and the noise."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts and path.name != "noise"
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_nothing_is_half_done_and_with_room_it_goes_on(
    disk, harvested, run, name
):
    kept, command, left, code = COMMANDS[name]
    if kept:
        shutil.copy(harvested, disk / "quotes")
    there = files(disk)
    (disk / "noise").write_bytes(bytes(shutil.disk_usage(disk).free - left))
    ran = run(*command)
    assert ran.code == code, ran.err
    if name == "make":  # which harvests first
        del there["quotes/library.db"]
    assert files(disk).items() >= there.items()
    assert not [*half_files(disk), *leftovers(disk)]  # whole files may be there already
    assert name in WHOLE_FILES or files(disk) == there
    assert "disk is full" in ran.error or "No space left" in ran.error
    assert ".part" not in ran.error  # what people named is told of
    (disk / "noise").unlink()
    assert run(*command).code == 0
    assert name in ("init", "gallery", "report") or run("library", "verify").code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_a_read_only_disk_is_told_and_what_is_there_can_be_read(disk, harvested, run, name):
    kept, command, _, code = COMMANDS[name]
    if kept:
        shutil.copy(harvested, disk / "quotes")
    there = files(disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    ran = run(*command)
    assert (ran.code, files(disk)) == (code, there), ran.err
    assert "ead-only" in ran.error or "check that the folder exists and may be written" in ran.error
    if kept:
        assert run("library", "verify").code == 0
        assert run("library", "list", "--json").array
