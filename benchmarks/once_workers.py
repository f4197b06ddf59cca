"""Workers of ``benchmarks.once``: forked from a warm parent, killed at random, replaced at once."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from random import Random

from benchmarks.once_posts import Ground, doing, settled
from benchmarks.once_servers import STALL_S, TIMEOUT_S
from bot.errors import BotError
from bot.networks import NETWORKS, Door, open_account
from bot.publishing.ledger import Claimed
from bot.publishing.outlets import Outlet
from bot.publishing.sending import Sender, Told
from bot.publishing.worker import Worker
from bot.store import Store, open_store

# Shorter than a call that stalls where the network has a key; elsewhere longer than one call.
_LEASE_S = {"x": 2.5}
_OTHER_LEASE_S = 1.0
_FIRST_WAIT_S = 0.06
_IDLE_S = 0.2
_QUIET_S = STALL_S + 0.5  # after the last worker: what stalled has arrived by then
_LATEST_KILL = 0.9  # of the posts settled: until then there is something to kill


class Naive(Sender):
    """What most bots do: after an answer that was lost, send again. To see what that does."""

    def send(self, claimed: Claimed, outlet: Outlet) -> None:
        """Send, whatever was begun before."""
        super().send(replace(claimed, begun=False), outlet)


Say = Callable[[str, str, str], None]  # who, what happened, with which words


@dataclass
class Herd:
    """Workers on one ground; ``kills`` has how many posts are settled when the next one dies."""

    ground: Ground
    workers: int
    kills: list[int]
    chance: Random
    say: Say
    sender: type[Sender] = Sender
    killed: int = 0
    settled: int = 0
    over_at: float | None = None
    _store: Store = field(init=False)
    _alive: dict[str, BaseProcess] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._store = open_store(self.ground.place, create=False)

    def tick(self) -> bool:
        """Look, kill and replace; False when all is settled and nothing is on its way any more."""
        if self.over_at is not None:
            return time.monotonic() < self.over_at + _QUIET_S
        self.settled = settled(self._store)
        while self.kills and self.kills[0] <= self.settled < self.ground.posts and self._alive:
            self.kills.pop(0)
            time.sleep(self.chance.uniform(0, 0.03))
            self._kill(self.chance.choice(sorted(self._alive)))
        if self.settled >= self.ground.posts:
            self.end()
            self.over_at = time.monotonic()
        while self.over_at is None and len(self._alive) < self.workers:
            self._fork()
        return True

    def end(self) -> None:
        """End all workers."""
        for process in self._alive.values():
            process.kill()
            process.join()
        self._alive.clear()
        self._store.close()

    def _kill(self, name: str) -> None:
        process = self._alive.pop(name)
        process.kill()  # kill -9
        process.join()
        self.killed += 1
        self.say(name, "kill -9", f"while at: {doing(self._store, name)}; another takes its place")

    def _fork(self) -> None:
        name = f"{next(self._numbers)}"
        life = Life(name, os.getpid(), self.say, self.sender, self.chance.random())
        made = get_context("fork").Process(target=_work, args=(self.ground, life))
        made.start()
        self._alive[name] = made


def moments(posts: int, kills: int, chance: Random) -> list[int]:
    """When to kill, by how many posts are settled."""
    return sorted(int(chance.uniform(0, _LATEST_KILL * posts)) for _ in range(kills))


@dataclass(frozen=True)
class Life:
    """A worker's: under which name, until which process ends, told to whom, sending how."""

    name: str
    parent: int
    say: Say
    sender: type[Sender]
    seed: float


def _work(ground: Ground, life: Life) -> None:
    """Publish what is due, again and again, until killed."""

    def tell(told: Told) -> None:
        life.say(life.name, told.event, told.text)

    def alert(text: str) -> None:
        print(f"worker {life.name}: {text}", file=sys.stderr)

    reached = ground.reached
    door = Door(reached.secrets, reached.url, timeout_s=TIMEOUT_S)
    network = open_account(NETWORKS[ground.network], door)
    lease = timedelta(seconds=_LEASE_S.get(ground.network, _OTHER_LEASE_S))
    with suppress(KeyboardInterrupt), open_store(ground.place, create=False) as store:
        sender = life.sender(store, _now, tell, Random(life.seed), _FIRST_WAIT_S)
        worker = Worker(life.name, sender, alert, lease=lease, rest=lease)
        outlet = Outlet(ground.account, lambda: network)
        while os.getppid() == life.parent:
            try:
                worker.run([outlet])
            except BotError as error:
                alert(str(error))
            time.sleep(_IDLE_S)


def _now() -> datetime:
    return datetime.now(UTC)
