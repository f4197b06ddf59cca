"""The measurements of ``benchmarks.scale``: processes, memory, libraries of any size."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks import library_made, made_talks
from benchmarks.timing import Runs, Spread, cpu_ms, interleaved, ratio, spread
from bot.harvesting import Errand, Job, harvest_one
from bot.harvesting.task import let_go
from bot.model import Details
from bot.pipeline import Cast, Terms
from bot.settings import Config
from bot.sources import Reach, Source

_CHECKOUT = Path(__file__).parent.parent
_FRESH = 1_000_000  # the numbers of talks that no library has yet
_EVERY_S = 0.2
_LOOP = 3_000_000


@dataclass(frozen=True, slots=True)
class Scaling:
    """The same talks by one process and by two, in seconds, and the gain of each round.

    ``machine`` is the gain of two processes that only count, in the same rounds: what the machine
    had to give.
    """

    talks: int
    seconds: dict[int, Spread]
    gain: Spread
    machine: Spread


@dataclass(frozen=True, slots=True)
class Growth:
    """CPU milliseconds of one more talk in libraries of other sizes, and against the first.

    ``mb`` is how large each library's file is.
    """

    ms: dict[str, Spread]
    times: dict[str, Spread]
    mb: dict[str, float]


@dataclass(slots=True)
class Peaks:
    """The most memory in MB that each process of a tree had, by its id."""

    mb: dict[int, float] = field(default_factory=dict)

    @property
    def most(self) -> float:
        """Of the process that had the most."""
        return round(max(self.mb.values(), default=0.0), 1)


def scaling(folder: Path, talks: int, minutes: float, rounds: int) -> Scaling:
    """Harvest the same files with one process and with two, in turn."""
    made_talks.write(folder / "talks", range(talks), minutes)
    number = iter(range(10**6))

    def harvested(jobs: int) -> float:
        place = folder / f"scaling-{next(number)}.db"
        started = time.monotonic()
        harvest_folder(place, folder / "talks", jobs)
        return time.monotonic() - started

    tasks: dict[str, Callable[[], float]] = {
        **{str(jobs): partial(harvested, jobs) for jobs in (1, 2)},
        **{f"count {jobs}": partial(_counting, jobs) for jobs in (1, 2)},
    }
    runs = interleaved(tasks, rounds)
    alone = ratio(runs, "count 1", "count 2")  # as long, for twice the work
    machine = Spread(2 * alone.median, 2 * alone.least, 2 * alone.most)
    seconds = {jobs: spread(runs[str(jobs)]) for jobs in (1, 2)}
    return Scaling(talks, seconds, ratio(runs, "1", "2"), machine)


def _counting(processes: int) -> float:
    """Seconds in which so many processes count at once."""
    command = [sys.executable, "-c", f"for _ in range({_LOOP * 10}): pass"]
    started = time.monotonic()
    running = [subprocess.Popen(command) for _ in range(processes)]
    for one in running:
        one.wait()
    return time.monotonic() - started


def harvest_folder(place: Path, talks: Path, jobs: int) -> Peaks:
    """Harvest a folder by the command line, as a person would; the memory it took."""
    command = [sys.executable, "-m", "bot", "--library", str(place), "harvest", str(talks)]
    command += ["--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(_CHECKOUT)}
    with subprocess.Popen(
        command,
        cwd=place.parent,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as running:
        with _watched(running.pid) as peaks:
            _, said = running.communicate()
        if running.returncode:
            raise SystemExit(f"harvest failed: {said.decode()[-2000:]}")
    return peaks


@contextmanager
def _watched(root: int) -> Iterator[Peaks]:
    """The memory of a process and all below it, looked at several times a second."""
    peaks, over = Peaks(), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_S):
            for pid, mb in _tree(root):
                peaks.mb[pid] = max(mb, peaks.mb.get(pid, 0.0))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield peaks
    finally:
        over.set()
        watching.join()


def _tree(root: int) -> Iterator[tuple[int, float]]:
    """The processes of a tree with the most memory each had so far, in MB, as Linux tells it."""
    parents: dict[int, int] = {}
    most: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        except OSError:  # it ended just now
            continue
        pid = int(path.parent.name)
        parents[pid] = int(told["PPid"])
        most[pid] = int(told.get("VmHWM", "0 kB").split()[0]) / 1000
    for pid, mb in most.items():
        above = pid
        while above not in (root, 0):
            above = parents.get(above, 0)
        if above == root:
            yield pid, mb


def grown(folder: Path, sizes: Sequence[int], minutes: float) -> tuple[dict[str, Path], Peaks]:
    """A library of each size, the last one copied as it grew, and the memory that took."""
    made: dict[str, Path] = {}
    growing, peaks, first = folder / "growing.db", Peaks(), 0
    for size in sizes:
        talks = folder / f"talks-{size}"
        made_talks.write(talks, range(first, size), minutes)
        peaks.mb |= harvest_folder(growing, talks, 2).mb
        shutil.rmtree(talks)
        made[f"{size:,} talks"] = folder / f"library-{size}.db"
        shutil.copyfile(growing, made[f"{size:,} talks"])
        first = size
    return made, peaks


def million(path: Path, quotes: int) -> Path:
    """The library of ``benchmarks.library`` with so many quotes, made where it is not."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        library_made.make(path, quotes)
    return path


def growth(folder: Path, libraries: dict[str, Path], minutes: float, rounds: int) -> Growth:
    """Harvest one new talk after another into each library in turn."""
    fresh = iter(made_talks.write(folder / "fresh", range(_FRESH, _FRESH + rounds + 1), minutes))
    turn: list[Path] = []

    def kept(place: Path, *, first: bool) -> float:
        if first:
            turn[:] = [next(fresh)]
        return harvest_ms(place, turn[0])

    names = list(libraries)
    mb = {name: path.stat().st_size / 1e6 for name, path in libraries.items() if path.exists()}
    tasks = {name: partial(kept, libraries[name], first=name == names[0]) for name in names}
    runs: Runs = interleaved(tasks, rounds)
    let_go()
    ms = {name: spread(each) for name, each in runs.items()}
    return Growth(ms, {name: ratio(runs, name, names[0]) for name in names[1:]}, mb)


def harvest_ms(place: Path, talk: Path) -> float:
    """CPU milliseconds from a file to quotes in a library."""
    config = Config().harvest
    errand = Errand(str(place), Terms(config.keep), Reach(talk.parent, config.max_mb), 10)
    job = Job(0, Source(str(talk)), Details(), Cast())
    failures = []

    def work() -> None:
        outcome = harvest_one(errand, job)
        if outcome.fate != "harvested":
            failures.append(outcome)

    taken = cpu_ms(work)
    if failures:
        raise SystemExit(f"not harvested: {failures[0]}")
    return taken
