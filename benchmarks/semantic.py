"""What reading brings and costs: ``python -m benchmarks.semantic --data FOLDER [--reader FILE]``.

Judged are the episodes of the folds that FILE, what is shipped or another that
``benchmarks.train_reader --without`` made, was not taught by, with numbers of the scorer that did
not see them either: how well what editors chose is found, with and without a reader, and how
readers graded the first ten lines. ``--talks FOLDER`` also judges the first ten of its English
talks, of which nothing is learned; ``--transcript FILE`` times a harvest's ranking.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.progress import track

from benchmarks.episodes import METRICS, Episode, Numbers, by_metric, judge
from benchmarks.graded import HEADS, of_episode, of_talks, told
from benchmarks.grades import key, load
from benchmarks.held_out import by_fold, logits
from benchmarks.material import episodes_of
from bot import learned, semantic
from bot.errors import BotError
from bot.model import Details
from bot.pipeline import Cast, Terms, rank, read_talk
from bot.settings import Config

Read = Callable[[Sequence[str]], Sequence[float]]

_ROUNDS = 9
_WAYS = ("as it is", "semantic")


def editors(episodes: Sequence[Episode], found: dict[str, list[Numbers]]) -> str:
    """How well each way finds what editors chose, and the paired difference, a line each."""
    rows = {name: judge(episodes, scores) for name, scores in found.items()}
    rows["difference"] = rows[_WAYS[1]] - rows[_WAYS[0]]
    lines = [f"{'what editors chose':<20}" + "".join(f"{one:>24}" for one in METRICS)]
    for name, each in rows.items():
        figures = by_metric(each)
        bounds = figures["intervals"]
        cells = (f"{figures[m]:.3f} ({bounds[m][0]:.3f} to {bounds[m][1]:.3f})" for m in METRICS)
        lines.append(f"{name:<20}" + "".join(f"{cell:>24}" for cell in cells))
    return "\n".join(lines)


def once(read: Read) -> Read:
    """A reader that remembers what it read."""
    known: dict[str, float] = {}

    def remembering(lines: Sequence[str]) -> list[float]:
        new = [*dict.fromkeys(line for line in lines if line not in known)]
        known.update(zip(new, read(new), strict=True))
        return [known[line] for line in lines]

    return remembering


def cost(transcript: Path) -> str:
    """The time of ranking a talk both ways: medians of interleaved rounds."""
    reading = read_talk(transcript, Cast(), Config().harvest.max_mb)
    taken: dict[str, list[float]] = {name: [] for name in _WAYS}
    for _ in range(_ROUNDS):
        for name in _WAYS:
            start = time.perf_counter()
            rank(reading, Details(), Terms(10, semantic=name == _WAYS[1]))
            taken[name].append(time.perf_counter() - start)
    medians = (f"{name} {np.median(each):.2f} s" for name, each in taken.items())
    return "ranking takes " + ", ".join(medians)


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of episodes.")] = None,
    reader: Annotated[
        Path, typer.Option(help="What was taught without some folds.")
    ] = learned.READER,
    talks: Annotated[Path | None, typer.Option(help="Folder of transcripts.")] = None,
    transcript: Annotated[Path | None, typer.Option(help="Talk whose ranking is timed.")] = None,
    most: Annotated[int, typer.Option(help="Episodes judged of each file.")] = 30,
) -> None:
    """Print the figures with and without a reader."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", ""))
    try:
        ours = semantic.load(reader, semantic.model_file())
        left_out = json.loads(reader.read_text(encoding="utf-8"))["provenance"]["without folds"]
        held_out = [one for one in episodes_of(folder) if one.fold in left_out]
    except (BotError, OSError, ImportError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    by_file: dict[str, list[Episode]] = {}
    for one in held_out:
        by_file.setdefault(one.source, []).append(one)
    episodes = [one for some in by_file.values() for one in some[:most]]
    ours = replace(ours, read=once(ours.read))
    weights, grades = by_fold(), load()
    scores: dict[str, list[Numbers]] = {name: [] for name in _WAYS}
    firsts: dict[str, list[list[str]]] = {name: [] for name in _WAYS}
    for one in track(episodes, "reading"):
        for name, by in zip(_WAYS, (None, ours), strict=True):
            scores[name].append(logits(one, weights[one.fold], reader=by))
            firsts[name].append(of_episode(one, weights[one.fold], by))
    for source in by_file:
        places = [at for at, one in enumerate(episodes) if one.source == source]
        some = {name: [each[at] for at in places] for name, each in scores.items()}
        typer.echo(f"{source}, {len(places)} episodes")
        typer.echo(editors([episodes[at] for at in places], some))
        typer.echo(HEADS)
        for name, each in firsts.items():
            lists = [each[at] for at in places if any(key(line) in grades for line in each[at])]
            typer.echo(told(name, lists, grades))
    if talks:
        typer.echo(HEADS)
        for name in _WAYS:
            found = of_talks(talks, semantic=name == _WAYS[1])
            typer.echo(told(f"talks, {name}", list(found), grades))
    if transcript:
        typer.echo(cost(transcript))


if __name__ == "__main__":
    typer.run(main)
