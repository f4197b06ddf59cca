"""CPU time, taken in turns: A B C A B C, so that a noisy machine disturbs all of them alike."""

import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Runs = dict[str, tuple[float, ...]]  # what was timed → CPU milliseconds of each round


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds with the least and the most of them."""

    median: float
    least: float
    most: float


def spread(figures: Sequence[float]) -> Spread:
    """Median, least and most."""
    return Spread(median(figures), min(figures), max(figures))


def ratio(runs: Runs, slower: str, faster: str) -> Spread:
    """How many times as long one takes as another, compared round by round."""
    return spread([one / other for one, other in zip(runs[slower], runs[faster], strict=True)])


def interleaved(tasks: Mapping[str, Callable[[], float]], rounds: int) -> Runs:
    """Each task's own figures, the tasks in turn; one round before them warms up and is dropped."""
    taken = [{name: task() for name, task in tasks.items()} for _ in range(rounds + 1)]
    return {name: tuple(one[name] for one in taken[1:]) for name in tasks}


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of this process, all threads, for some work."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def command_ms(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """CPU milliseconds, user and system, of a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr}")
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
