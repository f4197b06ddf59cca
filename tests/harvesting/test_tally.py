"""The figures of a run."""

import pytest

from bot.harvesting import Failure, Tally
from bot.harvesting.told import failed


@pytest.mark.parametrize("place", ["talks/one.vtt", ""])
def test_a_failure_that_names_no_place_is_told_with_its_talk(place: str) -> None:
    tally = Tally()
    tally.add(failed(0, Failure("names no bucket", place, "write its name", 3), "talks/one.vtt"))
    assert tally.reasons["names no bucket"].places == ["talks/one.vtt"]
