"""From a library in which two quotes say the same to one post on each account."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desks import NOW, project
from spoken import OTHERS, candidates, transcript
from sqlalchemy import update

from bot.errors import NeedsPerson
from bot.model import Details
from bot.posting import quotes, repeats
from bot.store.publishing import posts

LIGHT = "A lighthouse is a promise made to people you will never meet."


THIRD = [
    "A library lends you the ladder and then the courage to climb it.",
    "Every rope in this room was once a field.",
    "The ferry keeps no minutes of what the harbour said.",
]


def keep(desk, title, speaker, lines=OTHERS):
    """Another talk with the first sentence of the desk's own; the quote of it."""
    text = transcript([LIGHT, *lines], source=f"{title}.txt", shift_ms=900_000)
    found = candidates(text, speaker=speaker, how="labelled")[:1]
    found = [replace(one, score=99, flags=()) for one in found]
    said = Details(title=title, url=f"https://a.org/{title}")
    talk = desk.library.keep(said, text, found, NOW).talk
    return next(one.id for one in desk.quotes if one.talk == talk.id)


@pytest.fixture
def twice(desk):
    """The ids of a quote of Ada Quill's and of the same words, which another file gives to Bo."""
    first = next(one.id for one in desk.quotes if one.shown == LIGHT)
    return first, keep(desk, "Copy", "Bo Reed")


def approve(desk, name, at=NOW):
    desk.library.decide([name], "approve", "Pia", at, confirmed=True)


def test_the_same_words_are_planned_once_and_the_reason_is_told(desk, twice) -> None:
    first, second = twice
    approve(desk, second, NOW - timedelta(hours=1))
    approve(desk, first)
    for outcome in desk.plan().accounts:
        assert [one.key.quote for one in outcome.drafts] == [second]
        (left,) = outcome.left
        assert (left.quote, "there by Bo Reed" in left.why) == (first, True)


def test_words_that_went_out_by_another_name_are_not_planned(desk, twice) -> None:
    first, second = twice
    approve(desk, first)
    desk.plan()
    with desk.library.store.write() as connection:
        connection.execute(update(posts).values(state="sent", at=NOW))
    desk.library.decide([first], "reject", "Pia", NOW)
    approve(desk, second)
    (left, _) = (one.left[0] for one in desk.plan().accounts)
    assert left.why.startswith(f"it says the same as {first}, there by Ada Quill: it went out on")
    assert desk.listing("planned") == []


def test_a_plan_that_says_it_twice_already_is_mended(desk, twice, monkeypatch) -> None:
    first, second = twice
    approve(desk, first)
    approve(desk, second, NOW + timedelta(hours=1))
    with monkeypatch.context() as before:  # as it was planned when names told quotes apart
        before.setattr(repeats, "plain", lambda text: "")
        before.setattr(quotes, "plain", lambda text: "")
        desk.plan()
    assert {one.key.quote for one in desk.listing("planned")} == {first, second}
    outcome = desk.plan()
    assert {one.key.quote for one in outcome.cancelled} == {second}
    assert {one.reason for one in outcome.cancelled} == {
        f"the quote says the same as {first}, which goes out for both"
    }
    assert [one.key.quote for one in desk.listing("planned")] == [first]
    desk.library.decide([first], "reject", "Pia", NOW)
    desk.plan()
    assert [one.key.quote for one in desk.listing("planned")] == [second]


def test_a_time_that_a_person_chose_takes_the_other_out(desk, twice) -> None:
    first, second = twice
    approve(desk, first)
    approve(desk, second, NOW + timedelta(hours=1))
    desk.plan()
    desk.pin(second, hours=9)
    desk.plan()
    assert [one.key.quote for one in desk.listing("planned")] == [second]


def test_the_rule_approves_no_words_that_stand_there_by_another_name(desk, twice) -> None:
    first, second = twice
    desk.project = project(approve={"score": 90})
    assert desk.plan().approved == (second,)
    desk.library.undo(second, "Pia", NOW)
    approve(desk, first)
    third = keep(desk, "Third", "Cy", THIRD)
    assert third not in twice
    assert desk.plan().approved == ()
    assert desk.library.quote(third).status == "candidate"


def test_pinning_the_words_that_just_went_out_by_another_name_wants_a_yes(desk, twice):
    first, second = twice
    desk.library.decide([first], "approve", "me", NOW, confirmed=True)
    desk.plan()
    with desk.library.store.write() as connection:
        connection.execute(update(posts).values(state="sent", at=desk.now - timedelta(minutes=1)))
    desk.library.decide([second], "approve", "me", NOW, confirmed=True)
    with pytest.raises(NeedsPerson, match="went out"):
        desk.pin(second)
    assert desk.pin(second, repeat=True)
