"""Learn the scorer's numbers: ``python -m benchmarks.train --data FOLDER``.

Five folds by episode tell how good they are and calibrate the score; then all is learned from, and
written with its provenance. The same data gives the same file.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression

from benchmarks.episodes import FOLDS, METRICS, Numbers, by_metric, judge
from benchmarks.held_out import out_of_fold
from benchmarks.learning import STACK, Material, gather, learn
from bot import assets
from bot.errors import BotError

_WEIGHTS = assets.SHIPPED / "scorer/weights.json"


def calibrated(document: dict[str, Any], scores: Numbers, labels: Numbers) -> dict[str, Any]:
    """Weights whose logit is that of being chosen, 0 for a sentence as likely as any (Platt)."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    slope, constant = float(model.coef_[0, 0]), float(model.intercept_[0])
    base = float(np.log(labels.mean() / (1 - labels.mean())))
    points = {
        name: [round(slope * worth, 5), usual]
        for name, (worth, usual) in document["points"].items()
    }
    tables = {
        name: {**one, "scale": slope * one["scale"], "usual": slope * one["usual"]}
        for name, one in document["tables"].items()
    }
    return {
        **document,
        "bias": round(constant - base, 5),
        "top": round(slope * document["top"], 5),
        "width": round(slope * document["width"], 5),
        "points": points,
        "tables": tables,
    }


def figures(material: Material, scores: list[Numbers]) -> dict[str, dict[str, Any]]:
    """METRICS for each file of episodes and for all."""
    episodes = material.talks.episodes
    found = {}
    for source in ("all", *dict.fromkeys(one.source for one in episodes)):
        places = [at for at, one in enumerate(episodes) if source in ("all", one.source)]
        found[source] = by_metric(
            judge([episodes[at] for at in places], [scores[at] for at in places])
        )
    return found


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of what to learn from.")] = None,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = _WEIGHTS,
) -> None:
    """Learn, print how good it is out of fold, and write the weights."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", "."))
    try:
        material = gather(folder)
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    scores = out_of_fold(material)
    found = figures(material, scores)
    for source, one in found.items():
        typer.echo(f"{source}: " + ", ".join(f"{metric} {one[metric]:.3f}" for metric in METRICS))
    labels = np.concatenate([one.labels for one in material.talks.episodes])
    document = calibrated(learn(material), np.concatenate(scores), labels)
    document["provenance"] = {
        "learned": datetime.now(UTC).date().isoformat(),
        "from": {
            "episodes": len(material.talks.episodes),
            "sentences": len(labels),
            "chosen": int(labels.sum()),
            "quotations and movie lines": len(material.lines.chosen),
        },
        "folds": FOLDS,
        "stack": STACK,
        "out of fold": {
            source: {metric: one[metric] for metric in METRICS} for source, one in found.items()
        },
    }
    out.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{out}: {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    typer.run(main)
