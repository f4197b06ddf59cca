"""What a model of meaning would bring, and what its pupils do: ``python -m benchmarks.distilled``.

Out of fold, by episode, before readers count at the top: the stack without meaning, with the tables
that learned from MiniLM (as shipped), and with MiniLM itself in their place. Where the group
``meaning`` is installed, also what the model costs for each sentence. Needs the vectors that
``benchmarks.train`` keeps.
"""

import os
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.episodes import FOLDS, METRICS, Numbers, by_metric, judge
from benchmarks.held_out import out_of_fold
from benchmarks.learning import STACK, learn
from benchmarks.material import Material, gather
from benchmarks.meaning import worked_out
from benchmarks.teaching import choice, seen
from bot.errors import BotError
from bot.scoring.weights import parse

_WITHOUT = {**STACK, "meaning": 0.0, "quotation": 0.0}
_TIMED = 256  # sentences


def rankings(material: Material) -> dict[str, list[Numbers]]:
    """For each way of ranking the scores of the judged sentences of each episode."""
    talks = material.talks
    found = {
        name: out_of_fold(
            talks.episodes, [parse(learn(material, fold, stack)) for fold in range(FOLDS)]
        )
        for name, stack in (("without meaning", _WITHOUT), ("tables taught by it", STACK))
    }
    teachers = [choice(talks, material.kept(fold)) for fold in range(FOLDS)]
    found["the model itself"] = [
        plain + STACK["meaning"] * (seen(talks, at) @ teachers[one.fold])
        for at, (one, plain) in enumerate(
            zip(talks.episodes, found["without meaning"], strict=True)
        )
    ]
    return found


def _rows(material: Material, scores: list[Numbers], source: str) -> Numbers:
    places = [at for at, one in enumerate(material.talks.episodes) if one.source == source]
    some = [material.talks.episodes[at] for at in places]
    return judge(some, [scores[at] for at in places])


def _cost(material: Material) -> str:
    texts = [one.text for one in material.talks.episodes[0].sentences[:_TIMED]]
    try:
        worked_out(texts)  # the first time loads it
    except BotError:
        return "what the model costs: not measured, its packages are not installed"
    start = time.process_time()
    worked_out(texts)
    each = 1000 * (time.process_time() - start) / len(texts)
    return f"the model: {each:.1f} ms of CPU a sentence, with loading it"


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of what to learn from.")] = None,
    cache: Annotated[Path, typer.Option(help="Where vectors are kept.")] = Path("build/vectors"),
) -> None:
    """Print the three rankings, with the paired difference to the first."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", ""))
    try:
        material = gather(folder, cache)
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}; give --data or PULLQUOTE_QUOTABILITY", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    found = rankings(material)
    for source in dict.fromkeys(one.source for one in material.talks.episodes):
        table = Table(title=source, title_justify="left")
        for column in ("stack", *METRICS, "AUC over the first"):
            table.add_column(column)
        first = _rows(material, found["without meaning"], source)
        for name, scores in found.items():
            rows = _rows(material, scores, source)
            table.add_row(name, *_cells(by_metric(rows)), _gain(by_metric(rows - first)))
        Console(width=120).print(table)
    typer.echo(_cost(material))


def _cells(figures: dict[str, Any]) -> list[str]:
    return [f"{figures[metric]:.3f}" for metric in METRICS]


def _gain(figures: dict[str, Any]) -> str:
    low, high = figures["intervals"]["auc"]
    return f"{figures['auc']:+.3f} ({low:+.3f} to {high:+.3f})"


if __name__ == "__main__":
    typer.run(main)
