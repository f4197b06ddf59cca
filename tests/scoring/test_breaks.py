"""Broken speech: what stops short or begins anew is no quote, what people mean is one."""

import pytest
from scored_talks import talk

from bot.scoring.breaks import is_broken
from bot.scoring.parts import apart
from bot.scoring.spans import spans
from bot.scoring.survey import Survey
from bot.wording import trimmed


@pytest.mark.parametrize(
    "broken",
    [
        "The harbour is like a, it's a kind of kitchen.",
        "Sailors who wait for wind, you've, the wind never waits.",
        "We leave the harbour whenever the tide is low because.",
        "Most of what a captain does is, like, a kind of.",
        "The trick with knots is that.",
        "Nobody ties a knot for the storm, but.",
        "You need to be we need to row it.",
        "The I think the tide is older than any ship.",
        "It was the hardest - the hardest part was the fog.",
        "People people know which rope will hold.",
        "The tide will will take the ship anyway.",
        "Let's build let's build a longer pier.",
        "I'm just I'm glad that the rope held.",
        "If you're looking for a harbour.",
        "When I saw how many of the ropes were about to break.",
        "That the tide was on our side.",
        "Whether you want to sail to the north or to the south.",
    ],
)
def test_broken_speech_is_told(broken):
    assert is_broken(apart(broken))


@pytest.mark.parametrize(
    "whole",
    [
        "If you're calm, you're safe and everybody trusts you.",
        "You are stronger than you know.",
        "A very, very old rope is a very very good teacher.",
        "What a knot is is a promise.",
        "Fear, or rather love, keeps a crew awake.",
        "When the storm comes, hold on.",
        "When the storm comes you hold on.",
        "If you build it they will come.",
        "If a rope is old it's the first to go.",
        "If only it could be that easy.",
        "That is the tide of the year.",
        "If the rope broke your hand, I'm sorry.",
        "That is a very big if.",
        "That was no loss, I mean, it was a love letter.",
        "A crew wants nothing to be tied to, they want to sail.",
        "A harbour is anything but.",
        "He had had enough of that that day.",
        "A billion billion drops make one sea.",
        'Whatever the sea says, it says it\'s, "Row on."',
        "Ships, tides, and storms: none of them asks.",
        "Number one, tie the knot. Number two, test the knot.",
    ],
)
def test_whole_speech_is_left(whole):
    assert not is_broken(apart(whole))


def test_no_span_holds_a_broken_sentence():
    whole, broken = "Rope outlives the ship it serves.", "People people know which rope will hold."
    assert [one.said for one in spans(Survey(talk(whole, broken)), trimmed)] == [whole]


def test_broken_is_told_by_english_words_alone():
    german = "Das Schiff war in in den Hafen gelaufen."
    assert [one.said for one in spans(Survey(talk(german)), trimmed, english=False)] == [german]
