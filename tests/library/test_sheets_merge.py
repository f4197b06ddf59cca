"""A sheet and a library that both went on: what wins, what meets, what is left alone."""

import pytest
from sheet_files import change, elsewhere, exported, imported, posted
from spoken import LATER, NOW, OTHERS, candidates, transcript

from bot.errors import NeedsPerson
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


def write(sheet, first, **keys):
    """Write keys of a quote as a person would."""
    for key, value in keys.items():
        text = sheet.read_text("utf-8")
        at = text.index(f"    {key}: ", text.index(first.id))
        sheet.write_text(text[:at] + f"    {key}: {value}" + text[text.index("\n", at) :], "utf-8")


def line_of(sheet, first):
    return 1 + sheet.read_text("utf-8").split(first.id)[0].count("\n")


def actions(library, first):
    return [(one.action, one.who) for one in library.history(first.id) if not one.undone]


def test_what_a_person_wrote_is_decided_by_the_one_who_imports(library, first, sheet):
    write(sheet, first, status="approved", tags="[sea, '#Big Fog']", note="'for: spring'")
    (taken,) = imported(library, sheet.parent)
    (quote,) = taken.decided
    assert (quote.status, quote.tags, quote.note) == ("approved", ("sea", "big-fog"), "for: spring")
    assert actions(library, first) == [("approve", "Ed"), ("tag", "Ed"), ("note", "Ed")]
    assert imported(library, sheet.parent)[0].decided == ()
    exported(library, sheet.parent)
    assert imported(library, sheet.parent)[0].decided == ()


def test_words_typed_in_a_sheet_become_lawful_edits(library, first, sheet):
    write(sheet, first, shown='"Nobody thanks the buoy!"')
    (taken,) = imported(library, sheet.parent)
    assert taken.decided[0].shown == "Nobody thanks the buoy!"
    assert [edit.kind for edit in taken.decided[0].edits] == ["punctuation"]
    assert imported(library, sheet.parent)[0].conflicts == ()
    exported(library, sheet.parent)
    assert library.verify() == ()


def test_marks_of_another_keyboard_are_no_other_words(library, first, sheet):
    write(sheet, first, shown='"Nobody  thanks the buoy."')
    assert imported(library, sheet.parent)[0].decided == ()
    exported(library, sheet.parent)  # and nothing is left to import
    assert '"Nobody thanks the buoy."' in sheet.read_text("utf-8")


def test_other_words_void_an_approval(library, first, sheet):
    library.decide([first.id], "approve", "lead", NOW, confirmed=True)
    exported(library, sheet.parent)
    write(sheet, first, shown='"Nobody thanks the buoy!"')
    assert imported(library, sheet.parent)[0].decided[0].status == "candidate"


def test_an_old_sheet_takes_nothing_back(library, first, sheet):
    library.decide([first.id], "approve", "lead", NOW, confirmed=True)
    library.tag([first.id], "lead", NOW, add=["sea"])
    library.note([first.id], "keep", "lead", NOW)
    (taken,) = imported(library, sheet.parent)
    quote = library.quote(first.id)
    assert (taken.decided, taken.conflicts) == ((), ())
    assert (quote.status, quote.tags, quote.note) == ("approved", ("sea",), "keep")


def test_a_decision_taken_back_since_stays_back(library, first, sheet):
    library.decide([first.id], "approve", "lead", NOW, confirmed=True)
    exported(library, sheet.parent)
    library.undo(first.id, "lead", LATER)
    (taken,) = imported(library, sheet.parent)
    assert (taken.decided, taken.conflicts) == ((), ())
    assert library.quote(first.id).status == "candidate"


@pytest.mark.parametrize(
    ("keys", "conflict"),
    [
        ({"status": "rejected"}, "it is rejected in the sheet and approved in the library"),
        ({"shown": '"Nobody thanks the buoy!"'}, "it is candidate in the sheet and approved"),
        ({"note": "mine"}, "its note is another one in the library"),
    ],
)
def test_what_both_changed_is_a_conflict_and_left(library, first, sheet, keys, conflict):
    write(sheet, first, **keys, tags="[sea]")
    library.decide([first.id], "approve", "Bo", NOW, confirmed=True)
    library.note([first.id], "theirs", "Bo", NOW)
    before = library.quote(first.id)
    (taken,) = imported(library, sheet.parent)
    assert conflict in taken.conflicts[0]
    assert "by Bo since" in taken.conflicts[0]
    assert f"lights.yaml line {line_of(sheet, first)}" in taken.conflicts[0]
    assert library.quote(first.id) == before


def test_changes_of_different_things_meet(library, first, sheet):
    write(sheet, first, tags="[sea]")
    library.decide([first.id], "approve", "Bo", NOW, confirmed=True)
    library.tag([first.id], "Bo", NOW, add=["fog"])
    imported(library, sheet.parent)
    quote = library.quote(first.id)
    assert (quote.status, quote.tags) == ("approved", ("fog", "sea"))


