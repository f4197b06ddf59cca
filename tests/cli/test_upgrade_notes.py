"""docs/upgrade.md gone through, command by command, with libraries that older programs made."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.connecting import engine_for, url_of
from bot.store.schema import HEAD
from bot.store.state import state_of
from tests.cli.conftest import Run
from tests.conftest import ROOT
from tests.store.old_libraries import OLDER, of_revision

PAGE = (ROOT / "docs/upgrade.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ pullquote (.*)$", PAGE, re.MULTILINE)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, run: Run, own_folder: Path, monkeypatch) -> str:
    """A project whose library is of the revision before the newest."""
    run("init")
    if request.param == "sqlite":
        place = str(own_folder / "quotes/library.db")
    else:
        place = request.getfixturevalue("database")
        monkeypatch.setenv("PULLQUOTE_LIBRARY", place)
    of_revision(place, OLDER[-1])
    return place


def test_every_revision_has_a_line() -> None:
    assert re.findall(r"^\| (\d{4}) \|", PAGE, re.MULTILINE) == [*OLDER, HEAD]


def test_the_commands_upgrade_an_older_library(run: Run, old: str) -> None:
    assert (len(COMMANDS), COMMANDS[-1]) == (5, "doctor")
    before = run(*shlex.split(COMMANDS[0]))
    assert f"revision {OLDER[-1]} waits for an upgrade to {HEAD}" in before.out
    assert run(*shlex.split(COMMANDS[1])).code == 0
    assert state_of(old).revision == OLDER[-1]
    for line in COMMANDS[2:]:
        ran = run(*shlex.split(line))
        assert "waits for an upgrade" not in ran.out
    assert ran.code == 0
    assert state_of(old).revision == HEAD


def test_a_copy_beside_leads_back(run: Run, own_folder: Path) -> None:
    run("init")
    path = own_folder / "quotes/library.db"
    of_revision(path, OLDER[-1])
    before = path.read_bytes()
    assert run("library", "list").code == 0
    kept = path.with_name(f"library.db.before-{HEAD}")
    assert state_of(kept).revision == OLDER[-1]
    shutil.move(kept, path)
    assert len(path.read_bytes()) == len(before)
    assert run("library", "list").code == 0


def test_an_older_program_refuses_a_newer_library(run: Run, old: str) -> None:
    engine = engine_for(url_of(old))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    ran = run("library", "list")
    assert (ran.code, "was written by a newer version of pullquote" in ran.error) == (1, True)
