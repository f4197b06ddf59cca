"""Sheets lose nothing: out, in elsewhere, out again gives the same bytes."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sheet_files import change, elsewhere, exported, imported, posted
from sheet_strategies import sheets
from spoken import LATER, NOW, candidates, transcript

from bot.library.sheets.fields import sheet_of
from bot.library.sheets.files import text_of_sheet
from bot.library.sheets.nodes import parsed
from bot.library.sheets.sheet import Sheet
from bot.model import Details, Person

PLACE = Path("sheet.yaml")


@pytest.fixture
def lived(library, kept):
    """A library in which people did all they can."""
    ids = [quote.id for quote in kept.quotes]
    library.introduce([Person("Ada Quill", "Keeper: of lights", None, {"x": "ada"})], "lead", NOW)
    library.decide(ids[:3], "approve", "lead", NOW, confirmed=True)
    library.tag(ids[1:3], "lead", NOW, add=["sea", "Big Fog"])
    library.undo(ids[1], "Bo: #1", LATER)
    library.note([ids[0]], "line one\n\n  line: two ", "lead", LATER)
    library.propose([ids[5]], "Ed", LATER)
    library.retract([ids[4]], "lead", LATER)
    library.retract_speaker("Bo Marsh", "lead", LATER)
    library.change_talk("lights", {"event": "Days", "glossary": {"buoy": "Boy"}}, "lead", LATER)
    library.change_person(Person("Ada Quill", "Master"), "lead", LATER)
    posted(library, ids[0])
    text = transcript(mended={"gale": "storm"})
    library.keep(Details(title="Lights"), text, candidates(text), LATER, "recipe 2")
    return library


def test_out_in_elsewhere_and_out_gives_the_same_bytes(lived, tmp_path):
    first = exported(lived, tmp_path / "one")
    other = elsewhere(tmp_path / "one")
    assert exported(other, tmp_path / "two") == first
    assert len(first) == 4  # a talk, who was taken down, two versions of the transcript
    assert other.verify() == lived.verify()  # newer places alone, told of both
    other.store.close()


def test_a_second_import_changes_nothing(lived, tmp_path):
    first = exported(lived, tmp_path)
    (taken,) = imported(lived, tmp_path)
    assert (taken.added, taken.moved, taken.decided, taken.receipts) == ((), (), (), 0)
    assert exported(lived, tmp_path) == first


def test_a_sheet_that_did_not_change_is_not_written(lived, tmp_path):
    exported(lived, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    exported(lived, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_a_person_wrote_between_the_lines_stays_with_its_quote(library, kept, tmp_path):
    first, second = sorted(kept.quotes, key=lambda one: (one.start_ms, one.id))[:2]
    exported(library, tmp_path)
    path = tmp_path / "lights.yaml"
    change(path, "  - id: " + second.id, "  # the best of all\n  - id: " + second.id)
    change(path, "status: candidate\n", "status: candidate  # or not?\n", after=second.id)
    change(path, 'note: ""\n', 'note: ""\n    # ask her about this\n', after=second.id)
    change(path, "title:", "# ours\ntitle:")
    shown = f'    shown: "{first.shown}"\n'
    change(path, shown, "", after=first.id)
    change(path, 'note: ""\n', 'note: ""\n' + shown, after=first.id)
    library.tag([first.id, second.id], "lead", LATER, add=["sea"])
    library.decide([second.id], "reject", "lead", LATER)
    exported(library, tmp_path)
    text = path.read_text("utf-8")
    assert (
        f"\n\n  # the best of all\n  - id: {second.id}\n    status: rejected  # or not?\n" in text
    )
    assert '    tags: [sea]\n    note: ""\n    # ask her about this\n    speaker:' in text
    assert "\n# ours\ntitle:" in text
    assert f'    note: ""\n{shown}    speaker:' in text  # the order of keys is theirs
    assert imported(library, tmp_path)[0].decided == ()


def test_a_remark_on_what_is_gone_stays_where_it_was(library, kept, tmp_path):
    exported(library, tmp_path)
    path = tmp_path / "lights.yaml"
    name = min(kept.quotes, key=lambda one: (one.start_ms, one.id)).id
    change(path, "    flags:", "    # strange word?\n    flags:", after=name)
    with library.store.write() as connection:
        connection.exec_driver_sql("update quotes set flags = '[]'")
    exported(library, tmp_path)
    assert "    # strange word?\n    machine:" in path.read_text("utf-8")


def test_line_ends_of_another_system_stay(library, kept, tmp_path):
    exported(library, tmp_path)
    path = tmp_path / "lights.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    library.note([kept.quotes[0].id], "one\ntwo", "lead", LATER)
    exported(library, tmp_path)
    raw = path.read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 100
    assert imported(library, tmp_path)[0].decided == ()


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_any_sheet_is_read_as_it_was_written(sheet):
    text = text_of_sheet(sheet)
    assert sheet_of(parsed(text, PLACE), PLACE) == sheet
    assert text_of_sheet(sheet, text) == text


@settings(max_examples=30, deadline=None)
@given(sheets(), some.data())
def test_remarks_anywhere_stay_in_their_order(sheet, data):
    lines = text_of_sheet(sheet).split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("sheet:"))
    for number in range(3):
        inside = [
            at for at in range(first + 1, len(lines)) if not lines[at].startswith(" " * 8)
        ]  # not within the lines of a text
        lines.insert(data.draw(some.sampled_from(inside)), f"# remark {number}")
    old = "\n".join(lines)
    after = text_of_sheet(sheet, old)
    assert after == old
    assert sheet_of(parsed(after, PLACE), PLACE) == sheet
    later = Sheet(
        sheet.talk, sheet.added_at + timedelta(1), (), (), sheet.versions, sheet.leaves[:1]
    )
    wanted = [line for line in lines if line.startswith("# remark")]
    found = [line.strip() for line in text_of_sheet(later, old).split("\n") if "# remark" in line]
    assert found == wanted