def test_what_was_decided_in_a_copy_is_taken_over_as_it_was(library, first, sheet, tmp_path):
    other = elsewhere(tmp_path)
    other.decide([first.id], "approve", "Far away", LATER, confirmed=True)
    other.tag([first.id], "Far away", LATER, add=["sea"])
    other.undo(first.id, "Far away", LATER)
    exported(other, tmp_path)
    (taken,) = imported(library, tmp_path)
    assert [quote.id for quote in taken.moved] == [first.id]
    assert actions(library, first) == [("approve", "Far away")]
    assert library.history(first.id)[1].undone
    assert exported(library, tmp_path / "again")["lights.yaml"] == sheet.read_bytes()
    other.store.close()


def test_two_copies_that_went_on_come_together(library, first, sheet, tmp_path):
    other = elsewhere(tmp_path)
    other.tag([first.id], "Far away", LATER, add=["sea"])
    library.decide([first.id], "approve", "Here", LATER, confirmed=True)
    exported(other, tmp_path)
    imported(library, tmp_path)
    exported(library, tmp_path / "back")
    imported(other, tmp_path / "back")
    for one in (library, other):
        quote = one.quote(first.id)
        assert (quote.status, quote.tags) == ("approved", ("sea",))
    other.store.close()


def test_receipts_are_restored_and_never_removed(library, first, sheet, tmp_path):
    posted(library, first.id)
    old = sheet.read_bytes()
    exported(library, tmp_path)
    other = elsewhere(tmp_path)
    assert other.retract([first.id], "lead", LATER).out[0].remote_id == "1"
    sheet.write_bytes(old)
    assert imported(library, tmp_path)[0].receipts == 0
    exported(library, tmp_path)
    assert "remote_id" in sheet.read_text("utf-8")
    other.store.close()


def test_a_planned_post_that_a_sheet_knows_as_sent_is_sent(library, first, sheet, tmp_path):
    posted(library, first.id)
    exported(library, tmp_path)
    with library.store.write() as connection:
        connection.exec_driver_sql("update posts set state = 'planned', remote_id = null")
    assert imported(library, tmp_path)[0].receipts == 1
    assert library.retract([first.id], "lead", LATER).out[0].state == "sent"


def test_a_take_down_wins_over_any_sheet(library, first, sheet):
    write(sheet, first, tags="[sea]", status="approved")
    library.retract([first.id], "lead", LATER)
    (taken,) = imported(library, sheet.parent)
    assert (taken.conflicts, library.quote(first.id).status) == ((), "retracted")


def test_who_is_taken_down_here_comes_in_as_a_tombstone(library, first, sheet, tmp_path):
    other = elsewhere(tmp_path)
    with other.store.write() as connection:
        connection.exec_driver_sql("delete from quotes")
    other.retract_speaker("ada quill", "lead", LATER)
    imported(other, tmp_path)
    assert {quote.status for quote in other.quotes()} == {"retracted"}
    other.store.close()


def test_a_guess_waits_for_a_person_who_may_answer_in_the_sheet(library, tmp_path):
    text = transcript()
    kept = library.keep(Details(title="Lights"), text, candidates(text, how="inferred"), NOW)
    first = kept.quotes[0]
    exported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, status="approved")
    with pytest.raises(NeedsPerson, match=r"lights\.yaml line \d+, quote .*is this Ada Quill"):
        imported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, known="given")
    assert imported(library, tmp_path)[0].decided[0].status == "approved"


def test_details_of_a_talk_meet_as_its_quotes_do(library, kept, tmp_path):
    library.change_talk("lights", {"event": "Days", "url": "https://a.org/1"}, "lead", NOW)
    exported(library, tmp_path)
    sheet = tmp_path / "lights.yaml"
    change(sheet, '"Days"', '"Nights"')
    library.change_talk("lights", {"url": "https://a.org/2", "permission": "granted"}, "Bo", LATER)
    assert imported(library, tmp_path)[0].conflicts == ()
    talk = library.talk("lights")
    assert (talk.event, talk.url, talk.permission) == ("Nights", "https://a.org/2", "granted")
    change(sheet, '"https://a.org/1"', '"https://a.org/3"')
    assert "its url is another one" in imported(library, tmp_path)[0].conflicts[0]
    assert library.talk("lights").url == "https://a.org/2"


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
        ({"speaker": '"Bo Marsh"'}, "its speaker stay"),
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


def test_a_detail_taken_out_says_nothing_and_an_empty_one_takes_away(library, kept, tmp_path):
    library.change_talk("lights", {"event": "Days", "embargo_until": "2030-01-01"}, "lead", NOW)
    exported(library, tmp_path)
    sheet = tmp_path / "lights.yaml"
    change(sheet, 'event: "Days"\n', "")
    change(sheet, 'embargo_until: "2030-01-01"', "embargo_until:")
    imported(library, tmp_path)
    talk = library.talk("lights")
    assert (talk.event, talk.embargo_until) == ("Days", None)
