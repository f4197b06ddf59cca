"""How often the scorer prefers the line that was chosen: ``python -m benchmarks.pairs``.

Four files of pairs, a chosen line and one that was not: podcasts (edited and raw) with their
episodes around them, movie lines and TED talks alone. No pair is scored by numbers that saw its
episode or movie; TED talks are in none. Half a point for a tie; 95 % intervals over groups.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.episodes import Episode, Numbers, fold_of
from benchmarks.held_out import by_fold, logits, logits_alone
from benchmarks.material import episodes_of
from benchmarks.quotations import Pair, pairs
from bot.errors import BotError
from bot.scoring.weights import Weights

FILES = (
    "lenny_pairs.tsv",
    "lex_pairs.tsv",
    "cornell_pairs.txt",
    "ted_description_quote_pairs.tsv",
)
_ROUNDS, _SEED = 2000, 7


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many pairs there are, how many groups, and in how many of a hundred we are right."""

    pairs: int
    groups: int
    context: bool
    accuracy: float
    interval: tuple[float, float]


def accuracy(found: Sequence[Pair], scores: Numbers) -> Accuracy:
    """The share of pairs whose chosen line scores higher, by groups drawn again and again.

    ``scores`` are those of the chosen line and of the other; shape (pairs, 2).
    """
    right = (scores[:, 0] > scores[:, 1]) + (scores[:, 0] == scores[:, 1]) / 2
    names, group = np.unique([pair.group for pair in found], return_inverse=True)
    sums, counts = np.bincount(group, right), np.bincount(group)
    draws = np.random.default_rng(_SEED).integers(0, len(names), (_ROUNDS, len(names)))
    drawn = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = (round(100 * float(one), 1) for one in np.percentile(drawn, (2.5, 97.5)))
    context = all(pair.places for pair in found)
    share = round(100 * float(right.mean()), 1)
    return Accuracy(len(found), len(names), context, share, (low, high))


def scored(
    found: Sequence[Pair], learned: Sequence[Weights], episodes: dict[str, Episode]
) -> Numbers:
    """The scores of both lines of each pair, in their episode where it is known."""
    rows = np.zeros((len(found), 2))
    groups: dict[str, list[int]] = {}
    for at, pair in enumerate(found):
        groups.setdefault(pair.group, []).append(at)
    for name, inside in groups.items():
        weights, episode = learned[fold_of(name)], episodes.get(name)
        places = [at for each in inside for at in found[each].places or ()]
        if episode and places:
            flat = logits(episode, weights, places)
        else:
            lines = [text for at in inside for text in (found[at].chosen, found[at].other)]
            flat = logits_alone(lines, weights)
        rows[inside] = flat.reshape(-1, 2)
    return rows


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of pairs and episodes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the accuracy on each file of pairs."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", ""))
    try:
        episodes = {one.name: one for one in episodes_of(folder)}
        files = {name: pairs(folder / name) for name in FILES}
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}; give --data or PULLQUOTE_QUOTABILITY", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    learned = by_fold()
    results = {
        name: accuracy(found, scored(found, learned, episodes)) for name, found in files.items()
    }
    if as_json:
        typer.echo(json.dumps({name: _plain(one) for name, one in results.items()}))
        return
    table = Table("pairs", "of", "scored", "right, % (95 %)")
    for name, one in results.items():
        where = "in their episode" if one.context else "alone, without context"
        low, high = one.interval
        table.add_row(name, f"{one.pairs} of {one.groups}", where, f"{one.accuracy} ({low}–{high})")
    Console(width=110).print(table)


def _plain(one: Accuracy) -> dict[str, Any]:
    return {
        "accuracy": one.accuracy,
        "interval": one.interval,
        "pairs": one.pairs,
        "groups": one.groups,
        "context": one.context,
    }


if __name__ == "__main__":
    typer.run(main)
