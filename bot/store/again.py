"""The same work once more, when the library could not be used for a moment."""

import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from bot.errors import Passing

if TYPE_CHECKING:
    from bot.store.engine import Store

T = TypeVar("T")

# A server restarts in seconds, one that fails over to another in a minute or two; and it is less
# than half of a post's lease, so what a worker has in hand is still its own afterwards.
MOST_S = 120.0
_FIRST_S, _LONGEST_S = 0.25, 15.0

Sleep = Callable[[float], object]


def again(
    work: Callable[[], T],
    *,
    most_s: float = MOST_S,
    sleep: Sleep = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    chance: Random | None = None,
) -> T:
    """Run ``work``, and run it anew as long as it fails with what passes (``Passing``).

    It must be one or more whole transactions, and such that doing it twice is doing it once: a
    commit whose answer was lost may have happened. Waits grow and are never the same for all; no
    new one begins when ``most_s`` seconds have gone by, or when ``sleep`` answers True (as an
    ``Event.wait`` does whose worker is to stop). Raises the last error, with how often it was
    tried.
    """
    chance = chance or Random()  # noqa: S311 - waiting times
    began, tries, wait = clock(), 1, _FIRST_S
    while True:
        try:
            return work()
        except Passing as error:
            spent = clock() - began
            if spent >= most_s or sleep(min(wait * chance.uniform(0.5, 1.5), most_s - spent)):
                raise _gave_up(error, tries, clock() - began) from error
        tries, wait = tries + 1, min(wait * 2, _LONGEST_S)


def written(store: "Store", work: Callable[[Connection], T], *, sleep: Sleep = time.sleep) -> T:
    """What ``work`` answers in one transaction that writes, done ``again`` where that is needed."""

    def once() -> T:
        with store.write() as connection:
            return work(connection)

    return again(once, sleep=sleep)


def seen(store: "Store", work: Callable[[Connection], T], *, sleep: Sleep = time.sleep) -> T:
    """What ``work`` answers of one moment of the library, asked ``again`` where that is needed."""

    def once() -> T:
        with store.read() as connection:
            return work(connection)

    return again(once, sleep=sleep)


def _gave_up(error: Passing, tries: int, spent_s: float) -> Passing:
    often = "once" if tries == 1 else f"{tries} times in {spent_s:.0f} s"
    return Passing(f"{error.reason} (tried {often})", place=error.place, remedy=error.remedy)
