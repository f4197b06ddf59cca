"""Scores, and talks that are unlike a talk."""

import pytest
from scored_talks import WEIGHTS, ranked, talk, view

from bot.model import Cue
from bot.scoring import NAMES, score
from bot.scoring.select import select
from bot.scoring.spans import Span
from bot.scoring.survey import Survey
from bot.scoring.view import Echoes
from bot.sentences import sentences, stream

GOOD = "If you can't fix the rope, fix the reason it broke."


def test_no_talk_has_no_quotes():
    assert ranked(talk()) == []
    assert score([], Survey([]), WEIGHTS) == []


def test_a_talk_of_one_sentence_has_one_quote():
    (found,) = ranked(talk(GOOD))
    assert found.span.shown == GOOD
    assert 0 < found.score < 100


def test_a_talk_of_questions_has_none():
    assert ranked(talk(*["What does a harbour owe a stranger?"] * 50)) == []


def test_a_talk_of_tags_has_none():
    assert ranked(talk("[MUSIC]", "[APPLAUSE]")) == []


@pytest.mark.parametrize(
    ("line", "times", "quotes"),
    [
        (GOOD, 10_000, 1),
        ("All of us are here and now.", 1_000, 3),  # no subject: said once, twice and three times
    ],
)
def test_identical_sentences_without_end_give_few_quotes(line, times, quotes):
    best = select(ranked(talk(*[line] * times)), 40)
    assert len(best) == quotes
    assert len({one.span.shown for one in best}) == quotes


def test_a_talk_before_its_beginning_is_ranked():
    lines = [GOOD, "Nobody applauds a bolt in winter."]
    cues = [Cue(at * 4000 - 20_000, at * 4000 - 16_000, line) for at, line in enumerate(lines)]
    assert len(select(ranked(sentences(stream(cues))), 9)) == 2


def test_a_sentence_of_ten_thousand_words_is_no_quote():
    assert ranked(talk("rope " * 10_000 + ".")) == []


def test_the_score_is_the_logistic_of_its_reasons():
    (found,) = ranked(talk(GOOD))
    logit = WEIGHTS.bias + sum(reason.contribution for reason in found.reasons)
    assert found.score == pytest.approx(100 / (1 + 2.718281828**-logit), abs=0.1)


def test_reasons_are_what_each_feature_added_largest_first():
    (found,) = ranked(talk(GOOD))
    sizes = [abs(reason.contribution) for reason in found.reasons]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)
    assert {reason.feature for reason in found.reasons} <= {*NAMES}


def test_a_span_without_words_scores_nothing():
    (one,) = talk("Rope holds.")
    span = Span((one,), "…", "…", (), 0, 4000)
    (found,) = score([span], Survey([one]), WEIGHTS)
    assert (found.score, found.reasons) == (0, ())


def test_scores_are_the_same_every_time():
    lines = [GOOD, "Nobody applauds a bolt in winter.", "So rope outlives the ship it serves."]
    assert ranked(talk(*lines)) == ranked(talk(*lines))


def test_a_better_line_scores_higher():
    worse = "I was kind of, you know, there and it was sort of what they had, I guess."
    points = {one.span.shown: one.score for one in ranked(talk(worse, GOOD))}
    assert points[GOOD] > points[worse]


def test_part_of_a_talk_has_its_own_surroundings():
    found = talk("Tar smells.", "Fog lifts.", "Rope holds.", "Knots slip.")
    span = Span(found[2:3], "Rope holds.", "Rope holds.", (), 8000, 12_000)
    seen = Survey(found[1:]).view(span)
    assert (seen.before, seen.words_before, seen.words_after) == (1, 2, 2)


def test_a_view_knows_its_surroundings():
    seen = view("Rope holds the mast.", "Tar and rope smell.", "Rope and fog lift a mast.")
    assert seen.echoes == Echoes(soon=1, at_once=2, later=0, earlier=0, known=1)
    assert (seen.words_before, seen.words_after) == (4, 6)
    assert seen.place == pytest.approx(11 / 23)
    assert seen.sentences == (("rope", "holds", "the", "mast"),)
