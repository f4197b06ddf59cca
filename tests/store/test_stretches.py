"""Every cue stands in a stretch, whatever the lengths; neighbours share a cue."""

import pytest

from bot.model import Cue
from bot.store.stretches import stretches


@pytest.mark.parametrize(
    ("lengths", "found"),
    [
        ([], []),
        ([10], [(0, 1)]),
        ([300], [(0, 1)]),
        ([300, 300], [(0, 1), (1, 2)]),
        ([300, 10], [(0, 1), (1, 2)]),
        ([100, 300], [(0, 2)]),
        ([100, 100, 100], [(0, 3)]),
        ([100, 100, 100, 10], [(0, 3), (2, 4)]),
        ([100, 300, 10, 10], [(0, 2), (1, 3), (2, 4)]),
    ],
)
def test_stretches(lengths, found):
    cues = [Cue(at, at + 1, "x" * length) for at, length in enumerate(lengths)]
    assert list(stretches(cues)) == found
