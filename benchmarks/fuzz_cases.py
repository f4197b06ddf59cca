"""One damaged input at one door: which, what became of it, how long and how much it took."""

import gc
import itertools
import random
import resource
import signal
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.fuzz_door import Door, Sample
from benchmarks.mutators import damaged, fitting
from bot.errors import BotError

_LARGE = 200_000  # bytes, beyond which a sample is taken a tenth as often
_PEAK = Path("/proc/self/clear_refs")
_ROOT = Path(__file__).parent.parent
HANG = "hang"


@dataclass(frozen=True, slots=True)
class Case:
    """A door, one of its samples, how that is damaged, and the seed that does it again."""

    door: str
    sample: str
    mutator: str
    seed: int

    def __str__(self) -> str:
        return f"{self.door}:{self.sample}:{self.mutator}:{self.seed}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    ``accepted`` is what it was taken for, empty where it was refused in one line; ``fault`` is
    empty when it was one of the two, and ``place`` is where a traceback ends in our code.
    """

    case: Case
    accepted: str = ""
    fault: str = ""
    place: str = ""
    grown_mb: float = 0
    allowed_mb: float = 0

    @property
    def heavy(self) -> bool:
        """Whether it took more memory than its door allows."""
        return self.grown_mb > self.allowed_mb


class _Hang(BaseException):
    """A case took its time, and more; nobody may catch this but us."""


def read_case(text: str) -> Case:
    """A case from its words, ``DOOR:SAMPLE:MUTATOR:SEED``; ``ValueError``."""
    door, _, rest = text.partition(":")
    sample, mutator, seed = rest.rsplit(":", 2)
    return Case(door, sample, mutator, int(seed))


@cache
def samples_of(door: Door) -> dict[str, Sample]:
    """The samples of a door by their names, read once for a process."""
    return {one.name: one for one in door.samples()}


def cases(doors: Mapping[str, Door], count: int, seed: int) -> Iterator[Case]:
    """So many cases: doors by their shares, of each every sample and every mutator in turn."""
    chance = random.Random(seed)
    order = [name for name, door in doors.items() for _ in range(door.share)]
    chance.shuffle(order)
    turns = {name: _turns(door, random.Random(f"{name} {seed}")) for name, door in doors.items()}
    for name in itertools.islice(itertools.chain(doors, itertools.cycle(order)), count):
        sample, mutator = next(turns[name])
        yield Case(name, sample, mutator, chance.randrange(2**32))


def _turns(door: Door, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Samples and mutators of a door without end: its own every second time, large ones seldom."""
    found = [*samples_of(door).values()]
    sides = [[one for one in found if one.own is own] for own in (True, False)]
    wheels = [_round(side, chance) for side in sides if side]
    while True:
        for wheel in wheels:
            yield next(wheel)


def _round(samples: list[Sample], chance: random.Random) -> Iterator[tuple[str, str]]:
    for turn in itertools.count(chance.randrange(100)):
        for at, one in enumerate(samples):
            if len(one.raw) > _LARGE and len(samples) > 1 and chance.random() > 0.1:
                continue
            names = fitting(one.kinds)
            yield one.name, names[(turn + at) % len(names)]


def input_of(door: Door, case: Case) -> bytes:
    """The damaged bytes of a case."""
    sample = samples_of(door)[case.sample]
    return damaged(sample.raw, sample.kinds, case.mutator, case.seed)


def seconds_for(door: Door, size: int) -> float:
    """How long an input of so many bytes may keep the processor at a door."""
    return door.seconds + door.seconds_per_mb * size / 1e6


def run(door: Door, case: Case) -> Outcome:
    """Let a case in at its door."""
    raw = input_of(door, case)
    before_mb = _fresh_peak()
    accepted, fault, place = "", "", ""
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds_for(door, len(raw)))
    try:
        accepted = door.run(case.sample, raw)
    except BotError as error:
        fault = f"more than one line: {error!s}" if "\n" in str(error) else ""
        place = _place(error) if fault else ""
    except _Hang as error:
        fault, place = HANG, _place(error)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - that there is none is what is tested
        fault, place = f"traceback: {error!r}"[:300], _place(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    allowed = door.mb + door.times * len(raw) / 1e6
    return Outcome(case, accepted, fault, place, _peak_mb() - before_mb, allowed)


def _too_long(*_: object) -> None:
    raise _Hang


def _place(error: BaseException) -> str:
    """The last line of our own that a traceback goes through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if one.filename.startswith(str(_ROOT / "bot"))] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""


def _fresh_peak() -> float:
    """The memory of this process now in MB, from which its peak is counted anew (on Linux)."""
    gc.collect(0)
    try:
        _PEAK.write_text("5")
    except OSError:
        return _peak_mb()
    return _told("VmRSS:")


def _peak_mb() -> float:
    return _told("VmHWM:") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _told(name: str) -> float:
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1000 for line in lines if line.startswith(name)), 0.0)


def tried(door: Door, case: Case) -> Any:
    """Let a case in with nothing caught: for a person who looks for what is wrong."""
    return door.run(case.sample, input_of(door, case))
