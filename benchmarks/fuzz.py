"""Damaged transcripts, read or refused and nothing else: ``python -m benchmarks.fuzz --cases N``.

Every sample of the project, and of ``--samples FOLDER`` (or PULLQUOTE_SAMPLES), is damaged by named
mutators and read through to spans, every tenth through to a library and its proofs. Counted are
tracebacks, cases over their time (hangs) and the most memory a worker took beyond its start. Exits
with 1 for any traceback or hang, for more memory than 150 MB and ten times the file, and when a
format had fewer than one case in 200.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.mutators import MUTATORS
from bot.errors import BotError

OWN = Path(__file__).parent.parent / "tests/transcripts/samples"
_SECONDS, _SECONDS_PER_MB = 5, 20
_MB, _TIMES = 150, 10
_KEPT_EACH = 10
_OF_A_FORMAT = 200  # of each format at least one case in so many
_LARGE = 200_000  # bytes, beyond which a file is drawn a tenth as often


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged file: which, how, and the seed that does it again."""

    path: Path
    mutator: str
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case; ``fault`` is empty when it was read or refused in one line."""

    case: Case
    what: str
    fault: str
    grown_mb: float
    allowed_mb: float


def cases(paths: list[Path], count: int, seed: int) -> Iterator[Case]:
    """Every file in turn, large ones less often, every mutator in turn."""
    chance = random.Random(seed)
    names = list(MUTATORS)
    made = 0
    while made < count:
        for path in paths:
            if path.stat().st_size > _LARGE and chance.random() > 0.1:
                continue
            yield Case(path, names[made % len(names)], chance.randrange(2**32))
            made += 1
            if made == count:
                return


def run(case: Case) -> Outcome:
    """Damage a file and read it through to spans."""
    from bot.transcripts import read_bytes

    raw = case.path.read_bytes()
    damaged = MUTATORS[case.mutator](raw, random.Random(case.seed)) if raw else raw
    before_mb = _peak_mb()
    size_mb = len(damaged) / 1e6
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS + _SECONDS_PER_MB * size_mb)
    what, fault = "refused", ""
    try:
        transcript = read_bytes(damaged, case.path.name)
        what = _through(transcript)
        if case.seed % _KEPT_EACH == 0:
            _kept(transcript)
    except BotError as error:
        fault = "more than one line" if "\n" in str(error) else ""
    except TimeoutError as error:
        fault = "hang" if str(error) == "fuzz" else f"traceback: {error!r}"
    except Exception as error:  # noqa: BLE001 - that there is none is what is tested
        fault = f"traceback: {error!r}"[:300]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Outcome(case, what, fault, _peak_mb() - before_mb, _MB + _TIMES * size_mb)


def _through(transcript: Any) -> str:
    from functools import partial

    from bot.scoring.spans import spans
    from bot.scoring.survey import Survey
    from bot.sentences import sentences, stream
    from bot.wording import trimmed

    try:
        found = sentences(stream(transcript.cues))
    except TimeoutError as error:
        if str(error) == "fuzz":
            raise
        return "refused"  # nltk gives up on runs of marks; the pipeline says so in one line
    for _ in spans(Survey(found[:2000]), partial(trimmed, light=True)):
        pass
    starts: dict[str | None, int] = {}
    for one in found:
        if one.start_ms < starts.get(one.speaker, one.start_ms):
            raise AssertionError(f"time runs backwards at {one.start_ms}")
        starts[one.speaker] = one.start_ms
    return str(transcript.format)


def _kept(transcript: Any) -> None:
    """Harvest into a library in memory, and prove what it keeps."""
    from datetime import UTC, datetime

    from bot.library import Library
    from bot.model import Details
    from bot.pipeline import Cast, Terms, harvest, understood
    from bot.store import open_store

    with open_store("sqlite://") as store:
        library = Library(store)
        harvest(understood(transcript, Cast()), Details(), library, Terms(40), datetime.now(UTC))
        if found := library.verify():
            raise AssertionError(f"not proved: {found[0].reason}")


def _too_long(*_: object) -> None:
    raise TimeoutError("fuzz")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _own(outcomes: list[Outcome]) -> Iterator[str]:
    """The format of each case that was made of the project's own samples, one for each format."""
    return (one.case.path.stem for one in outcomes if one.case.path.parent == OWN)


def main(
    count: Annotated[int, typer.Option("--cases", min=1, help="How many.")] = 1000,
    samples: Annotated[Path | None, typer.Option(help="A folder of real transcripts.")] = None,
    seed: Annotated[int, typer.Option(help="For other cases, another number.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read damaged transcripts and count what goes wrong."""
    folder = samples or (Path(named) if (named := os.environ.get("PULLQUOTE_SAMPLES")) else None)
    paths = sorted(OWN.iterdir())
    paths += [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder else []
    began = time.monotonic()
    with ProcessPoolExecutor(2, max_tasks_per_child=2000) as pool:
        outcomes = list(pool.map(run, cases(paths, count, seed), chunksize=50))
    faults = [one for one in outcomes if one.fault]
    heavy = [one for one in outcomes if one.grown_mb > one.allowed_mb]
    formats = Counter(one.what for one in outcomes)
    row = {
        "cases": len(outcomes),
        "tracebacks": sum(one.fault != "hang" for one in faults),
        "hangs": sum(one.fault == "hang" for one in faults),
        "peak_mb": round(max(one.grown_mb for one in outcomes), 1),
        "over_memory": len(heavy),
        "seconds": round(time.monotonic() - began),
        "formats": dict(formats.most_common()),
        "least_of_a_format": min(Counter(_own(outcomes)).values(), default=0),
        "mutators": dict(Counter(one.case.mutator for one in outcomes)),
    }
    print(
        json.dumps(row, indent=2) if as_json else "\n".join(f"{k:<12}{v}" for k, v in row.items())
    )
    for one in (*faults, *heavy)[:20]:
        print(
            f"{one.case.path.name}  {one.case.mutator}  {one.case.seed}  {one.fault}",
            file=sys.stderr,
        )
    least = count // _OF_A_FORMAT
    if few := [name for name, cases_of in Counter(_own(outcomes)).items() if cases_of < least]:
        print(f"fewer than {least} cases of: {', '.join(sorted(few))}", file=sys.stderr)
    if faults or heavy or few:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
