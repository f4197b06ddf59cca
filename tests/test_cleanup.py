"""Light cleaning: what goes, what stays, and that every edit of it replays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import cleanup
from bot.cleanup import tail
from bot.wording import replay, trimmed

CLEANED = [  # said, shown after a light cleaning
    ("So, um, the rope, uh, holds the mast.", "The rope holds the mast."),
    ("Um, rope is old, um.", "Rope is old."),
    ("Um. Rope is old.", "Rope is old."),
    ("Rope is old. Um. It holds. Uh!", "Rope is old. It holds."),
    ("“Rope is old.” Um... It holds.", "“Rope is old.” It holds."),
    ("Um -- rope is old. Um -- it holds.", "Rope is old. It holds."),
    ("The the rope holds.", "The rope holds."),
    ("I, I think we, we should wait for for the tide.", "I think we should wait for the tide."),
    ("You can, you can, you can fix the rope.", "You can fix the rope."),
    ("The rope is -- the rope is old.", "The rope is old."),
    ("A rope is... a rope is a promise.", "A rope is a promise."),
    ("It’s it’s the rope that holds.", "It’s the rope that holds."),
    ("We, uh, we don't throw rope away.", "We don't throw rope away."),
    ("A rope th- that nobody holds is lost.", "A rope that nobody holds is lost."),
    ("Th- that rope is a w- w- wonderful thing.", "That rope is a wonderful thing."),
    ("The rope holds, you know, the mast.", "The rope holds the mast."),
    ("If it rains, um, we wait for the tide.", "If it rains, we wait for the tide."),
    ("The rope holds, and so on.", "The rope holds."),
    ("The rope holds the mast, or something like that.", "The rope holds the mast."),
]
KEPT = [
    "It was very, very cold at sea.",
    "No, no, no, that is wrong.",
    "I told you, you are late for the boat.",
    "It had had three masts before.",
    "I know that that rope holds the mast.",
    "What it is is a rope.",
    "It's not, not the rope that breaks.",
    "We don't, don't throw rope away.",
    "Rope is, I mean, it is older than ships.",
    "I mean it when I say rope is old.",
    "Rope is old, right?",
    "We row, and we row, and then we row.",
    "There is no- northern harbour here.",
    "We tie short- and long-term ropes.",
    "We keep a two- two-thirds full boat.",
    "Rope is peep- people and knots.",
    "He learned from the man-- many people know him.",
    "All I want to do-- doing nothing is a promise.",
    "We owe it to the people who- whoever they are.",
    "She got an A- and a B+ for her knots.",
    "He gave the knot a B- because it slipped.",
    "That is what I-- it took to sail.",
    "The doctor told me to say ah in the harbour.",
    "It was an ah ha moment at sea.",
    "The lamp needs a 20 Ah battery at sea.",
    "Do you know the harbour here, you know the one?",
]


@pytest.mark.parametrize(("said", "shown"), CLEANED)
def test_fillers_stutters_and_tails_go(said, shown):
    cleaned, edits = trimmed(said, light=True)
    assert cleaned == shown
    assert replay(said, edits) == shown


@pytest.mark.parametrize("said", KEPT)
def test_what_may_be_meant_stays(said):
    assert trimmed(said, light=True)[0] == said


@pytest.mark.parametrize("said", [said for said, _ in CLEANED])
def test_without_cleaning_only_the_beginning_is_trimmed(said):
    kinds = {edit.kind for edit in trimmed(said)[1]}
    assert kinds <= {"trim-start", "case"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [  # what stands where a note of laughter was taken out
        ("We had no rope to row with .", "We had no rope to row with."),
        ("The rope , the mast and the tar !", "The rope, the mast and the tar!"),
        ("“The rope holds .” So we row .", "“The rope holds.” So we row."),
        ("The rope held .. The mast ... well, . . . no.", None),
        ("It weighs .5 stone and the .net is torn.", None),
    ],
)
@pytest.mark.parametrize("light", [True, False])
def test_a_space_before_a_mark_goes(said, shown, light):
    found, edits = trimmed(said, light=light)
    assert found == (shown or said)
    assert replay(said, edits) == found
    assert {edit.kind for edit in edits} <= {"punctuation"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("La corde tient ! Le mât aussi .", "La corde tient ! Le mât aussi."),
        ("Tient-elle ? Oui : elle tient ; voilà .", "Tient-elle ? Oui : elle tient ; voilà."),
    ],
)
def test_a_space_that_belongs_before_a_mark_stays(said, shown):
    assert trimmed(said, english=False)[0] == shown


WORDS = st.sampled_from(
    [
        *("I", "we", "the", "a", "rope", "um,", "uh", "you", "know,", ",", "not", "no", "--", "."),
        *("...", "and", "so", "on.", "if", "it's", "don't", "who?", "!", "um", "n-", "no-", "r-"),
    ]
)


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join))
def test_whatever_is_cleaned_replays_and_loses_no_negation(said):
    shown, edits = trimmed(said, light=True)
    assert replay(said, edits) == shown
    for word in ("not", "no", "don't", "if"):
        assert f" {word} " not in f" {said} " or word in shown.lower()


def test_a_tail_may_trail_off_for_long():
    found = tail("We mend it, and so on" + 40 * ".")
    assert found and found.old.startswith(", and so on")


WORDS = st.sampled_from(("the", "The", "i", "I'm", "you", "they", "if", "a-b", "1.5", "é", "İt"))
BETWEEN = st.sampled_from((" ", " ", ", ", " -- ", "- ", "-- ", "... ", " – ", "' ", "."))


@given(st.lists(st.tuples(WORDS, BETWEEN), max_size=8), st.integers(0, 7), st.integers(1, 3))
def test_the_quick_look_overlooks_no_repeat(pieces, at, length):
    again = [*pieces[: at + length], *pieces[at : at + length], *pieces[at + length :]]
    text = "".join(map("".join, again))
    every = (cleanup._RESTART, cleanup._STUTTER, cleanup._BROKEN, cleanup._PRONOUN)
    assert {one for one in every if one.search(text)} <= {*cleanup._worth_a_search(text)}
