"""How far one machine goes: ``python -m benchmarks.scale [--json] [--quick] [FILE…]``.

Talk-hours a second of one core from file to quotes in a library, by kind of transcript, with the
share of each stage (made-up talks, and any files given); the gain of a second process beside what
the machine gives two processes that only count; the memory of each process over ten thousand
talks; what one more talk costs in libraries of 100, 1,000 and 10,000 talks and of a million quotes.
About a quarter of an hour; ``--quick`` is a hundredth of it, and proves nothing. ``--at`` keeps the
library of so many ``--quotes`` for the next run.
"""

import argparse
import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import made_talks
from benchmarks.profile import Profile, profiles
from benchmarks.scale_parts import Growth, Scaling, grown, growth, million, scaling
from benchmarks.timing import Spread

_SIZES, _QUOTES, _TALKS, _ROUNDS = (100, 1000, 10_000), 1_000_000, 144, 7
_SHORT = 12  # of the talks that make libraries large: a twelfth of the others
_QUICK_SIZES, _QUICK_QUOTES, _QUICK_TALKS, _QUICK_ROUNDS = (2, 4), 400, 2, 1


@dataclass(frozen=True, slots=True)
class Measured:
    """All of one run; ``peak_mb`` is of the process that took the most."""

    throughput: list[Profile]
    scaling: Scaling
    peak_mb: float
    growth: Growth

    @property
    def rate(self) -> float:
        """Hours of made-up talks a second of one core, all kinds together."""
        made = self.throughput[: len(made_talks.KINDS)]
        return 1000 * sum(one.hours for one in made) / sum(one.total_ms for one in made)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    with TemporaryDirectory(prefix="pullquote-scale-") as name:
        measured = _measured(options, Path(name))
    if options.json:
        whole = {"talk_hours_a_second_a_core": round(measured.rate, 2), **asdict(measured)}
        print(json.dumps(whole, indent=2))
    else:
        print("\n".join(_told(measured, options)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.scale", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="also these")
    parser.add_argument("--quick", action="store_true", help="small, to see that it runs")
    parser.add_argument("--minutes", type=float, default=36, help="of a made-up talk")
    parser.add_argument("--quotes", type=int, default=_QUOTES, help="of the largest library")
    parser.add_argument("--at", type=Path, help="where that library is kept")
    parser.add_argument("--json", action="store_true", help="print one object")
    return parser.parse_args(arguments)


def _measured(options: argparse.Namespace, folder: Path) -> Measured:
    quick, minutes = options.quick, options.minutes
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    made = made_talks.write(folder / "kinds", range(len(made_talks.KINDS)), minutes)
    # First, while this process is small: what a large one does is as much slower.
    throughput = profiles([("", path) for path in (*made, *options.files)], rounds)
    libraries, peaks = grown(folder, _QUICK_SIZES if quick else _SIZES, minutes / _SHORT)
    quotes = _QUICK_QUOTES if quick else options.quotes
    at = (options.at or folder) / f"quotes-{quotes}.db"
    libraries[f"{quotes:,} quotes"] = million(at, quotes)
    return Measured(
        throughput,
        scaling(folder, _QUICK_TALKS if quick else _TALKS, minutes, max(1, rounds // 2)),
        peaks.most,
        growth(folder, libraries, minutes / _SHORT, rounds * 4),
    )


def _told(measured: Measured, options: argparse.Namespace) -> Iterator[str]:
    yield f"python {platform.python_version()} · {os.cpu_count()} cores · {platform.machine()}"
    yield ""
    yield f"{'one core':<34}{'talk':>9}{'CPU ms':>10}{'talk-hours a second':>22}"
    for one in measured.throughput:
        minutes = f"{60 * one.hours:>5.0f} min"
        yield f"  {one.name[:30]:<32}{minutes}{one.total_ms:>10.0f}{one.rate:>22.1f}"
    yield f"  {'made-up talks together':<32}{'':>19}{measured.rate:>22.1f}"
    yield ""
    yield from _shares(measured.throughput)
    scaling = measured.scaling
    yield ""
    yield f"{f'{scaling.talks} talks of {options.minutes:.0f} minutes':<34}{'seconds':>9}"
    for jobs, seconds in scaling.seconds.items():
        yield f"  {jobs} {'process' if jobs == 1 else 'processes':<30}{seconds.median:>9.1f}"
    yield f"  {'gain':<32}{_times(scaling.gain):>20}"
    yield f"  {'gain of processes that only count':<34}{_times(scaling.machine):>18}"
    yield ""
    yield f"most memory of a process{'':<10}{measured.peak_mb:>9.0f} MB"
    yield ""
    more = f"one more talk of {options.minutes / _SHORT:.0f} minutes"
    yield f"{more:<34}{'file MB':>9}{'CPU ms':>9}"
    for name, ms in measured.growth.ms.items():
        times = measured.growth.times.get(name)
        size, more = measured.growth.mb[name], _times(times) if times else ""
        yield f"  {f'in {name}':<32}{size:>9,.1f}{ms.median:>9.1f}{more:>24}"


def _shares(throughput: Sequence[Profile]) -> Iterator[str]:
    """The share of each stage, the largest of all kinds first."""
    total = {
        stage: sum(one.stages_ms[stage] / one.total_ms for one in throughput)
        for stage in throughput[0].stages_ms
    }
    yield "share of each stage".ljust(34) + "".join(
        f"{one.name.rpartition('.')[2]:>8}" for one in throughput
    )
    for stage in sorted(total, key=lambda name: -total[name]):
        shares = (f"{one.stages_ms[stage] / one.total_ms:>8.0%}" for one in throughput)
        yield f"  {stage:<32}" + "".join(shares)


def _times(one: Spread) -> str:
    return f"× {one.median:.2f} ({one.least:.2f} – {one.most:.2f})"


if __name__ == "__main__":
    main()
