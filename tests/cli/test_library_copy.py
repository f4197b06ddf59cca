"""``library copy`` as a person calls it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.libraries import alter, state


@pytest.fixture
def kept(run: Run, sample: Path, project: Path) -> Path:
    assert run("harvest", sample).code == 0
    return project


def test_there_and_to_work_with_it(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    before = state(kept)
    ran = run("library", "copy", "--to", "copy.db", "--json")
    assert ran.code == 0
    rows = {row["table"]: row["rows"] for row in json.loads(ran.out)}
    assert rows["quotes"] == len(before["quotes"])
    assert "1 talk, " in ran.err and "compared: every value of " in ran.err
    again = run("library", "copy", "--to", "copy.db")
    assert (again.code, "holds a library already" in again.error) == (1, True)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(kept / "copy.db"))
    assert state(kept) == before
    assert run("library", "verify").code == 0


def test_a_dry_copy_keeps_nothing(run: Run, kept: Path) -> None:
    before = state(kept), sorted(kept.rglob("*"))
    ran = run("library", "copy", "--to", "copy.db", "--dry-run", "--move")
    assert (ran.code, "nothing was kept" in ran.err) == (0, True)
    assert (state(kept), sorted(kept.rglob("*"))) == before


def test_a_library_that_was_moved_pauses_its_accounts(run: Run, kept: Path) -> None:
    values = "'x', '7', 'main', 'ada', '', '{}'"
    alter(
        kept, f"insert into accounts (network, id, label, handle, paused, limits) values ({values})"
    )
    ran = run("library", "copy", "--to", "copy.db", "--move")
    assert "publishing is paused here: main" in ran.err
    assert "publishing waits for `pullquote network reconcile`: main" in ran.err
    assert "moved to" in state(kept)["accounts"][0].paused


def test_a_password_is_refused_and_not_shown(run: Run, kept: Path) -> None:
    ran = run("library", "copy", "--to", "postgresql://me:hush@host/name")
    assert (ran.code, "hush" in ran.err) == (4, False)
    assert "~/.pgpass" in ran.error
