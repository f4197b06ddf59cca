"""What is written in a sheet is never lost without a word: neither by an export nor an import."""

import pytest
from sheet_files import change, elsewhere, exported, imported, line_of, write
from spoken import LATER, NOW, OTHERS, candidates, transcript

from bot.library import Library
from bot.library.sheets import export_sheets
from bot.model import Details, Person
from bot.store import open_store


@pytest.fixture
def first(kept):
    """The quote that the tests are about: said first of those that start alone."""
    return next(one for one in kept.quotes if one.shown.startswith("Nobody thanks"))


@pytest.fixture
def sheet(library, first, tmp_path):
    exported(library, tmp_path)
    return tmp_path / "lights.yaml"


def people(library, sheet):
    library.change_person(Person("Ada Quill", "Keeper", None, {"x": "ada"}), "lead", NOW)
    exported(library, sheet.parent)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('role: "Keeper"', 'role: "Master"'),
        ('role: "Keeper"', "role:"),
        ("{x: ada}", "{x: ada, mastodon: ada}"),
        ('  - name: "Ada Quill"', '  - name: "Bo Marsh"\n    role: "Guest"\n  - name: "Ada Quill"'),
    ],
)
def test_what_a_person_wrote_of_people_is_not_written_over(library, sheet, old, new):
    people(library, sheet)
    change(sheet, old, new)
    before = sheet.read_bytes()
    (left,) = [one.left for one in export_sheets(library, [], sheet.parent, {}) if one.left]
    assert "what it says of '" in left
    assert sheet.read_bytes() == before
    imported(library, sheet.parent)
    assert [one.left for one in export_sheets(library, [], sheet.parent, {})] == [None]


def test_what_the_library_learned_of_people_since_is_written(library, sheet):
    people(library, sheet)
    library.introduce([Person("Ada Quill", "Master", None, {"bluesky": "ada.org"})], "Bo", LATER)
    exported(library, sheet.parent)
    assert 'role: "Master"' in sheet.read_text("utf-8")
    assert library.person("ada quill").handles == {"x": "ada", "bluesky": "ada.org"}


def test_a_later_sheet_tells_a_new_library_more_of_people(library, sheet, tmp_path):
    people(library, sheet)
    text = transcript(OTHERS, source="bread.txt")
    library.keep(Details(title="Bread"), text, candidates(text), NOW)
    library.change_person(Person("Ada Quill", "Master"), "lead", LATER)
    list(export_sheets(library, ["bread"], tmp_path, {}))
    for names in (["bread", "lights"], ["lights", "bread"]):
        other = Library(open_store("sqlite://"))
        for name in names:
            taken = imported(other, tmp_path, only=f"{name}.yaml")
            assert taken[0].conflicts == ()
        assert other.person("Ada Quill").role == "Master"
        other.store.close()


def test_a_speaker_of_a_new_talk_who_is_another_one_here_is_a_conflict(library, sheet, tmp_path):
    people(library, sheet)
    other = elsewhere(tmp_path)
    text = transcript(OTHERS, source="bread.txt")
    other.keep(Details(title="Bread"), text, candidates(text), NOW)
    list(export_sheets(other, ["bread"], tmp_path, {}))
    change(tmp_path / "bread.yaml", 'role: "Keeper"', 'role: "Baker"')
    (taken,) = imported(library, tmp_path, only="bread.yaml")
    assert taken.conflicts == ("Ada Quill: its role is another one in the library",)
    assert library.person("Ada Quill").role == "Keeper"
    other.store.close()


def test_who_is_taken_down_in_a_sheet_is_not_written_over(library, sheet):
    library.retract_speaker("Bo Marsh", "lead", NOW)
    exported(library, sheet.parent)
    path = sheet.parent / "taken_down.yaml"
    change(path, '- name: "Bo Marsh"', '- name: "Ada Quill"\n    at: "2024-06-01T12:00:00+00:00"\n'
           '    who: "lead"\n  - name: "Bo Marsh"')  # fmt: skip
    left = [one.left for one in export_sheets(library, [], sheet.parent, {})]
    assert left == [None, "'Ada Quill'"]
    imported(library, sheet.parent)
    assert {quote.status for quote in library.quotes()} == {"retracted"}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"said": '"Nobody thanks the boy."'}, "its said stay"),
        ({"speaker": '"Bo Marsh"', "known": "labelled"}, "its speaker, known stay"),
        ({"known": "labelled"}, "its known stay"),
        ({"flags": "[]", "at": '"0:00:01.000–0:00:02.000"'}, "its at, flags stay"),
        ({"  score": "99", "  found": "2020-01-01T00:00:00+00:00"}, "its machine stay"),
    ],
)
def test_what_is_written_over_the_programs_is_told(library, first, sheet, keys, told):
    write(sheet, first, **keys)
    (taken,) = imported(library, sheet.parent)
    (note,) = taken.unheeded
    assert told in note
    assert f"lights.yaml line {line_of(sheet, first)}, quote {first.id}" in note
    assert library.quote(first.id) == first


def test_edits_that_are_written_by_hand_are_told(library, first, sheet):
    change(sheet, "    flags:", '    edits:\n      - {kind: case, at: 0, old: "N", new: "n"}\n'
           "    flags:", after=first.id)  # fmt: skip
    write(sheet, first, shown='"nobody thanks the buoy."')
    (taken,) = imported(library, sheet.parent)
    assert "its edits stay as the library has them" in taken.unheeded[0]
    assert library.quote(first.id) == first


def test_an_old_sheet_is_not_told_of_what_people_changed_since(library, first, sheet):
    old = sheet.read_bytes()
    library.edit(first.id, "Nobody thanks the buoy!", "lead", NOW)
    library.propose([first.id], "lead", NOW)
    assert imported(library, sheet.parent)[0].unheeded == ()
    exported(library, sheet.parent)
    library.undo(first.id, "lead", LATER)
    assert imported(library, sheet.parent)[0].unheeded == ()
    sheet.write_bytes(old)
    assert imported(library, sheet.parent)[0].unheeded == ()
