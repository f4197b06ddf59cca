"""Tags, notes, proposals, take-downs: each is recorded, taken back, and noticed on a stale page."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoken import LATER, NOW, candidates, transcript
from sqlalchemy import insert

from bot.errors import InputError, NeedsPerson, Stale, UsageError
from bot.library import Library
from bot.model import Details, Person, Post
from bot.store import open_store
from bot.store.publishing import posts
from bot.store.schema import talk_history

CHANGES = {
    "approve": lambda library, name: library.decide([name], "approve", "me", LATER),
    "reject": lambda library, name: library.decide([name], "reject", "me", LATER),
    "propose": lambda library, name: library.propose([name], "me", LATER),
    "tag": lambda library, name: library.tag([name], "me", LATER, add=["ramp"]),
    "note": lambda library, name: library.note([name], "spring issue", "me", LATER),
}


@pytest.mark.parametrize("action", CHANGES)
def test_every_change_is_recorded_and_taken_back(library, kept, action):
    before = kept.quotes[0]
    (after,) = CHANGES[action](library, before.id).changed
    assert after == library.quote(before.id) != before
    (made,) = library.history(before.id)
    assert (made.action, made.who, made.at, made.after) == (action, "me", LATER, after.status)
    assert {**asdict(before), **made.was}.keys() == asdict(before).keys()
    assert library.undo(None, "you", LATER).action == action
    assert library.quote(before.id) == replace(before, revision=2)


@pytest.mark.parametrize("action", CHANGES)
def test_a_change_that_changes_nothing_is_told_and_not_recorded(library, kept, action):
    name = kept.quotes[0].id
    CHANGES[action](library, name)
    if action == "propose":
        assert library.propose([name], "me", LATER).changed == ()
    else:
        assert [one.id for one in CHANGES[action](library, name).unchanged] == [name]
    assert len(library.history(name)) == 1


def test_a_decision_on_a_stale_page_is_told_who_was_first(library, kept):
    seen = kept.quotes[0]
    library.note([seen.id], "mine", "ada", NOW)
    with pytest.raises(Stale, match="changed by ada while you looked"):
        library.decide([seen.id], "approve", "me", LATER, revision=seen.revision)
    assert library.quote(seen.id).status == "candidate"
    library.decide([seen.id], "approve", "me", LATER, revision=seen.revision + 1)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("Ramp", "ramp"), ("#ramp", "ramp"), (" big  idea ", "big-idea"), ("ÉTÉ", "été")],
)
def test_a_tag_is_written_one_way(library, kept, typed, tag):
    assert library.tag([kept.quotes[0].id], "me", NOW, add=[typed]).changed[0].tags == (tag,)


@pytest.mark.parametrize("typed", ["", "#", "a,b", "x" * 61, "a\x07b"])
def test_what_is_no_tag_is_refused(library, kept, typed):
    with pytest.raises(InputError, match="is no tag"):
        library.tag([kept.quotes[0].id], "me", NOW, add=[typed])


def test_only_a_candidate_is_proposed_and_deciding_settles_it(library, kept):
    name = kept.quotes[0].id
    assert "proposed" in library.propose([name], "me", NOW).changed[0].flags
    (approved,) = library.decide([name], "approve", "me", NOW).changed
    assert "proposed" not in approved.flags
    with pytest.raises(InputError, match="is approved already"):
        library.propose([name], "me", NOW)


def test_the_audience_is_asked_one_by_one(library):
    text = transcript()
    heard = [replace(one, role="audience") for one in candidates(text)[:2]]
    first = library.keep(Details(), text, heard, NOW).quotes[0]
    with pytest.raises(NeedsPerson, match="did they agree to be quoted"):
        library.decide([first.id], "approve", "me", NOW, confirmed=True)
    library.decide([first.id], "approve", "me", NOW, audience=True)
    assert library.quote(first.id).status == "approved"


def test_a_take_down_lists_what_went_out_and_is_for_good(library, kept):
    first, second = kept.quotes[:2]
    out = {"network": "mastodon", "account": "1", "occasion": 1, "at": NOW, "url": "https://x/1"}
    with library.store.write() as connection:
        for quote, state in ((first, "sent"), (second, "planned")):
            connection.execute(insert(posts).values(**out, quote=quote.id, state=state))
    planned = Post("mastodon", "1", second.id, 1, "planned", None, "https://x/1", NOW)
    done = library.retract([first.id, second.id], "me", NOW)
    assert [one.status for one in done.quotes] == ["retracted", "retracted"]
    assert done.out == (Post("mastodon", "1", first.id, 1, "sent", None, "https://x/1", NOW),)
    assert done.cancelled == (planned,)
    with pytest.raises(InputError, match="for good"):
        library.undo(first.id, "me", LATER)
    with pytest.raises(InputError, match="no decision to undo"):
        library.undo(None, "me", LATER)


def test_what_was_decided_before_a_take_down_is_not_undone_instead_of_it(library, kept):
    first, second = (one.id for one in kept.quotes[:2])
    library.tag([second], "me", NOW, add=["ramp"])
    library.decide([first], "approve", "me", NOW)
    library.retract([first], "me", LATER)
    library.tag([first], "me", LATER, add=["gone"])
    assert [library.undo(None, "me", LATER).quote for _ in range(2)] == [first, second]
    assert (library.quote(first).status, library.quote(first).tags) == ("retracted", ())
    with pytest.raises(InputError, match="no decision to undo"):
        library.undo(None, "me", LATER)


def test_a_speaker_taken_down_is_not_harvested_again(library):
    text = transcript()
    mixed = [
        *candidates(text, speaker="Ada Quill")[:3],
        *candidates(text, speaker="Bo Reed")[5:8],
    ]
    library.keep(Details(), text, mixed[:1] + mixed[3:4], NOW)
    done = library.retract_speaker("ADA  QUILL", "me", NOW)
    assert [one.speaker for one in done.quotes] == ["Ada Quill"]
    again = library.keep(Details(), text, mixed, LATER)
    assert {one.speaker for one in again.quotes} == {"Bo Reed"}
    assert again.notices == ("Ada Quill was taken down for good: not quoted",)


@pytest.mark.parametrize("name", ["", "…"])
def test_nobody_cannot_be_taken_down(library, kept, name):
    with pytest.raises(InputError, match="is no name"):
        library.retract_speaker(name, "me", NOW)


def test_ten_thousand_names_of_which_one_is_wrong_change_nothing(library, kept):
    names = [quote.id for quote in kept.quotes] * 500
    with pytest.raises(InputError, match="no quote 'zzzz'"):
        library.decide([*names, "zzzz"], "reject", "me", NOW)
    assert library.quotes(statuses=["rejected"]) == ()
    assert len(library.decide(names, "reject", "me", NOW).changed) == len(kept.quotes)


def test_details_of_a_talk_are_changed_with_a_trace(library, kept):
    talk = library.change_talk(kept.talk.id, {"title": "Lamps", "speakers": ["Ada"]}, "me", NOW)
    assert (talk.title, talk.speakers) == ("Lamps", ("Ada",))
    library.change_talk(kept.talk.id, {"title": "Lamps"}, "me", LATER)
    with library.store.read() as connection:
        (row,) = connection.execute(talk_history.select())
    assert (row.who, row.was, row.became) == (
        "me",
        {"title": "Lights", "speakers": []},
        {"title": "Lamps", "speakers": ["Ada"]},
    )
    with pytest.raises(UsageError, match="no detail 'colour'"):
        library.change_talk(kept.talk.id, {"colour": "red"}, "me", NOW)


def test_details_of_a_person_are_changed_and_forgotten(library):
    library.change_person(Person("Ada Quill", "Keeper", None, {"x": "ada"}), "me", NOW)
    library.change_person(Person("Ada Quill", None, "ada.png"), "me", LATER)
    assert library.person("ada quill") == Person("Ada Quill", None, "ada.png")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["undo", *CHANGES]), max_size=10))
def test_taking_everything_back_leads_to_where_it_began(taken):
    text = transcript()
    with open_store("sqlite://") as store:
        library = Library(store)
        (quote,) = library.keep(Details(), text, candidates(text)[:1], NOW).quotes
        for minute, action in enumerate(taken):
            attempt(library, action, quote.id, NOW + timedelta(minutes=minute))
        while any(not one.undone for one in library.history(quote.id)):
            library.undo(quote.id, "me", LATER)
        assert replace(library.quote(quote.id), revision=0) == quote


def attempt(library, action, name, now):
    try:
        library.undo(name, "me", now) if action == "undo" else CHANGES[action](library, name)
    except InputError as error:
        assert "no decision to undo" in str(error) or "already" in str(error)
