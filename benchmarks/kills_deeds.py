"""The deeds that ``benchmarks.kills`` kills: what is there before, the command, what it makes."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.kills_looking import LIBRARY, files_of
from benchmarks.kills_running import done
from benchmarks.together import talk_of
from bot.assets import default_config
from bot.library import Library
from bot.store import open_store, revisions
from bot.store.connecting import WRITING, engine_for, url_of
from bot.store.copy import contents

_TALKS, _MINUTES = 3, 3
_OLDEST = "0001"
_HARVEST = ("harvest", "talks/*.vtt", "-n", "1")


@dataclass(frozen=True)
class Deed:
    """A command that writes.

    ``prepare`` makes a folder it works in; ``outcome`` is what it made beside the library;
    ``ends_with`` are its exit codes when it is done again: what is there already is told so.
    """

    name: str
    prepare: Callable[[Path], None]
    command: Callable[[Path], Sequence[str]]
    outcome: Callable[[Path], object] = lambda _folder: None
    ends_with: tuple[int, ...] = (0,)


def _project(folder: Path) -> None:
    """A project with talks, and nothing harvested."""
    (folder / "config.yaml").write_text(default_config(), "utf-8")
    (folder / "talks").mkdir()
    for number in range(_TALKS):
        talk_of(folder / "talks", number, _MINUTES, Random(number))


def _harvested(folder: Path) -> None:
    """A project with its talks harvested, once for all deeds."""
    ready = folder.parent.parent / "harvested"
    if not ready.exists():
        ready.mkdir()
        _project(ready)
        _do((*_HARVEST, "--jobs", "1"), ready)
    shutil.copytree(ready, folder, dirs_exist_ok=True)


def _do(command: Sequence[str], folder: Path) -> None:
    if done(command, folder):
        raise RuntimeError((folder / "log").read_text())


def _old(folder: Path) -> None:
    """A library that the first version of the program made, with all that was harvested."""
    _harvested(folder)
    new, old = folder / LIBRARY, folder / "old.db"
    engine = engine_for(url_of(old))
    with engine.connect().execution_options(**{WRITING: True}) as made, made.begin():
        revisions.upgrade(made, revisions.MIGRATIONS, _OLDEST)
    engine.dispose()
    with closing(sqlite3.connect(old)) as both, both:
        both.execute("ATTACH ? AS new", (str(new),))
        for table in ("talks", "transcripts", "quotes"):
            now, then = (_columns(both, part, table) for part in ("new", "main"))
            names = ", ".join(f'"{one}"' for one in then if one in now)
            both.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
    old.replace(new)


def _columns(database: sqlite3.Connection, part: str, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA {part}.table_info({table})")]


def _sheets_alone(folder: Path) -> None:
    _harvested(folder)
    _do(("library", "export", "--to", "sheets"), folder)
    (folder / LIBRARY).unlink()


def _rows(name: str, folder: Path) -> object:
    with open_store(folder / name, create=False) as store, store.read() as connection:
        return contents(connection, store.place)


def _files(name: str, folder: Path) -> object:
    return files_of(folder / name)


def _picture(folder: Path) -> object:
    return (folder / "gallery.png").read_bytes()


def _always(*words: str) -> Callable[[Path], Sequence[str]]:
    return lambda _folder: words


def _card(folder: Path) -> Sequence[str]:
    with open_store(folder / LIBRARY, create=False) as store:
        best = Library(store).quotes(limit=1)[0].id
    return ("card", best, "--all", "--out", "cards", "--no-preview")


def _import(folder: Path) -> Sequence[str]:
    return (
        "library",
        "import",
        *(f"sheets/{one.name}" for one in (folder / "sheets").glob("*.y*")),
    )


_MAKE = ("make", "talks/talk-0.vtt", "talks/talk-1.vtt", "-n", "1", "--out", "cards")
DEEDS = {
    one.name: one
    for one in (
        Deed("harvest", _project, _always(*_HARVEST, "--jobs", "1")),
        Deed("processes", _project, _always(*_HARVEST, "--jobs", "2")),  # the same, by a pool
        Deed(
            "export",
            _harvested,
            _always("library", "export", "--to", "sheets"),
            partial(_files, "sheets"),
        ),
        Deed("upgrade", _old, _always("library", "list", "-n", "1")),
        Deed("make", _project, _always(*_MAKE), partial(_files, "cards")),
        Deed("card", _harvested, _card, partial(_files, "cards")),
        Deed("gallery", _project, _always("gallery", "--theme", "daylight"), _picture),
        Deed(
            "backup",
            _harvested,
            _always("library", "backup", "safe.db"),
            partial(_rows, "safe.db"),
            (0, 3),
        ),
        Deed(
            "copy",
            _harvested,
            _always("library", "copy", "--to", "copy.db"),
            partial(_rows, "copy.db"),
            (0, 1),
        ),
        Deed("import", _sheets_alone, _import),
    )
}
