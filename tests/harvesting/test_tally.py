"""The figures of a run."""

import pytest

from bot.harvesting import Failure, Tally
from bot.harvesting.told import Outcome, Told, failed


@pytest.mark.parametrize("place", ["talks/one.vtt", ""])
def test_a_failure_that_names_no_place_is_told_with_its_talk(place: str) -> None:
    tally = Tally()
    tally.add(failed(0, Failure("names no bucket", place, "write its name", 3), "talks/one.vtt"))
    assert tally.reasons["names no bucket"].places == ["talks/one.vtt"]


def test_talks_without_a_quote_are_counted_and_the_first_named() -> None:
    tally = Tally()
    for number, quotes in enumerate([0, 2, 0, 0, 0]):
        talk = Told("", "", 0, (), known=quotes)
        tally.add(Outcome(number, f"{number}.vtt", "harvested", talk))
    tally.add(Outcome(5, "5.vtt", "unchanged", Told("", "", 0, ())))
    assert (tally.harvested, tally.quotes, tally.bare) == (5, 2, 4)
    assert tally.bare_places == ["0.vtt", "2.vtt", "3.vtt"]
