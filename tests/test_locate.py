"""Where a talk says given words."""

import pytest

from bot.locate import Place, nearest, places
from bot.model import Cue
from bot.sentences import stream

TURNS = stream(
    [
        Cue(0, 2_000, "Rope is older than", "Ann"),
        Cue(2_000, 4_000, "the wheel. Knots are", "Ann"),
        Cue(4_000, 6_000, "older than shoes.", "Ann"),
        Cue(6_000, 8_000, "Isn’t rope older than shoes?", "Bo"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("older than the wheel", [("older than the wheel.", 0, 4_000)]),
        ("OLDER, than the Wheel!", [("older than the wheel.", 0, 4_000)]),
        ("Knots are older than shoes.", [("Knots are older than shoes.", 2_000, 6_000)]),
        (
            "older than shoes",
            [("older than shoes.", 4_000, 6_000), ("older than shoes?", 6_000, 8_000)],
        ),
        ("isn't rope", [("Isn’t rope", 6_000, 8_000)]),
        ("wheel. Knots", [("wheel. Knots", 2_000, 4_000)]),
        ("shoes isn't", []),
        ("ope is old", []),
        ("older shoes", []),
        ("Knots are older than shoes Isn't rope older than shoes ever", []),
        ("", []),
        ("…", []),
    ],
)
def test_words_are_found_across_cues_but_not_across_turns(text, found):
    assert [(one.said, one.start_ms, one.end_ms) for one in places(TURNS, text)] == found


def test_a_place_knows_its_speaker_and_the_rest_of_its_sentences():
    assert list(places(TURNS, "older than the wheel")) == [
        Place("older than the wheel.", 0, 4_000, "Ann", "Rope is ", "")
    ]


@pytest.mark.parametrize(("text", "count"), [("-5 degrees in C++", 1), ("5 degrees in C", 0)])
def test_signs_belong_to_their_words(text, count):
    turns = stream([Cue(0, 2_000, "It was -5 degrees in C++ that day.")])
    assert len(list(places(turns, text))) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rope is much older than the wheel", "Rope is older than the wheel. Knots"),
        ("Knots were older than shoes", "Knots are older than shoes."),
        ("Isn't rope older than boots", "Isn’t rope older than shoes?"),
    ],
)
def test_the_nearest_place_is_offered(text, said):
    assert nearest(TURNS, text).said == said


@pytest.mark.parametrize("text", ["Nobody applauds a bolt in winter", "", "a b c", "older"])
def test_nothing_alike_is_nothing(text):
    found = nearest(TURNS, text)
    assert found is None or found.said == text
    assert nearest((), "Rope is older") is None
