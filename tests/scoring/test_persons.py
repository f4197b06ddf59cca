"""He and she in a quote: whom they mean has to stand in it."""

import pytest

from bot.lexicon import tokens
from bot.scoring.openings import opening_refusal


@pytest.mark.parametrize(
    "shown",
    [
        "Unlike the rest of us, she rests on her oars.",
        "At the end of the day he lights the lamp.",
        "Suddenly he let go of the rope.",
        "Imagine he had let go of the rope.",
    ],
)
def test_what_opens_a_sentence_with_a_capital_or_an_article_is_not_always_somebody(shown):
    assert opening_refusal(tokens(shown), shown) == "leans on what came before"


@pytest.mark.parametrize(
    "shown",
    [
        "Unlike the keeper, his lamp never sleeps.",
        "Sally said he would row back.",
        "When Drew left the harbour, he burned the map.",
        "At the end of the day the keeper lights his lamp.",
    ],
)
def test_who_is_named_or_introduced_is_somebody(shown):
    assert opening_refusal(tokens(shown), shown) is None
