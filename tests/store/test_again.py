"""Work is done anew when the library could not be used for a moment, and no longer than stated."""

from random import Random
from threading import Event

import pytest

from bot.errors import InputError, LibraryError, Passing
from bot.store.again import MOST_S, again

GONE = Passing("its server is not there", place="postgresql://h/l", remedy="check the address")


class Waits:
    """A clock that only sleeping moves, and what was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def clock(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def failing(*errors):
    """Work that fails with each of these in turn, then succeeds."""
    left = list(errors)

    def work():
        if left:
            raise left.pop(0)
        return "done"

    return work


def test_what_passes_is_waited_for_with_growing_waits():
    waits = Waits()
    work = failing(*[GONE] * 6)
    assert again(work, sleep=waits.sleep, clock=waits.clock, chance=Random(1)) == "done"
    assert all(0.125 * 2**n <= wait <= 0.375 * 2**n for n, wait in enumerate(waits.slept))
    assert len(waits.slept) == 6
    other = Waits()
    again(failing(GONE), sleep=other.sleep, clock=other.clock, chance=Random(2))
    assert other.slept[0] != waits.slept[0]


def test_what_does_not_pass_is_told_after_the_most_total_wait_with_how_often_it_was_tried():
    waits = Waits()
    with pytest.raises(
        Passing, match=r"^postgresql://h/l: its server .* \(tried \d+ times in 120 s\); check"
    ):
        again(failing(*[GONE] * 99), sleep=waits.sleep, clock=waits.clock, chance=Random(1))
    assert sum(waits.slept) == pytest.approx(MOST_S)
    assert max(waits.slept) <= 22.5


@pytest.mark.parametrize("error", [LibraryError("the disk is full"), InputError("no quote")])
def test_other_errors_are_not_tried_again(error):
    with pytest.raises(type(error)) as told:
        again(failing(error), sleep=pytest.fail)
    assert told.value is error


def test_who_is_to_stop_waits_no_longer():
    stop = Event()
    stop.set()
    with pytest.raises(Passing, match=r"\(tried once\)"):
        again(failing(GONE), sleep=stop.wait)
