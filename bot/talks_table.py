"""A table of talks: a CSV row a talk, with its file and what is known of it.

Columns, in any order, all but ``file`` optional: ``file`` (relative to the table), ``title``,
``event``, ``date`` (2026-11-24), ``url``, ``language``, ``speaker`` (the main one) and ``voices``
(``SPEAKER_00=Ada Quill; SPEAKER_01=Bo Marsh``). Pure but for the bytes it is given.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot.errors import InputError
from bot.model import Details

COLUMNS = ("file", "title", "event", "date", "url", "language", "speaker", "voices")
_SYNONYMS = {"path": "file", "transcript": "file", "speakers": "speaker", "name": "title"}
_MAX_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the transcript's path, what it says of the talk, who its voices are."""

    line: int
    path: Path
    details: Details
    speaker: str | None = None
    voices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that can be used, an error for each other one, and remarks on columns."""

    entries: tuple[Entry, ...]
    errors: tuple[InputError, ...]
    notes: tuple[str, ...]


def read_table(raw: bytes, place: Path) -> Table:
    """The talks of a table; ``InputError`` when it has no header with a ``file`` column."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", place=str(place), remedy="save it as UTF-8 CSV") from error
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        where = f"{place}, line {rows.line_num}"
        raise InputError(
            f"is no whole table: {error}", place=where, remedy="save it again"
        ) from error
    names = [_column(name) for name in lines[0][1]] if lines else []
    if "file" not in names:
        remedy = f"the first line names the columns: {', '.join(COLUMNS)}"
        raise InputError("has no column called file", place=str(place), remedy=remedy)
    entries: list[Entry] = []
    errors: list[InputError] = []
    for line, cells in lines[1:]:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
        if not row:
            continue
        try:
            entries.append(_entry(row, line, place))
        except ValueError as error:
            where = f"{place}, line {line}"
            errors.append(InputError(str(error), place=where, remedy="mend the row"))
    return Table(tuple(entries), tuple(errors), tuple(_unknown(names)))


def voices_of(text: str) -> dict[str, str]:
    """Names of voices from ``SPEAKER_00=Ada Quill; SPEAKER_01=Bo Marsh``; ``ValueError``."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        label, equals, name = (part.strip() for part in pair.partition("="))
        if not (label and equals and name):
            raise ValueError(f"“{pair}” is no LABEL=NAME")
        found[label] = name
    return found


def _column(name: str) -> str:
    plain = re.sub(r"[\s_()-]+", " ", name.strip().casefold()).strip()
    return _SYNONYMS.get(plain, plain)


def _unknown(names: list[str]) -> Iterator[str]:
    for name in names:
        if name and name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, 1)
            yield f"column {name} is not used" + (f"; did you mean {near[0]}?" if near else "")


def _entry(row: Mapping[str, str], line: int, place: Path) -> Entry:
    if "file" not in row:
        raise ValueError("names no file")
    if any(len(cell) > _MAX_CELL for cell in row.values()):
        raise ValueError("has a cell of unreasonable length")
    when = row.get("date")
    if when:
        try:
            date.fromisoformat(when)
        except ValueError as error:
            raise ValueError(f"date {when} is not like 2026-11-24") from error
    url = row.get("url")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise ValueError(f"url {url} is no address like https://…")
    speaker = row.get("speaker")
    details = Details(row.get("title"), (), row.get("event"), url, when, row.get("language"))
    voices = voices_of(row.get("voices", ""))
    return Entry(line, place.parent / row["file"], details, speaker, voices)
