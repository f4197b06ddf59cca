"""The likeness of two texts, told from their fingerprints."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.fingerprint import fingerprint, similarity

VOCABULARY = [f"word{number}" for number in range(500)]


def text(words=3000, seed=1):
    return random.Random(seed).choices(VOCABULARY, k=words)


def likeness(a, b):
    return similarity(fingerprint(" ".join(a)), fingerprint(" ".join(b)))


@pytest.mark.parametrize("share", [0.0, 0.2, 0.35, 0.5, 0.8, 1.0])
def test_the_estimate_is_near_the_true_likeness(share):
    a = text()
    same = round(len(a) * 2 * share / (1 + share))
    assert likeness(a, a[:same] + text(seed=2)[same:]) == pytest.approx(share, abs=0.15)


def test_case_and_punctuation_do_not_count():
    assert likeness(["One,", "TWO!", "three"], ["one", "two", "three"]) == 1


@pytest.mark.parametrize(("a", "b"), [([], []), ([], ["so"]), (["so"], ["no"])])
def test_nothing_is_like_nothing(a, b):
    assert likeness(a, b) == 0


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(a, b):
    one, two = fingerprint(a), fingerprint(b)
    assert len(one) <= 256
    assert 0 <= similarity(one, two) == similarity(two, one) <= 1
