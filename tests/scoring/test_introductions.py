"""How a show introduces itself, and where that ends."""

import pytest
from scored_talks import talk

from bot.scoring.filters import refusals

OPENING = (
    "Hello and welcome to the third evening of Rope Talk.",
    "Rope Talk is a small circle of people who mend nets.",
    "Nobody here sells anything.",
    "On this podcast they tell what the sea taught them.",
    "A good knot holds because it can be undone.",
)


def test_what_stands_between_a_greeting_and_what_the_show_is_introduces_it():
    found = refusals(talk(*OPENING))
    assert found == ["greeting", "introduction", "introduction", "house-keeping", None]


def test_another_voice_introduces_nothing_in_between():
    found = refusals(talk(*OPENING, speakers=[*"AABBB"]))
    assert found == ["greeting", None, None, "house-keeping", None]


@pytest.mark.parametrize("lines", [OPENING[:3], OPENING[1:4]])
def test_a_greeting_alone_or_what_the_show_is_alone_introduces_nothing(lines):
    assert "introduction" not in refusals(talk(*lines))


def test_later_on_they_are_a_part_of_the_talk():
    lines = ["Rope holds."] * 60
    found = refusals(talk(*lines, *OPENING))
    assert found[-5:] == ["greeting", None, None, "house-keeping", None]
