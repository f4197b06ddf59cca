"""Learn the scorer's numbers: ``python -m benchmarks.train --data FOLDER --cache FOLDER``.

Five folds by episode tell how good they are and calibrate the score; then all is learned from.
Written are the shipped weights and, for the benchmarks, those of each fold, all with their
provenance, and a plain logistic to compare with. The same data gives the same numbers. Needs
scikit-learn and the group ``meaning``.
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
from benchmarks.held_out import FOLD_FILES, PLAIN_FILE, out_of_fold
from benchmarks.learning import AT_THE_TOP, CARD, FIGURES, STACK, learn
from benchmarks.material import Material, gather
from benchmarks.rankers import plain_of
from bot import assets
from bot.errors import BotError
from bot.scoring.weights import parse

_WEIGHTS = assets.SHIPPED / "scorer/weights.json"
_GATE_FROM = 0.4  # from this quantile of scores on, how a line reads counts
_GATE = 0.12  # standard deviations of scores over which that sets in

Document = dict[str, Any]


def gated(document: Document, scores: Numbers) -> Document:
    """Weights that know from which logit on what readers like counts."""
    top, width = np.quantile(scores, _GATE_FROM), _GATE * scores.std()
    return {**document, "top": float(top), "width": float(width)}


def calibrated(document: Document, scores: Numbers, labels: Numbers) -> Document:
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
        "craft": {  # what a table says is scaled already
            name: worth if name in tables else round(slope * worth, 5)
            for name, worth in document["craft"].items()
        },
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


def _scores(material: Material, documents: list[Document]) -> list[Numbers]:
    return out_of_fold(material.talks.episodes, list(map(parse, documents[:FOLDS])))


def _provenance(material: Material, found: dict[str, Any]) -> Document:
    labels = np.concatenate([one.labels for one in material.talks.episodes])
    return {
        "learned": datetime.now(UTC).date().isoformat(),
        "from": {
            "episodes": len(material.talks.episodes),
            "sentences": len(labels),
            "chosen": int(labels.sum()),
            "quotations and movie lines": len(material.lines.chosen),
            "graded lines": sum(len(one.worth) for one in material.graded),
        },
        "folds": FOLDS,
        "stack": STACK,
        "by hand": {"figures": FIGURES, "at the top": AT_THE_TOP, "card": CARD},
        "out of fold": {
            source: {metric: one[metric] for metric in METRICS} for source, one in found.items()
        },
    }


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of what to learn from.")] = None,
    cache: Annotated[Path, typer.Option(help="Where vectors are kept.")] = Path("build/vectors"),
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = _WEIGHTS,
) -> None:
    """Learn, print how good it is out of fold, and write the weights."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", "."))
    try:
        material = gather(folder, cache)
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    documents = [learn(material, without) for without in (*range(FOLDS), None)]
    plain = np.concatenate(_scores(material, documents))
    documents = [gated(one, plain) for one in documents]
    scores = _scores(material, documents)
    found = figures(material, scores)
    for source, one in found.items():
        typer.echo(f"{source}: " + ", ".join(f"{metric} {one[metric]:.3f}" for metric in METRICS))
    labels = np.concatenate([one.labels for one in material.talks.episodes])
    about = _provenance(material, found)
    FOLD_FILES.mkdir(exist_ok=True)
    places = [*(FOLD_FILES / f"{fold}.json" for fold in range(FOLDS)), out]
    for fold, (document, place) in enumerate(zip(documents, places, strict=True)):
        learned = calibrated(document, np.concatenate(scores), labels)
        learned["provenance"] = about if place == out else {**about, "without fold": fold}
        place.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
        typer.echo(f"{place}: {place.stat().st_size // 1000} kB")
    plain_of(material.talks.episodes, material.talks.spans).write(PLAIN_FILE)


if __name__ == "__main__":
    typer.run(main)
