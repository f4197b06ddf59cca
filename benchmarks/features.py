"""How well each feature alone finds what editors chose: ``python -m benchmarks.features``.

Prints the table of docs/scorer.md: for each feature its mean AUC by episode (above .5: the more of
it, the likelier chosen), for edited transcripts and raw recognition; for each table of n-grams that
of its points out of fold. Then what is lost when a group of features, or a table, says nothing,
and how many quotations, and how many judged sentences, have the figures weighed by hand.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks import examples
from benchmarks.episodes import Episode, Numbers, auc
from benchmarks.examples import Spans, all_spans
from benchmarks.held_out import by_fold, contributions, out_of_fold
from benchmarks.learning import FIGURES
from benchmarks.material import episodes_of
from benchmarks.quotations import quotations
from bot.errors import BotError
from bot.scoring import NAMES
from bot.scoring.features import FEATURES, READ_ALONE, TABLES

_OPEN = -1e9  # every sentence is above it: the table at the top says what it knows


def alone(episodes: Sequence[Episode], found: Sequence[Spans]) -> dict[str, Numbers]:
    """For each feature its AUC in each episode; nan where nothing is chosen, or nothing known."""
    return {
        feature.__name__: np.array(
            [
                _auc(spans.rows[spans.single, at], one)
                for one, spans in zip(episodes, found, strict=True)
            ]
        )
        for at, feature in enumerate(FEATURES)
    }


def groups() -> Mapping[str, set[str]]:
    """What is taken away together: the features of each file, and each table."""
    names: dict[str, set[str]] = {}
    for feature in FEATURES:
        kind = feature.__module__.rpartition(".")[2].removesuffix("_features")
        names.setdefault(kind, set()).add(feature.__name__)
    return {**names, **{table: {table} for table in TABLES if table != READ_ALONE}}


def _auc(values: Numbers, episode: Episode) -> float:
    known = not np.isnan(values).any()
    return auc(values, episode.labels) if known and episode.labels.any() else float("nan")


def _means(values: Sequence[float], episodes: Sequence[Episode]) -> dict[str, float]:
    """The mean of each source of episodes."""
    found: dict[str, list[float]] = {}
    for value, one in zip(values, episodes, strict=True):
        found.setdefault(one.source, []).append(value)
    return {source: _mean(each) for source, each in found.items()}


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return sum(known) / len(known) if known else float("nan")


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of what to learn from.")] = None,
) -> None:
    """Print the table of the docs."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", ""))
    try:
        episodes = episodes_of(folder)
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}; give --data or PULLQUOTE_QUOTABILITY", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    sources = list(dict.fromkeys(one.source for one in episodes))
    typer.echo(f"| feature | what it measures, and its source | {' | '.join(sources)} |")
    typer.echo("|---|---|" + "---|" * len(sources))
    spans = all_spans(episodes)
    by_name = alone(episodes, spans)
    for feature in FEATURES:
        means = _means(by_name[feature.__name__].tolist(), episodes)
        said = " ".join((feature.__doc__ or "").split())
        typer.echo(f"| `{feature.__name__}` | {said} | {_cells(means)} |")
    learned = [replace(one, top=_OPEN, craft={}) for one in by_fold()]
    parts = out_of_fold(episodes, learned, contributions)
    for table in TABLES:
        at = NAMES.index(table)
        values = [_auc(one[:, at], each) for one, each in zip(parts, episodes, strict=True)]
        typer.echo(f"| `{table}` | {_cells(_means(values, episodes))} |")
    everything = _total(parts, episodes, set())
    for name, without in groups().items():
        lost = {
            source: everything[source] - mean
            for source, mean in _total(parts, episodes, without).items()
        }
        typer.echo(f"without {name}: {_cells(lost)}")
    talk = np.concatenate([one.rows[one.single] for one in spans])
    quoted = examples.alone(quotations(folder / "quotes_merged.tsv"))
    for at, feature in enumerate(FEATURES):
        if feature.__name__ in FIGURES:
            both = {"quotations": quoted[:, at] > 0, "sentences": talk[:, at] > 0}
            counts = (f"{has.sum()} of {len(has)} {name}" for name, has in both.items())
            typer.echo(f"{feature.__name__}: {', '.join(counts)}")


def _total(
    parts: Sequence[Numbers], episodes: Sequence[Episode], without: set[str]
) -> dict[str, float]:
    kept = np.array([name not in {*without, READ_ALONE} for name in NAMES])
    scores = (one[:, kept].sum(axis=1) for one in parts)
    return _means([_auc(one, each) for one, each in zip(scores, episodes, strict=True)], episodes)


def _cells(means: Mapping[str, float]) -> str:
    return " | ".join(
        "–" if np.isnan(value) else f"{value:.3f}".replace("0.", ".", 1) for value in means.values()
    )


if __name__ == "__main__":
    typer.run(main)
