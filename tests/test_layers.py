"""Imports go down: no module knows the ones above or beside it."""

import ast
import re
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
ROWS = [
    {"__init__", "remembering", "forking"},
    {"errors", "model", "post", "lexicon"},
    {"settings", "spreadsheets", "whole"},
    {
        "asides",
        "config",
        "assets",
        "windups",
        "cleanup",
        "edits",
        "clock",
        "stops",
        "talks",
        "terms",
    },
    {"store", "losses"},
    {
        "transcripts",
        "sentences",
        "speakers",
        "wording",
        "scoring",
        "cards",
        "vocabulary",
        "networks",
        "secrets",
    },
    {"semantic"},
    {"locate", "editing", "feeds", "language", "learned", "alerting", "doors"},
    {"library", "publishing", "sources"},
    {"pipeline", "drawing"},
    {"outfit"},
    {"posting", "harvesting"},
    {"web", "checkup"},
    {"cli"},
    {"__main__"},
]
PURE = {
    "asides",
    "vocabulary",
    "sentences",
    "stops",
    "speakers",
    "wording",
    "windups",
    "cleanup",
    "editing",
    "edits",
    "language",
    "locate",
    "losses",
    "scoring",
    "terms",
}
PURE_FILES = ["cards/fit.py", "cards/typography.py", "cards/bidi.py", "cards/breaking.py"]
PURE_FILES += [f"publishing/{name}.py" for name in ("posts", "counting", "wording", "tags")]
OF_CALENDARS = [f"publishing/{name}.py" for name in ("slots", "choices", "plan", "reasons")]
UNREACHABLE = {"pathlib", "os", "time", "datetime", "random", "socket", "sqlite3", "sqlalchemy"}


def row_of(module: str) -> int:
    return next(place for place, row in enumerate(ROWS) if module in row)


def imports(path: Path) -> set[str]:
    """The modules of ours a file imports, by their first name below ``bot``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "bot":
            below = node.module.split(".")[1:]
            found |= {below[0]} if below else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("bot.")}
    return {name for name in found if not name.startswith("__")}


def outside(path: Path) -> set[str]:
    """The foreign modules a file imports, by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


FILES = sorted(BOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BOT)))
def test_imports_point_down(path: Path) -> None:
    own = path.relative_to(BOT).parts[0].removesuffix(".py")
    for other in imports(path) - {own}:
        assert row_of(other) < row_of(own), f"{own} imports {other}"


@pytest.mark.parametrize("name", OF_CALENDARS)
def test_modules_of_calendars_know_dates_and_no_clock(name: str) -> None:
    path = BOT / name
    assert outside(path) & UNREACHABLE <= {"datetime"}
    assert not re.search(r"\.(now|today|utcnow)\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PURE) + PURE_FILES)
def test_pure_modules_reach_for_nothing(name: str) -> None:
    paths = [path for path in FILES if path.relative_to(BOT).as_posix().startswith(name)]
    paths = [path for path in paths if path.name != "weights.py"]  # reads the weights file
    assert paths
    for path in paths:
        assert not outside(path) & UNREACHABLE


def test_every_module_has_a_row() -> None:
    names = {path.relative_to(BOT).parts[0].removesuffix(".py") for path in FILES}
    assert names <= set().union(*ROWS)


def test_every_module_says_what_it_is() -> None:
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
