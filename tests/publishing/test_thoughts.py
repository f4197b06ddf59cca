"""The same words in two quotes go out once on an account, whoever is said to say them."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plan import DAILY, DAY, NOW, choice, known, left, made, order

from bot.publishing.choices import Known, Pin
from bot.publishing.thoughts import doubled

ROPE = "rope remembers every knot"
MONTH = replace(DAILY, evergreen_days=30)


def twin(quote: str, speaker: str = "", **more):
    return choice(quote, speaker=speaker, **{"words": ROPE, **more})


@pytest.mark.parametrize(
    ("one", "other", "goes"),
    [
        ({}, {"approved_at": NOW - DAY}, "b"),  # approved first
        ({"approved_at": NOW - DAY}, {}, "a"),
        ({"approved_at": NOW - DAY, "sure": False}, {}, "b"),  # a guess of who speaks
        ({"score": 99}, {"approved_at": NOW - DAY}, "b"),
        ({"embargo": "2027-01-01"}, {"sure": False}, "b"),  # who must not go out yet keeps none
        ({"status": "rejected"}, {"sure": False}, "b"),
    ],
)
def test_of_the_same_words_one_goes_out(one, other, goes: str) -> None:
    found = made([twin("a", "Ada", **one), twin("b", "Bo", **other)], days=5)
    assert order(found) == goes
    assert order(made([twin("b", "Bo", **other), twin("a", "Ada", **one)], days=5)) == goes


def test_the_other_is_told_why_it_does_not() -> None:
    found = made([twin("a", "Ada", approved_at=NOW - DAY), twin("b", "Bo"), twin("c", "Ada")])
    same, fate = "it says the same as a", "that one goes out for both"
    assert left(found) == {
        "b": f"{same}, there by Ada: {fate}; reject the one whose name is wrong",
        "c": f"{same}: {fate}",
    }
    nobody = made([twin("a", approved_at=NOW - DAY), twin("b", "Bo")], days=0)
    assert left(nobody)["b"].startswith("it says the same as a, there by nobody by name: that one")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("sent", "it went out on 2026-11-22"),
        ("unconfirmed", "it went out on 2026-11-22"),
        ("sending", "it went out on 2026-11-22"),
        ("planned", "that one goes out for both"),
    ],
)
def test_words_that_went_out_count_for_the_other(state, told: str) -> None:
    posts = [known("gone", -5, state, words=ROPE, speaker="Ada")]  # its quote may be rejected since
    found = made([twin("b", "Bo")], posts=posts)
    assert order(found) == ""
    assert left(found)["b"].startswith(f"it says the same as gone, there by Ada: {told}")


def test_a_post_that_was_taken_down_leaves_the_words_to_the_right_name() -> None:
    posts = [known("a", -5, "deleted", words=ROPE)]
    assert order(made([twin("b")], posts=posts)) == "b"
    assert order(made([twin("a", approved_at=NOW - DAY), twin("b")], posts=posts)) == ""


def test_a_post_that_a_person_cancelled_does_not_come_back_by_another_name() -> None:
    posts = [known("a", 1, "cancelled", words=ROPE)]
    found = made([twin("a", approved_at=NOW - DAY), twin("b")], posts=posts)
    assert order(found) == ""
    assert left(found)["b"].startswith("it says the same as a: its post was cancelled; `pullquote")
    assert order(made([twin("a", status="rejected"), twin("b")], posts=posts)) == "b"


@pytest.mark.parametrize(
    ("day", "states", "goes"),
    [(-40, ["sent"], "b"), (-20, ["sent"], ""), (-40, ["sent", "unconfirmed"], "")],
)
def test_the_same_words_may_come_again_when_the_quote_might(day: int, states, goes: str) -> None:
    posts = [known(f"q{at}", day, state, words=ROPE) for at, state in enumerate(states)]
    found = made([twin("b")], posts=posts, rules=MONTH)
    assert order(found) == goes
    if not goes and states == ["sent"]:
        assert left(found)["b"].endswith("it went out on 2026-11-07, and may again after 30 days")


def test_what_went_out_by_another_name_comes_after_what_is_new() -> None:
    posts = [known("gone", -40, "sent", words=ROPE)]
    assert order(made([twin("b", score=99), choice("c", 1)], posts=posts, rules=MONTH)) == "c b"


def test_a_time_that_a_person_gave_wins_over_the_same_words() -> None:
    posts = [known("a", 0, words=ROPE)]
    pins = [Pin(quote="b", due=NOW + 2 * DAY)]
    assert order(made([twin("a"), twin("b")], posts=posts, pins=pins)) == "b"


def test_a_plan_with_the_same_words_twice_is_mended() -> None:
    both = [twin("a", approved_at=NOW - DAY), twin("b")]
    a, b = known("a", 3, words=ROPE), known("b", 1, words=ROPE)
    assert list(doubled(both, [a, b], 0)) == [(b, a)]
    pinned = replace(b, pinned=True)
    assert list(doubled(both, [a, pinned], 0)) == [(a, pinned)]
    assert list(doubled(both, [replace(a, pinned=True), pinned], 0)) == []
    sent = known("c", -20, "sent", words=ROPE)
    assert list(doubled(both, [sent, a], 0)) == list(doubled(both, [sent, a], 30)) == [(a, sent)]
    assert list(doubled(both, [sent, a], 20)) == []
    assert list(doubled(both, [replace(sent, state="deleted"), a], 0)) == []
    assert list(doubled(both, [replace(a, words=""), replace(b, words="")], 0)) == []
    again = [replace(a, state="sent"), replace(a, occasion=2, at=a.at + 40 * DAY)]
    assert list(doubled(both, again, 30)) == []


quotes = st.lists(
    st.builds(
        lambda number, words, days, sure, status: twin(
            f"q{number}", words=words, approved_at=NOW - days * DAY, sure=sure, status=status
        ),
        st.integers(0, 12), st.sampled_from(["rope", "tide", "fog", ""]), st.integers(0, 60),
        st.booleans(), st.sampled_from(["approved", "approved", "rejected"]),
    ),
    unique_by=lambda one: one.quote,
)  # fmt: skip
posts = st.lists(
    st.builds(
        Known,
        quote=st.integers(20, 25).map(lambda number: f"q{number}"),
        occasion=st.just(1),
        at=st.integers(-40, 5).map(lambda day: NOW + timedelta(hours=6) + day * DAY),
        state=st.sampled_from(["planned", "sent", "failed", "cancelled", "unconfirmed"]),
        words=st.sampled_from(["rope", "tide", "fog"]),
    ),
    unique_by=(lambda one: one.quote, lambda one: one.at, lambda one: one.words),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(quotes, posts, st.sampled_from([0, 10]))
def test_no_words_stand_twice_within_the_days_of_the_settings(quotes, posts, days: int) -> None:
    found = made(quotes, 30, posts, replace(DAILY, evergreen_days=days))
    by_id = {one.quote: one.words for one in quotes}
    stands = [(one.words, one.at) for one in posts if one.state not in ("failed", "cancelled")]
    stands += [(by_id[one.quote], one.due) for one in found.placed if by_id[one.quote]]
    for words in {words for words, _ in stands}:
        times = sorted(at for said, at in stands if said == words)
        assert all(days and two - one >= days * DAY for one, two in pairwise(times))
