"""How first lines read: ``python -m benchmarks.graded [--talks FOLDER] [--data FOLDER]``.

Of every English talk of a folder, and of episodes by numbers that did not see them, the first ten
lines are looked up among those that readers graded (``grades``); lines that nobody graded are
counted and left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.episodes import Episode
from benchmarks.examples import candidates
from benchmarks.grades import Grades, key, load
from benchmarks.held_out import by_fold
from benchmarks.material import episodes_of
from bot import scoring
from bot.errors import BotError
from bot.model import Details
from bot.pipeline import Cast, Terms, rank, read_talk
from bot.scoring.reader import Reader
from bot.scoring.select import select
from bot.scoring.weights import Weights
from bot.settings import Config

_FIRST = 10
_GRADES = ("3", "2", "1", "L", "0")
_HALVES = {"2.5": "2", "1.5": "2", "0.5": "0"}  # counted as the even one
_LEAST_SENTENCES = 60  # of a talk
HEADS = f"{'first ten of':<20}{'lines':>6}{'graded':>8}" + "".join(f"{one:>7}" for one in _GRADES)


def of_talks(folder: Path, *, semantic: bool = False) -> Iterator[list[str]]:
    """The first lines of each English talk of a folder."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            reading = read_talk(path, Cast(), Config().harvest.max_mb)
        except BotError:
            continue
        ranked = rank(reading, Details(), Terms(_FIRST, semantic=semantic))
        if ranked.language == "en" and len(reading.sentences) >= _LEAST_SENTENCES:
            yield [one.shown for one in ranked.candidates]


def of_episode(episode: Episode, weights: Weights, reader: Reader | None = None) -> list[str]:
    """The first lines of the guest of an episode."""
    survey, found = candidates(episode)
    scored = scoring.score(found, survey, weights, reader=reader)
    return [one.span.shown for one in select(scored, _FIRST)]


def told(name: str, lists: Sequence[Sequence[str]], grades: Grades) -> str:
    """One line of the table: lines, how many are graded, the share of each grade."""
    lines = dict.fromkeys(line for one in lists for line in one)  # copies of a talk count once
    known = [grades[key(line)] for line in lines if key(line) in grades]
    counts = Counter(_HALVES.get(one, one) for one in known)
    shares = "".join(f"{counts[grade] / max(1, len(known)):>7.0%}" for grade in _GRADES)
    return f"{name:<20}{len(lines):>6}{len(known):>8}{shares}"


def main(
    talks: Annotated[Path | None, typer.Option(help="Folder of transcripts.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of episodes.")] = None,
) -> None:
    """Print how the first ten of each list were graded."""
    grades = load()
    typer.echo(HEADS)
    if talks:
        typer.echo(told("talks", list(of_talks(talks)), grades))
    if data:
        weights = by_fold()
        found = episodes_of(data)
        for source in dict.fromkeys(one.source for one in found):
            lists = [of_episode(one, weights[one.fold]) for one in found if one.source == source]
            some = [one for one in lists if any(key(line) in grades for line in one)]
            typer.echo(told(source, some, grades))


if __name__ == "__main__":
    typer.run(main)
