"""The same passage, or another one."""

import pytest

from bot.library.passages import Passage, distinct, match, overlap, same_passage

LAMP = "The lamp does not argue with the storm."
ROPE = "Rope remembers every knot you were too hurried to untie."
LONG = f"{LAMP} {ROPE}"
MENDED = "The lamp does not quarrel with the storm."


def at(said, start_s=10, end_s=14, version=1):
    return Passage(version, start_s * 1000, end_s * 1000, said)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        # one version: in time and in text
        (at(LAMP), at(LAMP), True),
        (at(LAMP), at(LAMP, 300, 304), False),  # said again later
        (at(LAMP), at(ROPE, 13, 17), False),  # neighbours in one cue
        (at(LAMP), at(LONG, 10, 18), True),
        (at(LONG, 10, 18), at(f"{ROPE} Nobody thanks the buoy.", 14, 20), True),
        (at(f"{ROPE} Nobody thanks the buoy.", 14, 20), at(LONG, 10, 18), True),
        (at(LAMP, 10, 10), at(LAMP, 10, 10), True),  # times without length
        (at(LAMP, 10, 14), at(LONG, 14, 18), False),  # they touch, no more
        (at("storm."), at(LAMP), False),  # a word alone may be chance
        (at("storm."), at("storm."), True),
        # two versions: words, and times nearby unless the words are surely the same
        (at(LAMP), at(LAMP, 40, 44, 2), True),
        (at(LAMP), at(LAMP, 900, 904, 2), True),
        (at(LAMP), at(MENDED, 40, 44, 2), True),
        (at(LAMP), at(MENDED, 130, 134, 2), True),
        (at(LAMP), at(MENDED, 131, 135, 2), False),
        (at(LAMP), at(ROPE, 10, 14, 2), False),
        (at(LAMP), at(LONG, 12, 20, 2), True),
        (at("It is not about the money."), at("Is the storm not about it, the lamp is.", 2), False),
        (at("Yes."), at("Yes.", 11, 12, 2), True),
        (at("Yes."), at("No.", 11, 12, 2), False),
    ],
)
def test_same_passage(a, b, same):
    assert same_passage(a, b) is same
    assert same_passage(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [(LAMP, LAMP, 1), (LAMP, LONG, 1), (LAMP, MENDED, 5 / 7), (LAMP, ROPE, 0), ("", "", 1)],
)
def test_overlap_is_of_the_shorter_one(a, b, share):
    assert overlap(at(a), at(b)) == pytest.approx(share)


def test_the_closest_are_matched_and_each_once():
    stored = [at(MENDED, 12, 16), at(LAMP, 40, 44), at(LAMP, 12, 16)]
    assert match([at(LAMP, 10, 14, 2), at(LAMP, 38, 42, 2)], stored) == {0: 2, 1: 1}


def test_a_worse_candidate_of_the_same_passage_is_not_distinct():
    assert distinct([at(LONG, 10, 18), at(LAMP), at(ROPE, 14, 18), at(MENDED, 50, 54)]) == (0, 3)
