"""Processes that run cases, and are made anew when a case kills or stops them."""

import importlib
import multiprocessing
import resource
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from benchmarks.fuzz_cases import HANG, Case, Outcome, run
from benchmarks.fuzz_door import Door

_AT_ONCE = 16  # cases a process is given ahead
_OLD = 4000  # cases after which a process is made anew
_PATIENCE = 12  # times a case's seconds of the processor, until its process is taken for dead
_LARGEST = 6_000_000_000  # bytes of addresses: a bomb must not take the machine with it


class _Hand:
    """One process, the cases it has been given, and since when it is at the first of them."""

    def __init__(self, registry: str) -> None:
        self._registry = registry
        self.given: deque[Case] = deque()
        self.since: float | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._registry), daemon=True)
        self._process.start()
        theirs.close()
        self.done, self.since = 0, None
        for case in self.given:
            self.pipe.send(case)

    def give(self, case: Case) -> None:
        if not self.given and self.since is not None:
            self.since = time.monotonic()
        self.given.append(case)
        with suppress(OSError):  # a process that is dead is found so when it is asked
            self.pipe.send(case)

    def take(self) -> Outcome | None:
        """What the process tells of its first case: also that it died of it; None: it has begun."""
        try:
            found: Outcome | None = self.pipe.recv()
        except (EOFError, OSError):
            return self.lost(f"killed: its process ended with {self._ended()}")
        self.since = time.monotonic()
        if found is None:
            return None
        self.given.popleft()
        self.done += 1
        if found.fault == HANG or (self.done > _OLD and not self.given):
            self.end()
            self._start()
        return found

    def lost(self, fault: str) -> Outcome:
        """The first case did not come back; the others go to a new process."""
        outcome = Outcome(self.given.popleft(), fault=fault)
        self.end()
        self._start()
        return outcome

    def end(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()

    def _ended(self) -> int | None:
        self._process.join(5)
        return self._process.exitcode


def outcomes(
    cases: Iterator[Case], doors: dict[str, Door], registry: str, workers: int = 2
) -> Iterator[Outcome]:
    """What became of each case, as they come; ``registry`` is the module that has ``DOORS``."""
    hands = [_Hand(registry) for _ in range(workers)]
    try:
        while True:
            for hand in hands:
                while len(hand.given) < _AT_ONCE and hand.done + len(hand.given) <= _OLD:
                    if (case := next(cases, None)) is None:
                        break
                    hand.give(case)
            busy = {hand.pipe: hand for hand in hands if hand.given}
            if not busy:
                return
            ready = wait([*busy], timeout=1)
            yield from filter(None, [busy[pipe].take() for pipe in ready])  # type: ignore[index]
            yield from (hand.lost(HANG) for hand in hands if hand.given and _stuck(hand, doors))
    finally:
        for hand in hands:
            hand.end()


def _stuck(hand: _Hand, doors: dict[str, Door]) -> bool:
    """Whether a case is kept where no signal reaches, or sleeps."""
    door = doors[hand.given[0].door]
    began = hand.since if hand.since is not None else time.monotonic()  # it is still being started
    return time.monotonic() - began > _PATIENCE * (door.seconds + door.seconds_per_mb)


def _work(pipe: Connection, registry: str) -> None:
    doors: dict[str, Door] = importlib.import_module(registry).DOORS
    resource.setrlimit(resource.RLIMIT_AS, (_LARGEST, _LARGEST))
    with suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send(None)
        while True:
            case: Case = pipe.recv()
            pipe.send(run(doors[case.door], case))
