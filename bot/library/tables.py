"""A table of quotes, from a spreadsheet, applied to the library row by row.

A row names its quote by ``id`` or by its words (``text``) and gives a ``status``, ``tags``, a
``note``; an empty cell says nothing, ``-`` takes away what was there. Each row is taken whole or
not at all; a bad one does not stop the next.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from sqlalchemy import Connection

from bot.errors import BotError, InputError, NeedsPerson, SheetError
from bot.library import listing
from bot.library.changes import Author, as_tag
from bot.library.names import words
from bot.library.own import Consent, Remembered, add
from bot.library.query import find_quotes, kept_quotes, talk_by_id
from bot.library.sheets.merge import Wish
from bot.library.sheets.wishes import Answers, grant
from bot.model import Quote, Status, Talk
from bot.spreadsheets import Cells, as_written, decoded, read_rows

COLUMNS = ("id", "text", "status", "tags", "note", "speaker")
_SYNONYMS = {"quote": "text", "shown": "text", "words": "text", "tag": "tags", "notes": "note"}
_STATUSES: dict[str, Status] = {
    **{one: one for one in get_args(Status)},
    **dict.fromkeys(("approve", "yes", "ok", "x"), "approved"),
    **dict.fromkeys(("reject", "no"), "rejected"),
}
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by their columns, empty ones left out, and its line."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """The quotes that rows changed, how many rows changed nothing, an error for each bad row."""

    changed: tuple[Quote, ...]
    unchanged: int
    errors: tuple[BotError, ...]


def table_rows(raw: bytes, path: Path) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of a table, and remarks on columns that are not used; SheetError for no table."""
    lines = read_rows(decoded(raw, path), path)
    names = [_column(name) for name in lines[0].cells] if lines else []
    if not {"id", "text"} & set(names):
        remedy = f"the first line names the columns: {', '.join(COLUMNS)}"
        raise SheetError(path, "has no column called id or text", line=1, remedy=remedy)
    rows = (Row(one.line, _cells(names, one)) for one in lines[1:])
    return tuple(row for row in rows if row.cells), tuple(_unused(names))


@dataclass(frozen=True, slots=True)
class Asked:
    """Where words are looked for, if a talk is named; who imports, and what they answered."""

    talk: str | None
    author: Author
    answers: Answers
    glossary: Mapping[str, str]


def apply_rows(connection: Connection, rows: Sequence[Row], path: Path, asked: Asked) -> Applied:
    """Decide what the rows say, each whole or not at all; words no quote has yet become one."""
    talk = talk_by_id(connection, asked.talk) if asked.talk else None
    known = list(find_quotes(connection, talk=talk.id)) if talk else []
    work = _Work(connection, asked, talk, known, {})
    changed: list[str] = []
    errors: list[BotError] = []
    for row in rows:
        try:
            if name := work.apply(row):
                changed.append(name)
        except NeedsPerson as error:
            place = f"{path} line {row.line}"
            errors.append(NeedsPerson(error.reason, place=place, remedy=error.remedy))
        except InputError as error:
            errors.append(SheetError(path, error.reason, line=row.line, remedy=error.remedy))
    after = kept_quotes(connection, changed)
    return Applied(after, len(rows) - len(changed) - len(errors), tuple(errors))


def _column(name: str) -> str:
    plain = name.strip().casefold()
    return _SYNONYMS.get(plain, plain)


def _cells(names: Sequence[str], row: Cells) -> dict[str, str]:
    pairs = zip(names, (as_written(cell).strip() for cell in row.cells), strict=False)
    return {name: cell for name, cell in pairs if cell and name in COLUMNS}


