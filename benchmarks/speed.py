"""How fast is it: ``python -m benchmarks.speed [TRANSCRIPT] [--json] [--rounds N] [--no-venv]``.

Quotes of a talk against LexRank (sumy 0.13), a card against Pillow 13 as tutorials use it, and
what commands cost from nothing. All in one run, in CPU milliseconds, in interleaved rounds; the
versions at hand stand in the heading.
"""

import argparse
import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import speed_cards, speed_quotes, speed_start
from benchmarks.harvesting import harvested
from benchmarks.timing import Runs, Spread, interleaved, ratio, spread
from bot.pipeline import Harvest

SAMPLE = speed_start.CHECKOUT / "assets/sample/small-libraries.txt"
PEERS = ("sumy", "numpy", "pillow")
# what is slower, and what it is compared to
PAIRS = [
    ("LexRank", "pullquote"),
    ("LexRank, stop words", "pullquote"),
    *(("tutorial", f"square/{theme}") for theme in speed_cards.THEMES),
    ("--help", "bare python"),
    ("harvest", "bare python"),
]


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison: its title and every round of every contender."""

    title: str
    runs: Runs


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    with TemporaryDirectory(prefix="pullquote-speed-") as name:
        folder = Path(name)
        python = None if options.no_venv else speed_start.install(folder)
        found = harvested(options.transcript, options.speaker)
        parts = _parts(options, found, folder, python)
    if options.json:
        print(json.dumps(_document(options, found, parts, python), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_heading(options, found, python), *_tables(parts)]))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.speed", description=__doc__)
    parser.add_argument("transcript", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--speaker", default="Somebody", help="needed where the file names people")
    parser.add_argument("--rounds", type=int, default=7, help="5 or more give a fair median")
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.add_argument("--no-venv", action="store_true", help="start commands as this run started")
    return parser.parse_args(arguments)


def _parts(
    options: argparse.Namespace, found: Harvest, folder: Path, python: Path | None
) -> list[Part]:
    talk, quotes = found.kept.talk, found.kept.quotes[: speed_quotes.ASKED]
    named = options.transcript, options.speaker
    return [
        Part("transcript → quotes", interleaved(speed_quotes.tasks(*named), options.rounds)),
        Part("quote → card", interleaved(speed_cards.tasks(quotes, talk), options.rounds)),
        Part(
            "a command from nothing",
            interleaved(speed_start.tasks(*named, folder, python), options.rounds),
        ),
    ]


def _ratios(parts: Sequence[Part]) -> dict[str, Spread]:
    runs = {name: rounds for part in parts for name, rounds in part.runs.items()}
    return {f"{slower} / {faster}": ratio(runs, slower, faster) for slower, faster in PAIRS}


def _machine() -> dict[str, str | int]:
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.machine()}",
        **{name: version(name) for name in PEERS},
    }


def _transcript(path: Path, found: Harvest) -> dict[str, str | int]:
    sentences = found.reading.sentences
    return {
        "name": path.name,
        "words": sum(len(one.text.split()) for one in sentences),
        "sentences": len(sentences),
        "spans": found.ranked.weighed,
        "kept": len(found.kept.quotes),
        "drawn": len(found.kept.quotes[: speed_quotes.ASKED]),
    }


def _document(
    options: argparse.Namespace, found: Harvest, parts: Sequence[Part], python: Path | None
) -> dict[str, object]:
    return {
        "machine": _machine(),
        "transcript": _transcript(options.transcript, found),
        "rounds": options.rounds,
        "start": speed_start.described(python),
        "cpu_ms": {
            part.title: {name: asdict(spread(rounds)) for name, rounds in part.runs.items()}
            for part in parts
        },
        "ratios": {name: asdict(one) for name, one in _ratios(parts).items()},
    }


def _heading(options: argparse.Namespace, found: Harvest, python: Path | None) -> list[str]:
    machine, talk = _machine(), _transcript(options.transcript, found)
    return [
        " · ".join(f"{key} {value}" for key, value in machine.items()),
        f"{talk['name']}: {talk['words']} words, {talk['sentences']} sentences, "
        f"{talk['spans']} spans; {talk['kept']} quotes kept, {talk['drawn']} drawn",
        f"medians of {options.rounds} interleaved rounds, CPU time; "
        "LexRank reads the file too, as sumy has it, then with the stop words of its README",
        f"commands run in {speed_start.described(python)}",
    ]


def _tables(parts: Sequence[Part]) -> list[str]:
    lines = []
    for part in parts:
        lines += ["", f"{part.title:<40}{'CPU ms':>9}{'min – max':>20}{'a second':>11}"]
        for name, rounds in part.runs.items():
            one = spread(rounds)
            lines.append(f"  {name:<38}{one.median:>9.1f}{_range(one):>20}{_rate(one):>11}")
    lines += ["", f"{'how many times as long':<40}{'ratio':>9}{'min – max':>20}"]
    for name, one in _ratios(parts).items():
        lines.append(f"  {name:<38}{one.median:>9.1f}{_range(one):>20}")
    return lines


def _range(one: Spread) -> str:
    return f"{one.least:.1f} – {one.most:.1f}"


def _rate(one: Spread) -> str:
    return f"{1000 / one.median:.1f}"


if __name__ == "__main__":
    main()
