"""How well the scorer finds what editors chose: ``python -m benchmarks.quotability``.

Without ``--episodes``: five folds over the episodes of ``--data`` (else PULLQUOTE_QUOTABILITY), no
episode scored by numbers that saw it; those of each fold lie in ``benchmarks/folds``. With it: that
file, by the weights as shipped and a plain logistic learned from the same episodes. Judged is the
score itself: the filters, which leave out what is never a quote, are not in it. Each figure has its
95 % interval over episodes.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import rankers
from benchmarks.episodes import FOLDS, METRICS, Episode, Numbers, by_metric, judge, read
from benchmarks.examples import all_spans
from benchmarks.held_out import PLAIN_FILE, by_fold, logits, out_of_fold
from benchmarks.material import episodes_of
from bot.errors import BotError
from bot.learned import scorer_weights

_SHIPPED, _PLAIN = "shipped", "logistic"

Scores = dict[str, list[Numbers]]  # ranker → for each episode the scores of its judged sentences
Judged = dict[str, Numbers]  # ranker → METRICS of each episode


def held_out(folder: Path) -> tuple[list[Episode], Scores]:
    """The episodes of a folder, each scored by what was learned from the other folds."""
    episodes = episodes_of(folder)
    spans = all_spans(episodes)
    fitted = [rankers.plain_of(episodes, spans, without=fold) for fold in range(FOLDS)]
    plain = [
        fitted[one.fold](found.rows[found.single])
        for one, found in zip(episodes, spans, strict=True)
    ]
    ours = out_of_fold(episodes, by_fold())
    return episodes, {_SHIPPED: ours, **_baselines(episodes), _PLAIN: plain}


def as_shipped(file: Path) -> tuple[list[Episode], Scores]:
    """The episodes of a file by what was learned from all others."""
    episodes, weights, plain = read(file), scorer_weights(), rankers.Plain.read(PLAIN_FILE)
    rows = (one.rows[one.single] for one in all_spans(episodes))
    return episodes, {
        _SHIPPED: [logits(one, weights) for one in episodes],
        **_baselines(episodes),
        _PLAIN: list(map(plain, rows)),
    }


def _baselines(episodes: Sequence[Episode]) -> Scores:
    return {
        name: [ranker(one)[one.judged] for one in episodes]
        for name, ranker in rankers.BASELINES.items()
    }


def figures(judged: Judged) -> dict[str, Any]:
    """Figures of the shipped scorer and, for each other, its own and the paired difference."""
    ours = judged[_SHIPPED]
    others = {name: rows for name, rows in judged.items() if name != _SHIPPED}
    return {
        **by_metric(ours),
        "episodes": len(ours),
        "baselines": {
            name: {**by_metric(rows), "ours_minus_it": by_metric(ours - rows)}
            for name, rows in others.items()
        },
    }


def by_source(episodes: Sequence[Episode], scores: Scores) -> dict[str, dict[str, Any]]:
    """``figures`` for each file the episodes come from, and for all where there are several."""
    sources = dict.fromkeys(one.source for one in episodes)
    found = {}
    for source in (*sources, *(("all",) if len(sources) > 1 else ())):
        places = [at for at, one in enumerate(episodes) if source in (one.source, "all")]
        some = [episodes[at] for at in places]
        judged = {name: judge(some, [each[at] for at in places]) for name, each in scores.items()}
        if len(judged[_SHIPPED]):
            found[source] = figures(judged)
    return found


def main(
    episodes: Annotated[Path | None, typer.Option(help="Judge this file only.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the episodes to learn from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the figures of the scorer beside those of its baselines."""
    folder = data or os.environ.get("PULLQUOTE_QUOTABILITY")
    if not (episodes or folder):
        typer.echo("error: nothing to judge: give --episodes FILE or --data FOLDER", err=True)
        raise typer.Exit(2)
    try:
        found = by_source(*(as_shipped(episodes) if episodes else held_out(Path(folder or ""))))
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    if not found:
        typer.echo("error: no episode of which some was chosen and some not", err=True)
        raise typer.Exit(3)
    *_, (_, whole) = found.items()
    if as_json:
        more = {"by_file": found} if len(found) > 1 else {}
        typer.echo(json.dumps({**whole, **more}))
        return
    for name, result in found.items():
        _show(name, result)


def _show(name: str, result: dict[str, Any]) -> None:
    table = Table(title=f"{name}: {result['episodes']} episodes", title_justify="left")
    table.add_column("scorer")
    for metric in (*METRICS, "our AUC − its"):
        table.add_column(metric, justify="right")
    table.add_row(_SHIPPED, *(_cell(result, metric) for metric in METRICS), "")
    for other, figures in result["baselines"].items():
        cells = (_cell(figures, metric) for metric in METRICS)
        table.add_row(other, *cells, _cell(figures["ours_minus_it"], "auc"))
    Console(width=150).print(table)


def _cell(figures: dict[str, Any], metric: str) -> str:
    low, high = figures["intervals"][metric]
    return f"{figures[metric]:.3f} ({low:.3f}–{high:.3f})"


if __name__ == "__main__":
    typer.run(main)
