"""A row that is damaged is told in one line: which quote or talk, and what to do."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from spoken import LATER, NOW, OTHERS, candidates, transcript
from sqlalchemy import JSON, LargeBinary, insert, text, type_coerce, update

from bot.errors import LibraryError
from bot.library import Library
from bot.library.sheets import export_sheets
from bot.model import Details, Person
from bot.store import open_store
from bot.store.schema import decisions, people, quotes, talks, transcripts

EDIT = {"kind": "case", "at": 0, "old": "a", "new": "A"}
REMEDY = "restore a backup, or move the file away to start anew"


def change(library, table, **values):
    with library.store.write() as connection:
        connection.execute(update(table).values(**values))


def every_use(library, name):
    yield library.quotes
    yield library.verify
    yield lambda: library.quote(name)
    yield lambda: library.decide([name], "approve", "me", NOW)
    yield lambda: library.keep(Details(), transcript(), candidates(transcript()), LATER)


@pytest.mark.parametrize(
    ("column", "stored"),
    [
        ("edits", None),
        ("edits", [5]),
        ("edits", [{"kind": "case"}]),
        ("edits", [{**EDIT, "at": "0"}]),
        ("edits", [{**EDIT, "more": ""}]),
        ("reasons", {}),
        ("reasons", [{"feature": "contrast", "contribution": "much"}]),
        ("flags", "proposed"),
        ("tags", [1]),
    ],
)
def test_a_damaged_column_is_told_with_its_quote(library, column, stored):
    spoken = transcript()
    name = library.keep(Details(), spoken, candidates(spoken)[:1], NOW).quotes[0].id
    change(library, quotes, **{column: type_coerce(stored, JSON)})
    for use in every_use(library, name):
        with pytest.raises(LibraryError) as told:
            use()
        assert str(told.value) == f"quote {name}: its {column} are damaged in the library; {REMEDY}"


def test_a_damaged_talk_is_told(library, kept):
    change(library, talks, speakers={"main": "Ada"})
    with pytest.raises(LibraryError, match=r"^talk lights: its speakers are damaged .*; restore"):
        library.talks()


@pytest.mark.parametrize(
    "was", [[], {"words": 1}, {"edits": 5}, {"edits": [{"at": 0}]}, {"id": "lights"}, {"note": 5}]
)
def test_a_damaged_decision_is_told(library, kept, was):
    name = kept.quotes[0].id
    library.decide([name], "approve", "me", NOW)
    change(library, decisions, was=was)
    with pytest.raises(
        LibraryError, match=rf"^quote {name}: its decisions are damaged .*; restore"
    ):
        library.undo(None, "me", LATER)
    assert library.quote(name).status == "approved"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "a" * 300, "A", "a\n"])
def test_an_id_that_no_file_is_named_after_is_told(library, name):
    with library.store.write() as connection:
        connection.execute(
            insert(talks).values(id=name, title="T", speakers=[], duration_ms=1, created_at=NOW)
        )
    with pytest.raises(LibraryError, match="its letters are damaged"):
        library.talks()


def test_a_hash_that_no_file_is_named_after_is_told(library, kept, tmp_path):
    change(library, transcripts, source_hash="../" * 9)
    with pytest.raises(LibraryError, match="transcript 1: its hash is damaged"):
        list(export_sheets(library, [], tmp_path, {}))
    assert not list(tmp_path.iterdir())


@pytest.mark.about_the_file  # a server refuses such values
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("talks SET language = x'ff00'", "bytes where words should be"),
        ("talks SET speakers = 5", "a number where words should be: '5'"),
        (f"talks SET glossary = '{'[' * 9999}'", "brackets without end"),
        ("quotes SET start_ms = 'soon'", "words where a number should be: 'soon'"),
        ("quotes SET score = 'good'", "words where a number should be: 'good'"),
        ("quotes SET approximate = 'no'", "words where a number should be: 'no'"),
        ("quotes SET created_at = 5.5", "a number where words should be: '5.5'"),
        ("quotes SET shown = x'00'", "bytes where words should be"),
    ],
)
def test_what_belongs_elsewhere_is_told(library, kept, change, reason):
    with pytest.raises(LibraryError, match=f"a row of it cannot be read .{re.escape(reason)}"):
        with library.store.write() as connection:
            connection.execute(text(f"UPDATE {change}"))
        library.talks()
        library.quotes()


def test_handles_that_are_none_are_told(library, kept):
    library.introduce([Person("Ada Quill", "Keeper", None, {"x": "ada"})], "me", NOW)
    change(library, people, handles=type_coerce([1], JSON))
    with pytest.raises(LibraryError, match=r"^person Ada Quill: its handles are damaged .*; rest"):
        library.person("Ada Quill")


@pytest.mark.about_the_file  # a server refuses such a row
@pytest.mark.parametrize("column", ["edits", "reasons", "flags", "tags"])
def test_what_is_no_json_is_told_with_the_library(library, kept, column):
    with library.store.write() as connection:
        connection.execute(text(f"UPDATE quotes SET {column} = '[{{'"))
    for use in every_use(library, kept.quotes[0].id):
        with pytest.raises(LibraryError) as told:
            use()
        assert told.value.place == library.store.place
        assert told.value.remedy == REMEDY
        assert "a row of it cannot be read" in str(told.value)


@pytest.mark.parametrize(
    "stored",
    [
        type_coerce(b"\1\2", LargeBinary),
        pytest.param(text("'words'"), marks=pytest.mark.about_the_file),
    ],
)
def test_a_transcript_that_cannot_be_unpacked_is_told(library, kept, stored):
    change(library, transcripts, cues=stored)
    with pytest.raises(LibraryError, match="a row of it cannot be read"):
        library.keep(Details(), transcript(), (), LATER)


def test_a_quote_of_another_talks_text_is_told(library, kept, tmp_path):
    other = transcript(OTHERS, source="bread.txt")
    version = library.keep(Details(), other, candidates(other), NOW).quotes[0].transcript
    quote = kept.quotes[0]
    with library.store.write() as connection:
        connection.execute(update(quotes).where(quotes.c.id == quote.id).values(transcript=version))
    wrong = [one for one in library.verify() if one.kind == "wrong"]
    assert [(one.talk, one.quote, one.reason) for one in wrong] == [
        (quote.talk, quote.id, "its talk has no such transcript")
    ]
    with pytest.raises(LibraryError, match=rf"^quote {quote.id}: its talk has no such transcript"):
        list(export_sheets(library, [quote.talk], tmp_path, {}, dry_run=True))


def test_a_transcript_that_is_gone_is_told(tmp_path):
    path, spoken = tmp_path / "library.db", transcript()
    with open_store(path) as store:
        Library(store).keep(Details(), spoken, candidates(spoken)[:1], NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM transcripts")
    with open_store(path) as store:
        library = Library(store)
        (finding,) = library.verify()
        assert finding.reason == "its talk has no such transcript"
        with pytest.raises(LibraryError, match="a row of it cannot be read"):
            library.around(library.quotes()[0])


def test_whole_numbers_are_contributions_too(library, kept):
    change(library, quotes, reasons=json.loads('[{"feature": "contrast", "contribution": 1}]'))
    assert len(library.quotes()) == len(kept.quotes)
