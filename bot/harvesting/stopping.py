"""Stopping when asked: by Ctrl-C or SIGTERM, first what is at work is finished, then it is not."""

import signal
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import FrameType
from typing import Any

from bot.harvesting.crews import Crew

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_OF_A_SIGNAL = 128  # and its number: how shells tell that a program was stopped


class Stop:
    """How often a stop was asked for, and by which signal the first time."""

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self.asked = 0
        self.exit_code = 0
        self._told = told
        self._carried_out = 0

    def ask(self, number: int = signal.SIGINT, _frame: FrameType | None = None) -> None:
        """Ask for a stop: once to finish what is at work, twice to drop it."""
        self.asked += 1
        self.exit_code = self.exit_code or _OF_A_SIGNAL + number
        if self.asked == 1:
            self._told()

    def carry_out(self, flying: "Collection[Future[Any]]", crew: Crew) -> None:
        """Call back what did not start; asked again, drop what did."""
        if self._carried_out == self.asked:
            return
        self._carried_out = self.asked
        for future in flying:
            future.cancel()
        if self.asked > 1:
            crew.drop()


@contextmanager
def stopping(told: Callable[[], None]) -> Iterator[Stop]:
    """A stop that signals ask for; ``told`` is called at the first, when the signal comes."""
    stop = Stop(told)
    before = {one: signal.signal(one, stop.ask) for one in _SIGNALS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
