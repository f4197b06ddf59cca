"""Sheets lose nothing: out, in elsewhere, out again gives the same bytes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sheet_files import change, elsewhere, exported, imported, posted
from spoken import LATER, NOW, candidates, transcript

from bot.library.changes import as_tag
from bot.library.sheets.fields import sheet_of
from bot.library.sheets.files import text_of_sheet
from bot.library.sheets.nodes import parsed
from bot.library.sheets.sheet import Change, Event, Leaf, Sheet, Speaker, Version
from bot.model import Attribution, Details, Edit, Person, Post, Quote, Reason, Talk

PLACE = Path("sheet.yaml")


@pytest.fixture
def lived(library, kept):
    """A library in which people did all they can."""
    ids = [quote.id for quote in kept.quotes]
    library.introduce([Person("Ada Quill", "Keeper: of lights", None, {"x": "ada"})])
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
    assert other.verify() == ()
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


ODD = ["no", "~", "12:34", "1e3", "0x1F", "- a", "a: b", "#x", " lead", "trail ", "", "'", '"', "\\",
       "{a}", "[b", "%", "@", "`", "!!str x", "&a", "*a", "|", ">", "\t", "a\r\nb", "\x85", "\u2028",
       "\ufeff", "null", "2026-11-27", "true", "=1", "?", "e\u0301", "🗣️", "\x07"]  # fmt: skip
words = some.sampled_from(ODD) | some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
filled = words.filter(bool)
moments = some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda when: when.replace(tzinfo=UTC)
)
numbers = some.floats(-1e6, 1e6)
tags = some.lists(
    some.sampled_from(["sea", "no", "12", "é-b"]).map(as_tag), unique=True, max_size=2
)
values = some.fixed_dictionaries(
    {}, optional={"note": words, "tags": tags.map(list), "speaker": some.none() | words}
)
HASH = "0123456789abcdef" * 4


@some.composite
def events(draw):
    undone = draw(some.none() | moments)
    return Event(
        draw(moments), draw(filled), "note", "candidate", draw(some.sampled_from(["approved", "rejected"])),
        draw(values), draw(values), undone, draw(filled) if undone else None,
    )  # fmt: skip


@some.composite
def leaves(draw, name):
    said, old = draw(filled), draw(words)
    edits = (Edit("punctuation", 0, "", old),) if draw(some.booleans()) else ()
    quote = Quote(
        id=name, talk="talk", transcript=0, said=said, shown="".join(e.new for e in edits) + said,
        edits=edits, start_ms=draw(some.integers(0, 10**8)), end_ms=draw(some.integers(0, 10**8)),
        score=draw(numbers), language=draw(some.none() | words),
        reasons=tuple(Reason(f"feature_{at}", value) for at, value in enumerate(draw(some.lists(numbers, max_size=9)))),
        approximate=draw(some.booleans()), speaker=draw(some.none() | words),
        attribution=draw(some.none() | some.builds(Attribution, some.just("inferred"), some.floats(0, 1))),
        flags=tuple(draw(some.lists(words, max_size=2))), tags=tuple(draw(tags)), note=draw(words),
    )  # fmt: skip
    receipts = some.builds(
        Post, filled, filled, some.just(name), some.integers(1, 9), filled,
        some.none() | words, some.none() | words, some.none() | moments,
    )  # fmt: skip
    posts = draw(some.lists(receipts, max_size=1))
    return Leaf(
        quote, draw(filled), HASH, draw(moments), tuple(draw(some.lists(events(), max_size=2))), tuple(posts)
    )  # fmt: skip


@some.composite
def sheets(draw):
    texts = some.lists(words, max_size=2).map(tuple)
    handles = some.dictionaries(words, filled, max_size=2)
    nothing = some.none() | filled
    talk = Talk(
        "talk", draw(filled), draw(texts), draw(nothing), None, draw(nothing), draw(nothing),
        draw(some.integers(0, 10**8)), draw(nothing), None, None, "shifted", draw(handles),
    )  # fmt: skip
    person = Person(draw(filled), draw(nothing), draw(nothing), draw(handles))
    changed = Change(draw(moments), draw(filled), {"event": draw(words)}, {"event": None})
    return Sheet(
        talk, draw(moments), (changed,), (Speaker(person),), (Version(HASH, draw(filled), draw(moments)),),
        tuple(draw(leaves(name)) for name in ("aaaaaa", "bbbbbb")),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_any_sheet_is_read_as_it_was_written(sheet):
    text = text_of_sheet(sheet)
    assert sheet_of(parsed(text, PLACE), PLACE) == sheet
    assert text_of_sheet(sheet, text) == text


@settings(max_examples=60, deadline=None)
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
