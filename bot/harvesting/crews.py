"""Who harvests: a thread of this process, processes of this machine, or a Dask cluster.

A crew hands out futures of ``concurrent.futures``; to those who use it, all are the same. When a
worker of a pool dies, all that was in flight breaks with it, and the crew is renewed.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.harvesting.task import let_go, ready

T = TypeVar("T")
_EACH = 2  # talks in flight for each worker: one to work at, one to go on with


class Crew(Protocol):
    """Those who harvest; ``room`` is how many talks may be in flight.

    A future that ends in one of ``deadly`` had as many workers die as ``deaths`` says.
    """

    deadly: tuple[type[BaseException], ...]
    deaths: int

    @property
    def room(self) -> int:
        """How many talks may be in flight."""

    @property
    def workers(self) -> int:
        """How many talks may be worked at."""

    def submit(self, work: Callable[..., T], /, *arguments: Any) -> "Future[T]":
        """Have a function called."""

    def watch(self) -> None:
        """See whether it is any use to wait; ``NetworkError`` when those who work are gone."""

    def renew(self) -> None:
        """Go on with new workers, after one died."""

    def drop(self) -> None:
        """Stop all work at once; what is in a transaction is rolled back."""


class _Executing:
    """What crews share that have one executor at a time."""

    deadly: tuple[type[BaseException], ...] = (BrokenExecutor,)
    deaths = 1

    def __init__(self, workers: int, start: Callable[[], Executor]) -> None:
        self.workers, self.room = workers, workers * _EACH
        self._start = start
        self._executor = start()

    def submit(self, work: Callable[..., T], /, *arguments: Any) -> "Future[T]":
        """Have a function called."""
        return self._executor.submit(work, *arguments)

    def watch(self) -> None:
        """Whoever dies here breaks the executor at once."""

    def renew(self) -> None:
        """Start other workers."""
        self._executor.shutdown(cancel_futures=True)
        self._executor = self._start()

    def drop(self) -> None:
        """Kill the workers; a thread of this process ends with its talk."""
        if self.workers > 1:
            from bot.harvesting.pool import kill_all

            kill_all()

    def close(self) -> None:
        """Let the workers go."""
        self._executor.shutdown(cancel_futures=True)


@contextmanager
def crew_of(processes: int, cluster: str | None = None) -> Iterator[Crew]:
    """A crew of so many processes, of one thread of this process, or of a Dask cluster.

    Raises ``NetworkError`` and ``InputError`` for a cluster that cannot be used, ``BotError`` when
    the program is not whole.
    """
    if cluster:
        from bot.harvesting.cluster import joined

        with joined(cluster) as crew:
            yield crew
        return
    ready()  # what is amiss with the program is told here, not by workers that cannot start
    here = _Executing(processes, _starting(processes))
    try:
        yield here
    finally:
        here.close()
        let_go()


def _starting(processes: int) -> Callable[[], Executor]:
    """What starts the workers; processes are another import, of a twentieth of a second."""
    if processes == 1:
        return partial(ThreadPoolExecutor, 1)
    from bot.harvesting.pool import pool

    return partial(pool, processes)