def _unused(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name and name not in COLUMNS and name not in listing.COLUMNS:
            near = get_close_matches(name, COLUMNS, 1, 0.7)
            guess = f"; did you mean {near[0]}?" if near else ""
            yield f"column {name[:40]} is not used{guess}"


@dataclass(frozen=True, slots=True)
class _Work:
    """A table that is applied: the talk its words are of, the quotes met so far by their ids."""

    connection: Connection
    asked: Asked
    talk: Talk | None
    of_talk: Sequence[Quote]
    met: dict[str, Quote]

    def apply(self, row: Row) -> str | None:
        """Take a row; the id of the quote it changed, None if it changed nothing."""
        name = row.cells.get("id", "").lower()
        if name in self.met and not _wish(self.met[name], row):
            return None
        asked = self.asked
        with self.connection.begin_nested():
            quote, fresh = self._named(row)
            wish = _wish(quote, row)
            how = (wish, asked.author, asked.answers, asked.glossary)
            changed = bool(wish) and grant(self.connection, quote.id, *how)
        self.met.pop(quote.id, None)
        self._kept(quote.id)
        return quote.id if changed or fresh else None

    def _kept(self, name: str) -> Quote:
        """A quote by its id, or the beginning of one, as it is kept: read once until it changes."""
        if name not in self.met:
            (quote,) = kept_quotes(self.connection, [name])
            self.met[quote.id] = quote
            return quote
        return self.met[name]

    def _named(self, row: Row) -> tuple[Quote, bool]:
        """The quote a row is about, and whether it is new; InputError when there is none."""
        if "id" not in row.cells:
            return self._saying(row)
        quote = self._kept(row.cells["id"].lower())
        if self.talk and quote.talk != self.talk.id:
            remedy = "name that talk with --talk, or leave --talk away"
            raise InputError(f"quote {quote.id} is of the talk '{quote.talk}'", remedy=remedy)
        return quote, False

    def _saying(self, row: Row) -> tuple[Quote, bool]:
        """The quote of the talk that has the words of a row, or one made of them."""
        text = row.cells.get("text", "")
        if not text:
            raise InputError("names no quote", remedy="fill in its id or its words")
        if self.talk is None:
            remedy = "name it with --talk TALK"
            raise InputError("gives words, but not the talk that says them", remedy=remedy)
        wanted = words(text)
        found = [one.id for one in self.of_talk if wanted in (words(one.shown), words(one.said))]
        if len(found) > 1:
            remedy = f"give the id: {', '.join(found[:5])}"
            raise InputError(f"several quotes have the words “{text[:60]}”", remedy=remedy)
        if found:
            return kept_quotes(self.connection, found)[0], False
        line = Remembered(text, None, row.cells.get("speaker"))
        asked = (self.asked.author, self.asked.glossary, Consent())
        added = add(self.connection, self.talk, line, *asked)
        return added.quote, added.fresh


def _wish(quote: Quote, row: Row) -> Wish:
    """What a row says that is not so."""
    status, note = _status(row), row.cells.get("note")
    speaker = row.cells.get("speaker")
    if speaker and words(speaker) != words(quote.speaker or ""):
        said_by = quote.speaker or "nobody that is known"
        raise InputError(f"quote {quote.id} is said by {said_by}, not {speaker[:60]}")
    tags = _tags(row)
    return Wish(
        status if status != quote.status else None,
        _shown(quote, row),
        () if tags is None else tuple(one for one in tags if one not in quote.tags),
        () if tags is None else tuple(one for one in quote.tags if one not in tags),
        None if note is None else "" if note == _NOTHING else note,
    )


def _shown(quote: Quote, row: Row) -> str | None:
    """The words of a row that names its quote by id, where they are others."""
    text = row.cells.get("text") if "id" in row.cells else None
    return text if text not in (None, quote.shown, quote.said) else None


def _status(row: Row) -> Status | None:
    said = row.cells.get("status")
    if said is None or said == _NOTHING:
        return None
    if said.casefold() not in _STATUSES:
        near = get_close_matches(said.casefold(), list(_STATUSES), 1)
        known = ", ".join(get_args(Status))
        remedy = f"did you mean {near[0]}?" if near else f"write {known}"
        raise InputError(f"there is no status '{said[:40]}'", remedy=remedy)
    return _STATUSES[said.casefold()]


def _tags(row: Row) -> list[str] | None:
    said = row.cells.get("tags")
    if said is None:
        return None
    return [as_tag(one) for one in re.split(r"[;,\n]", said) if one.strip() not in ("", _NOTHING)]
