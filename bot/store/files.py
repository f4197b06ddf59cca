"""Whole SQLite files: copied while others read and write them, checked, put in place at once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.errors import LibraryError
from bot.store.copy import Progress
from bot.store.failures import RESTORE, told
from bot.whole import part_of

_PAGES = 2000  # copied between two calls of ``progress``
_WAIT_S = 15  # for a writer that is just ending its transaction


@contextmanager
def made_beside(target: Path) -> Iterator[Path]:
    """An empty file to be filled and then ``put``; removed when it is not. Raises LibraryError."""
    part = part_of(target)
    try:
        with written(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.open("wb").close()
        yield part
    finally:
        for file in (part, journal_of(part)):
            with suppress(OSError):
                file.unlink(missing_ok=True)


def put(part: Path, target: Path) -> None:
    """Give a file its name, once it is on the disk. Raises LibraryError."""
    with written(target):
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)


def move(path: Path, to: Path) -> None:
    """Move a database away as it is, with its journal if it has one. Raises LibraryError."""
    with written(path):
        if journal_of(path).exists():
            journal_of(path).replace(journal_of(to))
        path.replace(to)


def journal_of(path: Path) -> Path:
    """Where SQLite notes what a transaction that was cut short had changed."""
    return path.with_name(f"{path.name}-journal")


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Turn what the system says of writing a file into LibraryError."""
    try:
        yield
    except OSError as error:
        reason, remedy = f"cannot be written ({error.strerror})", "check the folder and its disk"
        raise LibraryError(reason, place=str(path), remedy=remedy) from error


@contextmanager
def held_off(path: Path) -> Iterator[None]:
    """No other process writes as long as the block lasts; LibraryError if one does already."""
    with told(str(path)), closing(sqlite3.connect(path, timeout=0)) as held:
        held.isolation_level = None
        held.execute("BEGIN IMMEDIATE")
        yield


def copy_file(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a SQLite database as it is at this moment, and check the copy.

    Others go on reading meanwhile; a writer's commit waits. Raises LibraryError.
    """
    with made_beside(target) as part:
        copy_pages(source, part, progress)
        put(part, target)


def copy_pages(source: Path, part: Path, progress: Progress | None = None) -> None:
    """Fill an empty file with the pages of a database, and check it. Raises LibraryError."""
    with told(str(source)), closing(_reader(source)) as held:
        held.execute("BEGIN")
        held.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # now it stands still
        with told(str(part.parent)), closing(sqlite3.connect(part)) as made:
            step = (lambda _status, left, all_: progress(all_ - left, all_)) if progress else None
            held.backup(made, pages=_PAGES, progress=step)
    check_file(part, str(source))


def check_file(path: Path, place: str) -> None:
    """Raises LibraryError for a database that is not whole."""
    if is_damaged(path):
        raise LibraryError("is damaged", place=place, remedy=RESTORE)


def is_damaged(path: Path) -> bool:
    """Whether a file is no whole database; one that cannot be looked at is not called so."""
    try:
        with closing(_reader(path)) as opened:
            return bool(opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:
        return False
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # words of the damage that are none
        return True


def _reader(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=_WAIT_S, isolation_level=None)


def beside(path: Path, ending: str) -> Path:
    """A name beside a library that no file has yet: ``library.db.ENDING``, ``…-2``, ``…-3``."""
    name = path.with_name(f"{path.name}.{ending}")
    number = 2
    while name.exists():
        name = path.with_name(f"{path.name}.{ending}-{number}")
        number += 1
    return name
