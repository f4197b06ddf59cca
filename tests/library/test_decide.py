"""Decisions: all or nothing, recorded, asked where the speaker is a guess, taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spoken import LATER, NOW, candidates, transcript
from sqlalchemy import update
from sqlalchemy.exc import StatementError

from bot.errors import InputError, NeedsPerson
from bot.library import Library
from bot.model import Attribution, Decision, Details
from bot.store import open_store
from bot.store.schema import quotes

GUESS = Attribution("inferred", 0.7)


@pytest.fixture
def guessed(library):
    text = transcript()
    return library.keep(Details(), text, candidates(text, how="inferred"), NOW).quotes


def test_a_decision_is_recorded(library, kept):
    name = kept.quotes[0].id
    decided = library.decide([name[:5]], "approve", "me", LATER)
    assert [quote.status for quote in decided.changed] == ["approved"]
    assert decided.changed == (library.quote(name),)
    assert library.history(name) == (
        Decision(1, name, LATER, "me", "approve", "candidate", "approved"),
    )


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_deciding_again_is_told_and_not_recorded(library, kept, action):
    first, second = (quote.id for quote in kept.quotes[:2])
    library.decide([first], action, "me", NOW)
    decided = library.decide([first, second, first], action, "me", LATER)
    assert [quote.id for quote in decided.unchanged] == [first]
    assert [quote.id for quote in decided.changed] == [second]
    assert len(library.history(first)) == 1


def test_one_unknown_quote_stops_them_all(library, kept):
    with pytest.raises(InputError, match="no quote 'zzzzzz'"):
        library.decide([kept.quotes[0].id, "zzzzzz"], "approve", "me", NOW)
    assert library.history(kept.quotes[0].id) == ()


def test_a_guessed_speaker_is_asked_about(library, guessed):
    with pytest.raises(NeedsPerson) as asked:
        library.decide([guessed[0].id, guessed[1].id], "approve", "me", NOW)
    assert "is this Ada Quill?" in str(asked.value)
    assert guessed[0].shown in str(asked.value)
    assert "1 more" in str(asked.value)
    assert "--yes" in asked.value.remedy
    assert asked.value.exit_code == 6
    assert library.quotes(statuses=["approved"]) == ()


def test_a_guessed_speaker_may_be_rejected_unasked(library, guessed):
    library.decide([guessed[0].id], "reject", "me", NOW)
    assert library.quote(guessed[0].id).attribution == GUESS


def test_a_confirmed_speaker_is_given_until_that_is_undone(library, guessed):
    name = guessed[0].id
    library.decide([name], "approve", "me", NOW, confirmed=True)
    assert library.quote(name).attribution == Attribution("given", 1.0)
    library.undo(name, "me", LATER)
    assert library.quote(name) == replace(guessed[0], revision=2)


def test_confirming_does_not_touch_what_the_file_says(library, kept):
    name = kept.quotes[0].id
    library.decide([name], "approve", "me", NOW, confirmed=True)
    assert library.quote(name).attribution == kept.quotes[0].attribution


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_what_was_taken_down_stays_down(library, kept, action):
    name = kept.quotes[0].id
    with library.store.write() as connection:
        connection.execute(update(quotes).where(quotes.c.id == name).values(status="retracted"))
    with pytest.raises(InputError, match="taken down for good"):
        library.decide([name], action, "me", NOW)


def test_the_last_decision_of_all_is_undone(library, kept):
    first, second = (quote.id for quote in kept.quotes[:2])
    library.decide([first], "approve", "me", NOW)
    library.decide([second], "reject", "me", NOW)
    undone = library.undo(None, "you", LATER)
    assert (undone.quote, undone.action, undone.undone) == (second, "reject", True)
    assert library.history(second) == (undone,)
    assert (library.quote(first).status, library.quote(second).status) == ("approved", "candidate")


def test_nothing_to_undo_is_told(library, kept):
    name = kept.quotes[0].id
    with pytest.raises(InputError, match="no decision to undo"):
        library.undo(None, "me", NOW)
    library.decide([name], "approve", "me", NOW)
    library.undo(name, "me", NOW)
    with pytest.raises(InputError, match=f"quote {name}: there is no decision to undo"):
        library.undo(name, "me", NOW)


def test_a_time_without_a_zone_is_refused(library, kept):
    with pytest.raises(StatementError, match="without a zone"):
        library.decide([kept.quotes[0].id], "approve", "me", datetime(2024, 5, 1))  # noqa: DTZ001


steps = st.tuples(st.sampled_from(["approve", "reject", "undo", "undo all"]), st.integers(0, 2))


ANEW = [HealthCheck.function_scoped_fixture]  # each example has a library of its own


@settings(max_examples=20, deadline=None, suppress_health_check=ANEW)
@given(taken=st.lists(steps, max_size=12))
def test_a_quote_is_always_as_its_holding_decisions_say(new_place, taken):
    text = transcript()
    with open_store(new_place(alone=True)) as store:
        library = Library(store)
        three = library.keep(Details(), text, candidates(text, how="inferred")[:3], NOW).quotes
        for minute, (action, number) in enumerate(taken):
            take(library, action, three[number].id, NOW + timedelta(minutes=minute))
        for quote in three:
            check(library, quote.id)


def take(library, action, name, now):
    try:
        if action.startswith("undo"):
            library.undo(None if action == "undo all" else name, "me", now)
        else:
            library.decide([name], action, "me", now, confirmed=True)
    except InputError as error:
        assert "no decision to undo" in str(error)


def check(library, name):
    holding = [decision for decision in library.history(name) if not decision.undone]
    chain = ["candidate", *(decision.after for decision in holding)]
    assert [decision.before for decision in holding] == chain[:-1]
    quote = library.quote(name)
    assert quote.status == chain[-1]
    assert quote.attribution == (Attribution("given", 1.0) if "approved" in chain else GUESS)
