"""Where the time of a harvest goes: ``python -m benchmarks.profile [TRANSCRIPT…] [--json]``.

The stages of ``bot/pipeline.py`` and of the library's transaction, in CPU milliseconds, medians of
rounds over the files in turn. A talk is met for the first time by a process and a library (a new
SQLite file) that have met others. ``NAME=FILE`` names its speaker. Nothing of this is in the bot:
functions are wrapped from here, and what one calls of another is taken off.
"""

import argparse
import gc
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benchmarks.harvesting import read
from benchmarks.speed import SAMPLE
from bot.library import Library
from bot.model import Details
from bot.pipeline import Reading, Terms, harvest
from bot.settings import Config
from bot.store import Store, open_store

# stage → what of the bot it is, as the module that calls it knows it
STAGES = {
    "read the file": ("bot.pipeline.read",),
    "sentences": ("bot.pipeline.stream", "bot.pipeline.sentences"),
    "who speaks": ("bot.speakers.named", "bot.speakers.speakers_of", "bot.speakers.attribute"),
    "language, strange words": ("bot.pipeline.language_of", "bot.pipeline._strange_words"),
    "look the talk over": ("bot.pipeline.Survey",),
    "spans": ("bot.pipeline.spans",),
    "score": ("bot.scoring.score",),
    "select": ("bot.pipeline.select",),
    "candidates": ("bot.pipeline._candidate",),
    "keep: identity": ("bot.library.arrival",),
    "keep: pack": ("bot.library.talks.pack",),
    "keep: compress": ("bot.store.columns.isal_zlib.compress",),
    "keep: search index": ("bot.store.engine.catch_up", "bot.library.keep.index_new"),
    "keep: statements": ("bot.library.Library.glossary", "bot.library.Library.keep"),
}
REST = "rest"
_MS_AN_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Profile:
    """One file: its talk, the median CPU milliseconds in all and of each stage, ``REST`` last."""

    name: str
    hours: float
    sentences: int
    spans: int
    quotes: int
    total_ms: float
    stages_ms: dict[str, float]

    @property
    def rate(self) -> float:
        """Hours of talk a second of one core."""
        return 1000 * self.hours / self.total_ms


class Clock:
    """CPU milliseconds by stage; what a stage takes inside another is not the other's."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with its time taken; an iterator is gone through at once."""

        def timed(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            self._inside.append(0.0)
            try:
                found = function(*given, **named)
                return list(found) if isinstance(found, Iterator) else found
            finally:
                took = 1000 * (time.process_time() - start)
                self.spent[stage] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return timed


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """All ``STAGES`` under the clock."""
    with ExitStack() as stack:
        for stage, places in STAGES.items():
            for place in places:
                patched = patch(place, autospec=False)
                function = patched.get_original()[0]
                stack.enter_context(patch(place, clock.wrapped(stage, function)))
        yield


def one_round(transcript: Path, speaker: str, store: Store) -> tuple[dict[str, float], Profile]:
    """One harvest: the time of each stage and of all (``""``), and what was found."""
    clock = Clock()
    with watched(clock):
        start = time.process_time()
        reading = read(transcript, speaker)
        details = Details(speakers=reading.speakers)
        terms = Terms(Config().harvest.keep)
        found = harvest(reading, details, Library(store), terms, datetime.now(UTC))
        total = 1000 * (time.process_time() - start)
    spans, quotes = found.ranked.weighed, len(found.kept.quotes)
    about = (transcript.name, _hours(reading), len(reading.sentences), spans, quotes)
    return {**clock.spent, "": total}, Profile(*about, total, {})


def _hours(reading: Reading) -> float:
    return max((one.end_ms for one in reading.sentences), default=0) / _MS_AN_HOUR


def profiles(talks: Sequence[tuple[str, Path]], rounds: int) -> list[Profile]:
    """Every file over rounds in turn; one round before them warms up and is dropped."""
    taken: list[list[dict[str, float]]] = [[] for _ in talks]
    found: list[Profile] = []
    with TemporaryDirectory(prefix="pullquote-profile-") as name:
        new, place = Path(name, "new.db"), Path(name, "library.db")
        with open_store(new) as store, store.write():
            pass  # the tables
        with open_store(place) as store:
            for _ in range(rounds + 1):
                found = []
                for at, (speaker, transcript) in enumerate(talks):
                    shutil.copyfile(new, place)
                    spent, about = one_round(transcript, speaker, store)
                    taken[at].append(spent)
                    found.append(about)
    return [_summed(about, each[1:]) for about, each in zip(found, taken, strict=True)]


def _summed(about: Profile, rounds: Sequence[dict[str, float]]) -> Profile:
    total = median(one[""] for one in rounds)
    stages = {stage: median(one.get(stage, 0.0) for one in rounds) for stage in STAGES}
    stages[REST] = max(0.0, total - sum(stages.values()))
    return Profile(
        about.name, about.hours, about.sentences, about.spans, about.quotes, total, stages
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m benchmarks.profile", description=__doc__)
    parser.add_argument("talks", nargs="*", default=[str(SAMPLE)], metavar="[NAME=]FILE")
    parser.add_argument("--rounds", type=int, default=7, help="5 or more give a fair median")
    parser.add_argument("--json", action="store_true", help="print an array, an object a file")
    options = parser.parse_args(arguments)
    gc.set_threshold(200_000)  # as the command line has it
    named = [one.rpartition("=") for one in options.talks]
    found = profiles([(speaker, Path(file)) for speaker, _, file in named], options.rounds)
    if options.json:
        listed = [{**asdict(one), "hours_a_second": one.rate} for one in found]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_table(found)))


def _table(found: Sequence[Profile]) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        yield (
            f"{number}  {one.name}: {60 * one.hours:.0f} minutes, {one.sentences} sentences, "
            f"{one.spans} spans, {one.quotes} quotes"
        )
    yield ""
    yield "CPU ms, share of all".ljust(26) + "".join(f"{at:>15}" for at in range(1, len(found) + 1))
    for stage in (*STAGES, REST):
        shares = (f"{one.stages_ms[stage]:8.1f}{_share(one, stage):>6.0%} " for one in found)
        yield stage.ljust(26) + "".join(shares)
    yield "in all".ljust(26) + "".join(f"{one.total_ms:8.1f}       " for one in found)
    yield "talk-hours a second".ljust(26) + "".join(f"{one.rate:8.1f}       " for one in found)


def _share(one: Profile, stage: str) -> float:
    return one.stages_ms[stage] / one.total_ms


if __name__ == "__main__":
    main()
