"""How what a reader says of lines counts: above the gate, told like any reason."""

import math

import pytest

from bot.model import Details
from bot.pipeline import Cast, Terms, rank, read_talk, understood
from bot.scoring import NAMES, score
from bot.scoring.reader import Reader
from bot.scoring.spans import spans
from bot.scoring.survey import Survey
from bot.transcripts import read_bytes
from bot.wording import trimmed
from tests.scoring.scored_talks import WEIGHTS, talk
from tests.test_language import TALKS

LINES = (
    "Nobody ever learned to sail by reading about the wind.",
    "The harbour forgives a slow boat, but it never forgives a proud captain.",
    "We had some rope there, you know, on that other pier.",
)
CARD = NAMES.index("card")
USUAL, SHARE = 0.6, 0.8


def reader(worth=None, *, top=-100.0):
    """One that knows what some lines are worth, and remembers what it was asked."""
    asked = []

    def read(lines):
        asked.extend(lines)
        return [(worth or {}).get(one, USUAL) for one in lines]

    return Reader(read, SHARE, USUAL, top, 0.1), asked


def scored(by, *, english=True):
    survey = Survey(talk(*LINES))
    return score(list(spans(survey, trimmed)), survey, WEIGHTS, english=english, reader=by)


def test_what_a_line_is_worth_counts_and_is_told_with_how_it_reads():
    plain, by_worth = scored(None), scored(reader({LINES[0]: 1.75, LINES[1]: 0.0})[0])
    gained, told = {}, {}
    for one, other in zip(plain, by_worth, strict=True):
        gained[one.span.shown] = other.logit - one.logit
        told[one.span.shown] = other.contributions[CARD] - one.contributions[CARD]
        assert sum(other.contributions) + WEIGHTS.bias == pytest.approx(other.logit)
        assert other.values == one.values
    assert gained[LINES[0]] == pytest.approx(SHARE * (1.75 - USUAL))
    assert gained[LINES[1]] == pytest.approx(-SHARE * USUAL)
    assert told == pytest.approx(gained)
    best = max(by_worth, key=lambda one: one.logit)
    assert best.score == round(100 / (1 + math.exp(-best.logit)), 1)


def test_a_line_of_the_usual_worth_stays_as_it_is():
    plain, usual = scored(None), scored(reader()[0])
    assert [one.logit for one in usual] == pytest.approx([one.logit for one in plain])


def test_what_is_far_below_the_top_is_not_read():
    plain = scored(None)
    best = max(plain, key=lambda one: one.logit)
    by, asked = reader({one.span.shown: 0.0 for one in plain}, top=best.logit)
    found = scored(by)
    assert best.span.shown in asked
    low = [one for one in plain if one.logit < best.logit - 0.5]
    assert low
    assert not {one.span.shown for one in low} & {*asked}
    after = {one.span.shown: one.logit for one in found}
    assert all(after[one.span.shown] == one.logit for one in low)
    assert after[best.span.shown] == pytest.approx(best.logit - SHARE * USUAL / 2)


def test_of_a_long_talk_the_best_are_read():
    lines, logits = [f"line {at}" for at in range(1000)], [float(at % 500) for at in range(1000)]
    by, asked = reader(dict.fromkeys(lines, 2.0))
    gained = by.points(lines, logits)
    best = sorted(lines, key=lambda one: logits[lines.index(one)], reverse=True)[:120]
    assert sorted(asked) == sorted(best)
    assert {one for one, more in zip(lines, gained, strict=True) if more} == {*best}


def test_a_talk_in_another_language_is_not_read():
    by, asked = reader({LINES[0]: 2.0})
    other = scored(by, english=False)
    assert asked == []
    assert [one.logit for one in other] == [one.logit for one in scored(None, english=False)]


def test_a_talk_in_another_language_needs_no_model(monkeypatch):
    def missing():
        raise AssertionError("the model is loaded")

    monkeypatch.setattr("bot.learned.reader", missing)
    text = "\n\n".join(
        f"00:{at:02}:00.000 --> 00:{at:02}:09.000\n{line}"
        for at, line in enumerate(TALKS["de"] * 3)
    )
    reading = understood(read_bytes(f"WEBVTT\n\n{text}\n".encode(), "talk.vtt"), Cast())
    assert rank(reading, Details(), Terms(10, semantic=True)).candidates


def test_a_harvest_lets_lines_be_read_only_where_that_is_asked_for(sample, monkeypatch):
    reading = read_talk(sample, Cast(("Marit Oyelaran",)), 64)
    plain = rank(reading, Details(), Terms(10))
    last = plain.candidates[-1].shown
    by, asked = reader({last: 2.0})
    monkeypatch.setattr("bot.learned.reader", lambda: by)
    assert rank(reading, Details(), Terms(10)).candidates == plain.candidates
    assert asked == []
    assert rank(reading, Details(), Terms(10, semantic=True)).candidates[0].shown == last
