"""A talk is judged alike whether its apostrophes are straight or curly."""

import pytest
from scored_talks import talk

from bot.lexicon import straight, tokens
from bot.scoring.filters import refusals
from bot.scoring.openings import leans_whatever_follows, opening_refusal, points_outside
from bot.scoring.parts import apart


@pytest.mark.parametrize(
    "said",
    [
        "That’s a great question about rope.",
        "I’m curious how the harbour keeps its rope dry.",
        "I’m Ada O’Brien, and rope is all I know.",
        "Here’s that rope nobody wanted to carry.",
        "It’s never too late to splice a rope that holds.",
        "I’d say he carries the rope.",
        "A rope isn’t a plan, it’s a promise.",
        "That’s why the harbour isn’t about rope.",
        "It’s like tar, and they’re like, no.",
    ],
)
def test_a_sentence_with_curly_apostrophes_is_judged_as_with_straight_ones(said):
    typed = straight(said)
    assert typed != said
    assert refusals(talk(said)) == refusals(talk(typed))
    assert opening_refusal(tokens(said), said) == opening_refusal(tokens(typed), typed)
    assert leans_whatever_follows(tokens(said), said) == leans_whatever_follows(
        tokens(typed), typed
    )
    assert points_outside(said) == points_outside(typed)
    assert apart(said) == apart(typed)
