"""From scored spans to a list: no overlap, no thought twice, spread, and the same every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scored_talks import ranked, talk

from bot.model import Sentence
from bot.scoring import Scored
from bot.scoring.select import room, select
from bot.scoring.spans import Span

MINUTE = 60_000


def scored(index, points, *, content=None, minute=None, last=None, shown=None):
    start_ms = round((index if minute is None else minute) * MINUTE)
    run = tuple(
        Sentence(at, "Rope.", start_ms, start_ms + 1000, ())
        for at in range(index, (last or index) + 1)
    )
    text = shown or f"Rope number {index}."
    words = frozenset(content.split() if content is not None else [f"rope{index}"])
    span = Span(run, text, text, (), start_ms, start_ms + 1000)
    return Scored(span, points, 0.0, (), None, words)


def picked(candidates, count):
    return [one.span.sentences[0].index for one in select(candidates, count)]


def test_the_best_come_first():
    assert picked([scored(1, 10), scored(40, 30), scored(80, 20)], 2) == [40, 80]


@pytest.mark.parametrize("count", [0, -1])
def test_none_asked_none_given(count):
    assert picked([scored(1, 10)], count) == []
    assert picked([], 3) == []


def test_spans_that_share_a_sentence_are_not_both_taken():
    found = [
        scored(10, 50, last=12),
        scored(12, 40, last=13),
        scored(8, 30, last=10),
        scored(13, 20),
    ]
    assert picked(found, 9) == [10, 13]


@pytest.mark.parametrize(
    ("other", "both"),
    [
        ("rope tar knot sail mast", False),
        ("rope tar knot fog lamp", False),
        ("rope tar", False),
        ("rope tar lamp fog reef", True),
        ("", True),
    ],
)
def test_the_same_thought_is_taken_once(other, both):
    found = [scored(1, 50, content="rope tar knot sail mast"), scored(90, 40, content=other)]
    assert len(select(found, 2)) == 1 + both


def test_the_same_words_are_taken_once_whatever_they_hold():
    found = [
        scored(1, 50, content="", shown="It is what it is."),
        scored(90, 40, content="", shown="It is what it is!"),
    ]
    assert picked(found, 2) == [1]


def test_picks_are_spread_over_the_talk():
    crowd = [scored(at, 50, minute=at / 10) for at in range(1, 6)]
    far = [scored(90, 47, minute=90), scored(50, 44, minute=50)]
    assert picked(crowd + far, 4) == [1, 90, 2, 50]


def test_a_much_better_one_is_not_given_up_for_the_spread():
    found = [scored(1, 90, minute=0.1), scored(2, 80, minute=0.2), scored(90, 70, minute=90)]
    assert picked(found, 2) == [1, 2]


CANDIDATES = st.lists(
    st.builds(
        scored,
        st.integers(0, 60),
        st.integers(0, 40),
        content=st.sampled_from(["rope", "tar knot", "lamp fog reef", "rope tar", ""]),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None, database=None)
@given(CANDIDATES, st.integers(0, 6), st.integers(0, 6), st.randoms())
def test_a_shorter_list_is_the_beginning_of_a_longer_one(found, count, more, chance):
    longer = select(found, count + more)
    assert select(found, count) == longer[:count]
    assert select(found, count + more) == longer
    unlike = {(one.score, one.span.start_ms, one.span.end_ms) for one in found}
    if len(unlike) == len(found):
        chance.shuffle(found)
        assert select(found, count + more) == longer


def test_a_real_ranking_repeats_nothing():
    found = talk(*[f"Keeper {at} lights lamp {at} before storm {at} arrives." for at in range(30)])
    best = select(ranked(found), 10)
    indexes = [one.index for each in best for one in each.span.sentences]
    assert len(indexes) == len({*indexes})


@pytest.mark.parametrize(
    ("minutes", "quotes"), [(0, 3), (1, 3), (2, 3), (5, 7), (10, 15), (36, 54), (600, 900)]
)
def test_a_talk_has_room_for_a_quote_every_forty_seconds(minutes, quotes):
    assert room(minutes * MINUTE) == quotes


def test_another_topic_comes_before_more_of_the_same():
    found = [
        scored(1, 50, content="rope tar knot sail mast"),
        scored(50, 45, content="rope tar lamp fog reef"),
        scored(90, 44, content="bread oven flour salt yeast"),
    ]
    assert picked(found, 3) == [1, 90, 50]
