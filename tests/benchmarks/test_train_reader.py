"""What teaches a model to read lines, without the model."""

import numpy as np
import pytest

from benchmarks import train_reader
from benchmarks.grades import load
from bot.semantic import GRADES, unpacked


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        ("L", {"L": 1}),
        ("3", {"3": 1}),
        ("0.5", {"0": 0.5, "1": 0.5}),
        ("2.5", {"2": 0.5, "3": 0.5}),
    ],
)
def test_half_a_grade_is_half_of_two(grade, expected):
    found = train_reader.shares(grade)
    assert {one: share for one, share in zip(GRADES, found, strict=True) if share} == expected


def test_every_grade_there_is_has_its_shares():
    assert {sum(train_reader.shares(one)) for one in {*load().values()}} == {1.0}


def test_a_matrix_is_kept_to_half_a_step():
    values = np.random.default_rng(3).normal(0, 2, (7, 5)).astype(np.float32)
    kept = train_reader.packed(values)
    assert np.abs(unpacked(kept) - values).max() <= kept["scale"] / 2 + 1e-6


def test_every_line_is_read_once_a_round_beside_lines_of_like_length():
    lengths = [at % 40 for at in range(3000)]
    batches = list(train_reader._batches(lengths))
    seen = np.bincount([at for one in batches for at in one])
    assert set(seen.tolist()) == {train_reader._EPOCHS}
    spread = [max(lengths[at] for at in one) - min(lengths[at] for at in one) for one in batches]
    assert np.mean(spread) < 5


def test_what_turns_together_stands_together():
    halves = np.arange(12)[:, None]  # of two heads: first all first numbers, then all second ones
    assert train_reader.in_pairs(halves, 6).ravel().tolist() == [
        *(0, 3, 1, 4, 2, 5),
        *(6, 9, 7, 10, 8, 11),
    ]
