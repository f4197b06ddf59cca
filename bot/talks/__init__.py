"""Tables of talks: a row a talk, with its transcript and what is known of it.

``read_table`` takes a CSV of ours (columns in ``bot.talks.cells``), the CSV of a pretalx or
Sessionize export, or their JSON. Rows that name no file get one by ``bot.talks.matching``. Pure
but for the bytes it is given.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.errors import InputError
from bot.spreadsheets import decoded, read_rows
from bot.talks import programme
from bot.talks.cells import COLUMNS, Entry, NoTalk, Row, column, entry

__all__ = ["COLUMNS", "Entry", "Table", "read_table"]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that can be used, an error for each bad one, and remarks on the rest."""

    entries: tuple[Entry, ...]
    errors: tuple[InputError, ...]
    notes: tuple[str, ...]


def read_table(raw: bytes, place: Path) -> Table:
    """The talks of a table; ``InputError`` when it is none."""
    text = decoded(raw, place)
    if text.lstrip()[:1] in ("{", "["):
        return _of_rows(_programme(text, place), place, ())
    names, filled = _sheet(text, place)
    return _of_rows(filled, place, tuple(_unused(names)))


def _of_rows(rows: Iterable[Row], place: Path, notes: tuple[str, ...]) -> Table:
    entries: list[Entry] = []
    errors: list[InputError] = []
    skipped: Counter[str] = Counter()
    for row in programme.joined(rows):
        try:
            entries.append(entry(row, place))
        except NoTalk as why:
            skipped[str(why)] += 1
        except ValueError as error:
            where = f"{place}, {row.where}"
            errors.append(InputError(str(error), place=where, remedy="mend the row"))
    passed = (
        f"{count} {'row' if count == 1 else 'rows'} passed over: {why}"
        for why, count in skipped.items()
    )
    return Table(tuple(entries), tuple(errors), (*notes, *passed))


def _programme(text: str, place: Path) -> Iterator[Row]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"{place} line {error.lineno}" if isinstance(error, json.JSONDecodeError) else place
        raise InputError("is no whole JSON", place=str(where), remedy="export it again") from error
    rows = programme.rows_of(document)
    if rows is None:
        remedy = "give a CSV, a pretalx schedule.json or session export, or Sessionize's “all data”"
        raise InputError("is JSON, but no programme of talks", place=str(place), remedy=remedy)
    return rows


def _sheet(text: str, place: Path) -> tuple[list[str], list[Row]]:
    """The columns of a CSV, by our names where we know them, and its rows."""
    lines = read_rows(text, place)
    names = [column(name) for name in lines[0].cells] if lines else []
    if not {"file", "title", "code"} & set(names):
        remedy = f"the first line names the columns: {', '.join(COLUMNS)}"
        raise InputError("has no column called file or title", place=str(place), remedy=remedy)
    filled = []
    for one in lines[1:]:
        found: dict[str, str] = {}
        for name, cell in zip(names, one.cells, strict=False):
            if cell.strip():
                found.setdefault(name, cell.strip())
        if found:
            filled.append(Row(f"line {one.line}", found))
    return names, filled


def _unused(names: list[str]) -> Iterator[str]:
    """The columns that look like ours and are not; of the others, how many."""
    others = [name for name in names if name and name not in COLUMNS]
    near = {name: get_close_matches(name, COLUMNS, 1, 0.75) for name in others}
    for name, meant in near.items():
        if meant and meant[0] not in names:
            yield f"column {name} is not used; did you mean {meant[0]}?"
    if far := [name for name, meant in near.items() if not meant]:
        yield f"columns not used: {', '.join(far[:6])}" + (" …" if len(far) > 6 else "")
