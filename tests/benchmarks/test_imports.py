"""No command imports what it does not need: its help nothing heavy, a run only what it may."""

import json
import subprocess
import sys

import pytest

from benchmarks.imports import CHECKOUT, RUNS, Imported, amiss


@pytest.fixture(scope="module")
def looked() -> list[dict[str, object]]:
    """What ``python -m benchmarks.imports`` says without timing, in a process that is new."""
    command = [sys.executable, "-m", "benchmarks.imports", "--rounds", "0", "--json"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_every_command_has_its_imports_and_none_too_many(looked: list[dict[str, object]]) -> None:
    names = {str(one["command"]) for one in looked}
    assert {"make --help", "harvest --help", "library list --help", "web --help", "doctor"} <= names
    assert all("typer" in str(one["packages"]) for one in looked)


def test_to_read_a_talk_takes_no_database(looked: list[dict[str, object]]) -> None:
    packages = {str(one["command"]): str(one["packages"]) for one in looked}
    assert "sqlalchemy" not in packages["sentences TALK"]
    assert "sqlalchemy" in packages["harvest TALK --speaker Marit Oyelaran"]


@pytest.mark.parametrize(
    ("modules", "code", "told"),
    [
        (("bot.cli", "re"), 0, []),
        (("bot.cli", "sqlalchemy.orm"), 0, ["card imports sqlalchemy"]),
        (("PIL", "nltk.tokenize"), 0, ["card imports PIL, nltk"]),
        ((), 2, ["card ended with 2"]),
    ],
)
def test_what_is_amiss_is_named(modules: tuple[str, ...], code: int, told: list[str]) -> None:
    runs = [Imported("run", (), 0)] * len(RUNS)
    assert list(amiss([Imported("card", modules, code)], runs)) == told
