"""A report of every talk of a run as a file: JSON, JSON lines or CSV, whole or not there at all."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bot.errors import LibraryError, UsageError
from bot.harvesting.told import Failure, Outcome
from bot.spreadsheets import table
from bot.store.files import made_beside, put, written

COLUMNS = ("place", "fate", "talk", "title", "duration_ms", "quotes", "reason", "remedy", "notes")
Row = dict[str, Any]


def row_of(one: Outcome) -> Row:
    """A talk as a row of a report."""
    told, failure, harvested = one.told, one.failure, one.fate == "harvested"
    return {
        "place": one.place,
        "fate": one.fate,
        "talk": told.talk if told else None,
        "title": told.title if told else None,
        "duration_ms": told.duration_ms if told else None,
        "quotes": told.added + told.updated + told.known if told and harvested else None,
        "reason": _why(one.place, failure) if failure else None,
        "remedy": failure.remedy if failure else None,
        "notes": list(told.notes) if told else [],
    }


def _why(place: str, failure: Failure) -> str:
    """The reason, and where it is when that is not the talk: a line of it, the library."""
    elsewhere = failure.place not in ("", place)
    return f"{failure.place}: {failure.reason}" if elsewhere else failure.reason


@contextmanager
def reporting(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Writes an outcome at each call; the file has its name when the block ends, also by an error.

    ``UsageError`` for an ending that is none of ours, ``LibraryError`` where it cannot be written.
    """
    if path is None:
        yield lambda _: None
        return
    if path.suffix not in _WRITERS:
        remedy = f"name a file that ends in {', '.join(_WRITERS)}"
        raise UsageError(f"--report {path} is of no kind we write", remedy=remedy)
    if path.is_dir():
        raise UsageError(f"--report {path} is a folder", remedy="name a file in it")
    with made_beside(path) as part:
        try:
            with written(path), part.open("w", encoding="utf-8", newline="") as file:
                yield from _WRITERS[path.suffix](file)
        except BaseException as error:
            if not (isinstance(error, LibraryError) and error.place == str(path)):
                put(part, path)  # of what went wrong elsewhere it tells
            raise
        put(part, path)


def _lines(file: IO[str]) -> Iterator[Callable[[Outcome], None]]:
    yield lambda one: print(json.dumps(row_of(one), ensure_ascii=False), file=file)


def _array(file: IO[str]) -> Iterator[Callable[[Outcome], None]]:
    first = True

    def write(one: Outcome) -> None:
        nonlocal first
        row = json.dumps(row_of(one), ensure_ascii=False)
        file.write(("[\n" if first else ",\n") + row)
        first = False

    try:
        yield write
    finally:
        file.write("[]\n" if first else "\n]\n")


def _table(file: IO[str]) -> Iterator[Callable[[Outcome], None]]:
    file.write("\ufeff" + table(COLUMNS, ()))

    def write(one: Outcome) -> None:
        row = row_of(one) | {"notes": "; ".join(row_of(one)["notes"])}
        cells = ["" if row[name] is None else str(row[name]) for name in COLUMNS]
        file.write(table(cells, ()))

    yield write


_WRITERS = {".json": _array, ".jsonl": _lines, ".csv": _table}
