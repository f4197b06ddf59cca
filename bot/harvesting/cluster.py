"""A crew that is a Dask cluster (the extra ``cluster``): https://distributed.dask.org."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from bot.errors import InputError, NetworkError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
_EACH = 2  # talks in flight for each thread of a worker
_ASK_EACH_S = 10
_WAIT_S = 10  # for a scheduler, and for the first worker
_START = "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"


class _Cluster:
    """A connected cluster; it hands a lost talk to other workers itself, four times in all."""

    deaths = 2  # so that a talk is tried once more alone: it may have died beside a guilty one

    def __init__(self, client: "Client") -> None:
        from distributed import KilledWorker

        self.deadly: tuple[type[BaseException], ...] = (KilledWorker,)
        self._client = client
        self._asked, self._threads = 0.0, 0
        self._executor = client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """The threads of all workers there are: some may come, others go, so it is asked anew."""
        if time.monotonic() > self._asked + _ASK_EACH_S:
            self._asked, self._threads = time.monotonic(), sum(self._client.nthreads().values())
        return max(1, self._threads)

    @property
    def room(self) -> int:
        """How many talks may be in flight."""
        return self.workers * _EACH

    def submit(self, work: Callable[..., T], /, *arguments: Any) -> "Future[T]":
        """Have a function called by a worker."""
        future: Future[T] = self._executor.submit(work, *arguments)
        return future

    def renew(self) -> None:
        """The scheduler sees to new workers."""

    def drop(self) -> None:
        """Cancel what was not finished."""
        self._executor.shutdown(wait=False)


@contextmanager
def joined(address: str) -> Iterator[_Cluster]:
    """A cluster with a worker at least; ``NetworkError``, ``InputError`` without Dask."""
    client = _client(address)
    try:
        _wait(client, address)
        yield _Cluster(client)
    finally:
        client.close(timeout=2)


def strangers(address: str) -> list[str]:
    """The machines of a cluster that are not this one."""
    client = _client(address)
    try:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        return sorted({one["host"] for one in workers.values() if not is_here(one["host"])})
    finally:
        client.close(timeout=2)


def _client(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        reason, remedy = "--cluster needs Dask", "pip install 'pullquote[cluster]'"
        raise InputError(reason, remedy=remedy) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters comes as an error
    try:
        return Client(address, timeout=_WAIT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NetworkError("no scheduler answers", place=address, remedy=_START) from error


def _wait(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except TimeoutError as error:
        raise NetworkError("has no workers", place=address, remedy=_START) from error


def is_here(host: str) -> bool:
    """Whether an address is one of this machine: only those can be listened on."""
    try:
        family = socket.getaddrinfo(host, None)[0][0]
        with socket.socket(family) as tried:
            tried.bind((host, 0))
    except OSError:
        return False
    return True
