"""What readers like counts near the top of a talk alone, and is told like any reason."""

import dataclasses

import pytest

from bot.scoring import NAMES, score
from bot.scoring.ngrams import marked
from bot.scoring.spans import spans
from bot.scoring.survey import Survey
from bot.wording import trimmed
from tests.scoring.scored_talks import WEIGHTS, talk

LINES = (
    "Nobody ever learned to sail by reading about the wind.",
    "The harbour forgives a slow boat, but it never forgives a proud captain.",
    "We had some rope there, you know, on that other pier.",
)
CARD = NAMES.index("card")


def scored(weights):
    survey = Survey(talk(*LINES))
    return score(list(spans(survey, trimmed)), survey, weights)


def gated(top):
    return dataclasses.replace(WEIGHTS, top=top)


def test_below_the_top_no_line_gains_or_loses_by_how_it_reads():
    plain = dataclasses.replace(gated(1e6), craft={})
    assert [one.logit for one in scored(gated(1e6))] == [one.logit for one in scored(plain)]
    assert max(abs(one.contributions[CARD]) for one in scored(gated(1e6))) < 1e-9


def test_at_the_top_the_words_of_a_line_and_its_features_count():
    table = WEIGHTS.tables["card"]
    words_alone = dataclasses.replace(gated(-1e6), craft={})
    below, words, above = (scored(one) for one in (gated(1e6), words_alone, gated(-1e6)))
    for plain, by_words, both in zip(below, words, above, strict=True):
        worth = by_words.values[CARD] - table.usual
        assert by_words.contributions[CARD] == pytest.approx(worth)
        assert by_words.logit - plain.logit == pytest.approx(worth)
        assert both.logit != pytest.approx(by_words.logit)
        assert sum(both.contributions) + WEIGHTS.bias == pytest.approx(both.logit)


def test_a_feature_that_speaks_the_other_way_at_the_top_is_told_with_how_the_line_reads():
    weights = dataclasses.replace(gated(-1e6), craft={})
    worth, _ = WEIGHTS.points["long_words"]
    turned = dataclasses.replace(weights, craft={"long_words": -2 * worth})
    at = NAMES.index("long_words")
    for one, other in zip(scored(weights), scored(turned), strict=True):
        assert other.contributions[at] == one.contributions[at]
        moved = -2 * one.contributions[at]
        assert other.contributions[CARD] - one.contributions[CARD] == pytest.approx(moved)


def test_where_a_talk_is_not_english_nothing_is_told_of_how_a_line_reads():
    survey = Survey(talk(*LINES))
    found = score(list(spans(survey, trimmed)), survey, gated(-1e6), english=False)
    assert found
    assert {one.contributions[CARD] for one in found} == {0.0}
    assert all(sum(one.contributions) + WEIGHTS.bias == pytest.approx(one.logit) for one in found)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Rope – holds, doesn't it?", ("^", "rope", "–", "holds", ",", "doesn't", "it", "?")),
        ("It’s 3.5 knots- no, four.", ("^", "it's", "3.5", "knots", "-", "no", ",", "four", ".")),
        ("", ("^",)),
    ],
)
def test_a_line_is_read_with_its_marks_and_where_it_begins(text, pieces):
    assert marked(text) == pieces
