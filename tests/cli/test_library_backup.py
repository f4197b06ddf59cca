"""``library backup``, ``restore``, ``upgrade`` as a person calls them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.libraries import alter, state


@pytest.fixture
def kept(run: Run, sample: Path, project: Path) -> Path:
    assert run("harvest", sample).code == 0
    return project


def test_there_and_back(run: Run, kept: Path, backend: str) -> None:
    before = state(kept)
    assert run("library", "backup", "safe.db").code == 0
    alter(kept, "delete from quotes")
    ran = run("library", "restore", "safe.db", "--yes")
    if backend == "postgresql":
        assert (ran.code, "holds a library already" in ran.error) == (1, True)
        for table in ("transcripts", "talks"):
            alter(kept, f"delete from {table}")
        ran = run("library", "restore", "safe.db", "--yes")
    else:
        assert "before-restore-" in ran.err
    assert ran.code == 0
    assert state(kept) == before
    assert run("library", "verify").code == 0


def test_a_backup_without_a_name_is_named_by_the_time(run: Run, kept: Path) -> None:
    ran = run("library", "backup")
    (made,) = [path for path in kept.rglob("*.db") if path.name.startswith("library-2")]
    assert (ran.code, str(made) in ran.err) == (0, True)


def test_dry_runs_write_nothing(run: Run, kept: Path) -> None:
    before = state(kept), sorted(kept.rglob("*"))
    assert run("library", "backup", "safe.db", "--dry-run").code == 0
    assert (state(kept), sorted(kept.rglob("*"))) == before
    run("library", "backup", "safe.db")
    before = sorted(kept.rglob("*"))
    run("library", "restore", "safe.db", "--dry-run")
    assert sorted(kept.rglob("*")) == before


def test_restoring_asks_a_person(run: Run, kept: Path) -> None:
    run("library", "backup", "safe.db")
    ran = run("library", "restore", "safe.db")
    assert (ran.code, "say so with --yes" in ran.error) == (6, True)


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("backup", "safe.db"), 3, "is there already"),
        (("backup", "config.yaml/x.db"), 1, "cannot be written"),
        (("restore", "none.db", "--yes"), 3, "no such file"),
        (("restore", "none.db"), 3, "no such file"),
        (("restore", "config.yaml", "--yes"), 3, "is no library"),
        (("restore", ".", "--yes"), 3, "is a folder"),
    ],
)
def test_what_cannot_be_is_told(
    run: Run, kept: Path, arguments: tuple[str, ...], code: int, reason: str
) -> None:
    run("library", "backup", "safe.db")
    before = state(kept)
    ran = run("library", *arguments)
    assert (ran.code, reason in ran.error) == (code, True)
    assert state(kept) == before


def test_a_library_that_is_new_is_up_to_date(run: Run, kept: Path) -> None:
    assert "is up to date" in run("library", "upgrade", "--yes").err


@pytest.mark.parametrize("command", ["backup", "restore x.db --yes", "upgrade --yes"])
def test_without_a_project_there_is_nothing_to_do(run: Run, command: str) -> None:
    ran = run("library", *command.split())
    assert (ran.code, "pullquote init" in ran.error) == (1, True)
