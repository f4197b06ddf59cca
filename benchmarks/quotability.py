"""How well the scorer finds what editors chose: ``python -m benchmarks.quotability``.

Without ``--episodes``: five folds over the episodes of ``--data`` (else PULLQUOTE_QUOTABILITY), no
episode scored by weights that saw it. With it: that file, by the weights as shipped; the plain
logistic then learns from ``--data``. Each figure has its 95 % interval over episodes.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import rankers
from benchmarks.episodes import (
    METRICS,
    Episode,
    Numbers,
    Ranker,
    by_metric,
    judge,
    out_of_fold,
    read,
)
from bot import scoring
from bot.errors import BotError
from bot.lexicon import tokens
from bot.pipeline import shipped_weights
from bot.scoring.filters import opening_refusal, refusals
from bot.scoring.spans import Span
from bot.wording import trimmed

FILES = ("lenny.jsonl.gz", "lex.jsonl.gz")
_SHIPPED = "shipped"
_REFUSED = 1000.0  # below every score of a sentence that no filter refuses


def shipped(episode: Episode) -> Numbers:
    """The scorer as it comes: sentences by their score, below them those it never quotes."""
    found = episode.sentences
    refused = refusals(found)
    spans = []
    for one in found:
        shown, edits = trimmed(one.text)
        spans.append(Span((one,), one.text, shown, edits, one.start_ms, one.end_ms))
    scored = scoring.score(spans, found, shipped_weights())
    out = [
        bool(refused[at]) or bool(opening_refusal(tokens(span.shown), span.shown))
        for at, span in enumerate(spans)
    ]
    logits = np.array([sum(reason.contribution for reason in one.reasons) for one in scored])
    return logits - _REFUSED * np.array(out)


Judged = dict[str, Numbers]  # ranker → METRICS of each episode


def judged_by(episodes: Sequence[Episode], rankings: dict[str, Ranker]) -> Judged:
    """What each ranker reaches on each episode."""
    return {name: judge(episodes, ranker) for name, ranker in rankings.items()}


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


def main(
    episodes: Annotated[Path | None, typer.Option(help="Judge this file only.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the episodes to learn from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the figures of the scorer beside those of its baselines."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", ""))
    try:
        known = {name: read(folder / name) for name in FILES if (folder / name).is_file()}
        judged = {episodes.name: read(episodes)} if episodes else known
    except BotError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(error.exit_code) from error
    if not judged:
        typer.echo("error: no episodes; give --episodes, --data or PULLQUOTE_QUOTABILITY", err=True)
        raise typer.Exit(2)
    learned = [one for each in known.values() for one in each]
    rankings: dict[str, Ranker] = {_SHIPPED: shipped, **rankers.BASELINES}
    if learned:
        fit = rankers.plain_logistic
        rankings["logistic"] = fit(learned) if episodes else out_of_fold(learned, fit)
    by_file = {name: judged_by(each, rankings) for name, each in judged.items()}
    whole = {name: np.concatenate([one[name] for one in by_file.values()]) for name in rankings}
    results = {name.split(".")[0]: figures(one) for name, one in by_file.items()}
    if as_json:
        more = {"by_file": results} if len(results) > 1 else {}
        typer.echo(json.dumps({**figures(whole), **more}))
        return
    for name, result in results.items():
        _show(name, result)
    if len(results) > 1:
        _show("all", figures(whole))


def _show(name: str, result: dict[str, Any]) -> None:
    table = Table(title=f"{name}: {result['episodes']} episodes", title_justify="left")
    table.add_column("scorer")
    for metric in (*METRICS, "our AUC − its"):
        table.add_column(metric, justify="right")
    table.add_row(_SHIPPED, *(_cell(result, metric) for metric in METRICS), "")
    for other, figures in result["baselines"].items():
        cells = (_cell(figures, metric) for metric in METRICS)
        table.add_row(other, *cells, _cell(figures["ours_minus_it"], "auc"))
    Console(width=130).print(table)


def _cell(figures: dict[str, Any], metric: str) -> str:
    low, high = figures["intervals"][metric]
    return f"{figures[metric]:.3f} ({low:.3f}–{high:.3f})"


if __name__ == "__main__":
    typer.run(main)
