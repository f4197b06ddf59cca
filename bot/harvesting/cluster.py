"""A crew that is a Dask cluster (the extra ``cluster``): https://distributed.dask.org.

Dask hands a talk to another worker when it sees that the one who had it is gone: at once, or after
five minutes without a sign of life. What it does not see, or cannot mend, ends the run.
"""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from weakref import WeakSet

from bot.errors import InputError, NetworkError

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Far

T = TypeVar("T")
_LOOK_S = 0.2  # between two looks for the first worker
_EACH = 2  # talks in flight for each thread of a worker
_START = "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"
_GO_ON = "run the command again: it goes on where it was"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds.

    ``join_s`` for a scheduler, and for the first worker; ``ask_s`` between two looks at who is
    there; ``gone_s`` until a cluster without workers, or whose scheduler does not answer, is given
    up; ``silent_s`` until one is that has workers and talks in hand, of which none comes back.
    """

    join_s: float = 10
    ask_s: float = 10
    gone_s: float = 60
    silent_s: float = 900


PATIENCE = Patience()


class _Cluster:
    """A connected cluster; it hands a lost talk to other workers itself, four times in all."""

    deaths = 2  # so that a talk is tried once more alone: it may have died beside a guilty one

    def __init__(self, client: "Client", patience: Patience) -> None:
        from distributed import KilledWorker

        self.deadly: tuple[type[BaseException], ...] = (KilledWorker,)
        self._client, self._patience = client, patience
        self._flying: WeakSet[Far[Any]] = WeakSet()
        self._asked = self._heard = time.monotonic()
        self._missed: float | None = None  # since when nobody is there
        self._threads = sum((self._answer() or {}).values())

    @property
    def workers(self) -> int:
        """The threads of all workers there are: some may come, others go."""
        return max(1, self._threads)

    @property
    def room(self) -> int:
        """How many talks may be in flight."""
        return self.workers * _EACH

    def submit(self, work: Callable[..., T], /, *arguments: Any) -> "Future[T]":
        """Have a function called by a worker; from then on it is in hand, and called back by none.

        Not by Dask's own executor: one of its futures never ends when a result is lost with its
        worker while it is fetched.
        """
        from distributed.client import ClosedClientError

        try:
            far = self._client.submit(work, *arguments, pure=False)
        except ClosedClientError as error:
            raise _gone() from error
        loop = self._client.loop
        if loop is None:
            raise _gone()
        here: Future[T] = Future()
        here.set_running_or_notify_cancel()
        self._flying.add(far)
        self._heard = time.monotonic()
        loop.add_callback(self._bring, far, here)
        return here

    async def _bring(self, far: "Far[T]", here: "Future[T]") -> None:
        """Bring the outcome of a talk from its worker, whatever it is."""
        from distributed.scheduler import NoWorkerError

        try:
            here.set_result(await far)
        except CancelledError:  # by us, or as the connection to the scheduler broke
            here.set_exception(_gone())
        except NoWorkerError as error:  # where its scheduler is told not to wait for long
            here.set_exception(_deserted(error.timeout))
        except BaseException as error:  # noqa: BLE001 - it goes to whoever waits
            here.set_exception(error)
        self._heard = time.monotonic()

    def watch(self) -> None:
        """Look now and then who is there; ``NetworkError`` when it is no use to wait any longer."""
        now, patience = time.monotonic(), self._patience
        if now < self._asked + patience.ask_s:
            return
        answer = self._answer()
        self._asked, self._threads = time.monotonic(), sum((answer or {}).values())
        if self._threads:
            self._missed = None
        elif self._missed is None:
            self._missed = now
        elif now > self._missed + patience.gone_s:
            raise _gone() if answer is None else _deserted(patience.gone_s)
        if now > self._heard + patience.silent_s:
            raise _silent(patience.silent_s)

    def _answer(self) -> dict[str, int] | None:
        return _threads(self._client, self._patience.join_s)

    def renew(self) -> None:
        """The scheduler sees to new workers."""

    def drop(self) -> None:
        """Cancel what was not finished."""
        for far in list(self._flying):
            if not far.done():
                far.cancel()


@contextmanager
def joined(address: str, patience: Patience = PATIENCE) -> Iterator[_Cluster]:
    """A cluster with a worker at least; ``NetworkError``, ``InputError`` without Dask."""
    client = _client(address, patience)
    try:
        _wait(client, address, patience)
        yield _Cluster(client, patience)
    finally:
        client.close(timeout=2)


def strangers(address: str) -> list[str]:
    """The machines of a cluster that are not this one."""
    client = _client(address)
    try:
        workers = _threads(client, PATIENCE.join_s)
        if workers is None:
            raise _no_answer(address)
        hosts = {urlsplit(one).hostname or one for one in workers}
        return sorted(host for host in hosts if not is_here(host))
    finally:
        client.close(timeout=2)


def _client(address: str, patience: Patience = PATIENCE) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        reason, remedy = "--cluster needs Dask", "pip install 'pullquote[cluster]'"
        raise InputError(reason, remedy=remedy) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters comes as an error
    try:
        return Client(address, timeout=patience.join_s, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _no_answer(address) from error


def _wait(client: "Client", address: str, patience: Patience) -> None:
    """Wait for a worker; Dask's own function waits for ever for a scheduler that is frozen."""
    until = time.monotonic() + patience.join_s
    while not (workers := _threads(client, patience.join_s)):
        if workers is None:
            raise _no_answer(address)
        if time.monotonic() > until:
            raise NetworkError("has no workers", place=address, remedy=_START)
        time.sleep(_LOOK_S)


def _threads(client: "Client", seconds: float) -> dict[str, int] | None:
    """The threads of each worker by its address; None when the scheduler does not answer."""
    if client.status != "running":
        return None
    try:
        return dict(client.nthreads(callback_timeout=seconds))
    except (OSError, RuntimeError):
        return None


def _no_answer(address: str) -> NetworkError:
    return NetworkError("no scheduler answers", place=address, remedy=_START)


def _gone() -> NetworkError:
    return NetworkError("the cluster is gone, its scheduler does not answer", remedy=_GO_ON)


def _deserted(seconds: float) -> NetworkError:
    reason = f"the cluster had no worker for {seconds:g} s: they are gone"
    return NetworkError(reason, remedy=f"start workers with `dask worker ADDRESS` and {_GO_ON}")


def _silent(seconds: float) -> NetworkError:
    reason = f"no worker of the cluster brought a talk back for {seconds / 60:.2g} min"
    return NetworkError(reason, remedy=f"see whether they hang, then {_GO_ON}")


def is_here(host: str) -> bool:
    """Whether an address is one of this machine: only those can be listened on."""
    try:
        family = socket.getaddrinfo(host, None)[0][0]
        with socket.socket(family) as tried:
            tried.bind((host, 0))
    except OSError:
        return False
    return True
