"""A sheet and a library that both went on: what wins, what meets, what is left alone."""

import pytest
from sheet_files import change, elsewhere, exported, imported, line_of, posted, write
from spoken import LATER, NOW, candidates, transcript
from sqlalchemy import select

from bot.errors import NeedsPerson, SheetError
from bot.model import Details
from bot.store.publishing import posts


@pytest.fixture
def first(kept):
    """The quote that the tests are about: said first of those that start alone."""
    return next(one for one in kept.quotes if one.shown.startswith("Nobody thanks"))


@pytest.fixture
def sheet(library, first, tmp_path):
    exported(library, tmp_path)
    return tmp_path / "lights.yaml"


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


@pytest.mark.parametrize(
    ("state", "told"),
    [
        *((one, one) for one in ("sent", "unconfirmed", "deleted")),
        ("sending", "unconfirmed"),
        *((one, None) for one in ("planned", "failed", "cancelled", "skipped")),
    ],
)
def test_a_sheet_tells_only_what_may_have_gone_out(library, first, tmp_path, state, told):
    posted(library, first.id, state=state)
    exported(library, tmp_path)
    other = elsewhere(tmp_path)
    assert states(other) == ([told] if told else [])
    other.store.close()


def test_what_an_older_sheet_has_beside_receipts_is_passed_over(library, first, sheet, tmp_path):
    posted(library, first.id)
    exported(library, tmp_path)
    for state in ("planned", "failed", "cancelled", "skipped"):
        change(sheet, "state: sent", f"state: {state}")
        with library.store.write() as connection:
            connection.exec_driver_sql("delete from posts")
        assert imported(library, tmp_path)[0].receipts == 0
        assert states(library) == []
        change(sheet, f"state: {state}", "state: sent")


@pytest.mark.parametrize(
    ("sheets", "ours", "after"),
    [
        ("sent", "unconfirmed", "sent"),
        ("sent", "sending", "sent"),
        ("unconfirmed", "sending", "sending"),
        ("unconfirmed", "failed", "unconfirmed"),
        ("unconfirmed", "sent", "sent"),
        ("sent", "deleted", "deleted"),
        ("deleted", "sent", "deleted"),
    ],
)
def test_what_is_known_best_of_a_post_stands(library, first, sheet, tmp_path, sheets, ours, after):
    posted(library, first.id, state=sheets)
    exported(library, tmp_path)
    with library.store.write() as connection:
        connection.execute(posts.update().values(state=ours))
    imported(library, tmp_path)
    assert states(library) == [after]


def test_a_state_that_no_post_has_is_refused_with_its_line(library, first, sheet, tmp_path):
    posted(library, first.id)
    exported(library, tmp_path)
    change(sheet, "state: sent", "state: snet")
    with pytest.raises(SheetError, match=r"'state' is 'snet'.*did you mean 'sent'"):
        imported(library, tmp_path)


def test_a_receipt_that_the_library_lost_is_not_written_over(library, first, sheet, tmp_path):
    posted(library, first.id)
    exported(library, tmp_path)
    before = sheet.read_bytes()
    with library.store.write() as connection:
        connection.exec_driver_sql("delete from posts")
    exported(library, tmp_path)
    assert sheet.read_bytes() == before
    assert imported(library, tmp_path)[0].receipts == 1


def states(library):
    with library.store.read() as connection:
        return connection.scalars(select(posts.c.state)).all()


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


def test_a_detail_taken_out_says_nothing_and_an_empty_one_takes_away(library, kept, tmp_path):
    library.change_talk("lights", {"event": "Days", "embargo_until": "2030-01-01"}, "lead", NOW)
    exported(library, tmp_path)
    sheet = tmp_path / "lights.yaml"
    change(sheet, 'event: "Days"\n', "")
    change(sheet, 'embargo_until: "2030-01-01"', "embargo_until:")
    imported(library, tmp_path)
    talk = library.talk("lights")
    assert (talk.event, talk.embargo_until) == ("Days", None)
