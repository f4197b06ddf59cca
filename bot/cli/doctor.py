"""``doctor``: is everything there that the bot needs, and what to do about what is not."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.options import AsJson
from bot.cli.setup import Setup, out_folder
from bot.cli.show import as_json, console
from bot.errors import BotError
from bot.outfit import look

if TYPE_CHECKING:
    from bot.config import Project

_PACKAGES = (
    *("nltk", "pillow", "uharfbuzz", "isal", "python-bidi", "budoux", "segno"),
    *("sqlalchemy", "alembic", "msgspec", "tweepy"),
)
_LEAST_FREE_MB = 50
_MARKS = {True: "[green]ok[/]  ", False: "[bold red]bad[/] ", None: "[dim]–[/]   "}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is, and whether that will do; None for what few need."""

    name: str
    ok: bool | None
    found: str


def doctor(context: typer.Context, as_array: AsJson = False) -> None:
    """Check fonts, library, settings and disk: pullquote doctor"""
    checks = list(_checks(context.obj))
    if as_array:
        as_json(map(asdict, checks))
    for check in () if as_array else checks:
        mark = _MARKS[check.ok]
        console().print(f"{mark} {check.name:<12}", end="")
        typer.echo(check.found)
    bad = [check.name for check in checks if check.ok is False]
    if bad:
        raise BotError(f"{len(bad)} of {len(checks)} checks failed: {', '.join(bad)}")


def _checks(setup: Setup) -> Iterator[Check]:
    yield Check("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield from map(_package, _PACKAGES)
    try:
        project = setup.project()
    except BotError as error:
        yield Check("settings", False, str(error))
        return
    yield Check("settings", True, str(project.path or "built-in (no config.yaml here or above)"))
    yield _tried("scorer", _scorer)
    yield _tried("fonts", lambda: _fonts(project))
    yield from _scripts()
    yield _tried("library", lambda: _library(setup, project))
    yield _disk(out_folder(project, None))


def _tried(name: str, look_at: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look_at())
    except BotError as error:
        return Check(name, False, str(error))


def _package(name: str) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "is missing; install pullquote again")


def _scorer() -> str:
    from bot.learned import scorer_weights

    learned = scorer_weights().provenance
    held_out = learned["out of fold"]["all"]
    talks = learned["from"]["episodes"]
    return f"learned {learned['learned']} from {talks} talks, AUC {held_out['auc']:.3f} held out"


def _fonts(project: "Project") -> str:
    """Open the look, and draw one card in it."""
    from bot.cards import render
    from bot.model import Candidate, Talk

    chosen = look(project, None, None)
    words = "Draw “this”, and see—it works."
    quote = Candidate(
        said=words, shown=words, edits=(), start_ms=1, end_ms=2, score=0.0, reasons=()
    )
    card = render(quote, Talk("doctor", "A test card", duration_ms=2), chosen)[0]
    return f"{chosen.theme.name}: a test card of {len(card.data) // 1000} kB drawn"


def _scripts() -> Iterator[Check]:
    """What draws the scripts that the shipped fonts lack; only who quotes in them needs it."""
    from bot.cards.installed import survey

    for known in survey():
        found = known.font.name if known.font else f"no font (Debian: {known.package})"
        yield Check(known.script.lower(), True if known.font else None, found)


def _library(setup: Setup, project: "Project") -> str:
    if not setup.has_library(project):
        return "none here (`pullquote init` makes a project)"
    with setup.open(project) as library:
        count = len(library.quotes())
        talks = len(library.talks())
        return f"{library.store.place}: {count} quotes of {talks} talks"


def _disk(folder: Path) -> Check:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    return Check("disk", free_mb >= _LEAST_FREE_MB, f"{free_mb:,} MB free at {existing}")
