"""What several doors need: a library with the sample talk, a folder, a quiet terminal."""

import atexit
import io
import os
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import rmtree
from unittest.mock import patch

from bot import pipeline
from bot.library import Library
from bot.library.changes import Author
from bot.library.sheets.receipts import take_posts
from bot.model import Details, Person, Post
from bot.store import Store, open_store

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ED = Author("Ed", NOW)
TALK = "keeping-small-libraries-open"
_ROOT = Path(__file__).parent.parent.parent
SAMPLE = _ROOT / "assets/sample/small-libraries.txt"
TESTS = _ROOT / "tests"


@cache
def folder() -> Path:
    """A folder of this process, removed with it; quick where the system keeps one in memory."""
    memory = Path("/dev/shm")
    made = tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(rmtree, made, ignore_errors=True)
    return Path(made)


def written(name: str, raw: bytes) -> Path:
    """A file of that folder with these bytes."""
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def fill(store: Store) -> Library:
    """The sample talk in a library, with quotes approved, edited, tagged, noted and posted."""
    library = Library(store)
    reading = pipeline.read_talk(SAMPLE, pipeline.Cast(("Marit Oyelaran",)), 64)
    known = Details(title="Keeping small libraries open", url="https://example.org/v?a=1")
    pipeline.harvest(reading, known, library, pipeline.Terms(12), NOW)
    library.introduce([Person("Marit Oyelaran", "Librarian", None, {"x": "marit"})], "Ed", NOW)
    first, second, third = library.quotes(limit=3)
    library.decide([first.id], "approve", "Ed", NOW, confirmed=True)
    library.tag([second.id], "Ed", NOW, add=["ropes"])
    library.note([second.id], "for the autumn", "Ed", NOW)
    library.decide([third.id], "reject", "Ed", NOW)
    with store.write() as connection:
        sent = Post("x", "7", first.id, 1, "sent", "1", "https://x.com/i/status/1", NOW)
        take_posts(connection, [sent])
    return library


@cache
def _filled() -> Library:
    return fill(open_store("sqlite://"))


@contextmanager
def library() -> Iterator[Library]:
    """That library in memory; what is done to it inside is undone."""
    found = _filled()
    with found.store.rehearse():
        yield found


class Kept:
    """A SQLite database as it was at one moment, and the way back to it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        database.backup(self._copy)

    def put_back(self, database: sqlite3.Connection) -> None:
        """Make a database what it was."""
        self._copy.backup(database)


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing that is printed inside is seen."""
    kept = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


@contextmanager
def inside(place: Path) -> Iterator[None]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(place)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def offline() -> Iterator[None]:
    """No name is looked up inside."""
    with patch.object(socket, "getaddrinfo", _nobody):
        yield


def _nobody(*_: object, **__: object) -> list[object]:
    raise OSError("no names here")


def words(text: str) -> bytes:
    """Text as bytes, halves of letters too, as a command line gives them."""
    return text.encode("utf-8", "surrogateescape")


def text(raw: bytes) -> str:
    """What a person typed, as Python has it: bytes that are no UTF-8 become halves of letters."""
    return raw.decode("utf-8", "surrogateescape")
