"""How the scorer's numbers are learned: a stack of linear models, each small and each additive.

Logistic regressions (scikit-learn's, deterministic) are added up. Three learn what editors chose:
from the features, from the sentence's own words and pairs (``phrases``), from the words of six
sentences on either side (``surroundings``). Tables taught by a model of meaning say the same of a
sentence's own words and of what is beside it (``teaching``). Three learn what tells quotations and
memorable lines from everyday talk: from the features of their own words (``sayings``), from their
words (taught too: ``quotation``), from their syntax. ``STACK`` is what each counts, chosen out of
fold. What readers like (``craft``) is added above a gate alone. The sum is linear in all of
them, so what each adds to a score can be told.
"""

import base64
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack
from sklearn.linear_model import LogisticRegression

from benchmarks import craft
from benchmarks.episodes import Numbers
from benchmarks.examples import OWN
from benchmarks.material import SIZES, Material, Mixed
from benchmarks.teaching import taught
from bot.scoring.features import FEATURES, READ_ALONE
from bot.scoring.weights import VERSION

STACK = {
    "features": 1.0,
    "phrases": 0.5,
    "surroundings": 0.38,
    "meaning": 1.48,
    "quotation": 0.147,
    "syntax": 0.19,
    "sayings": 0.13,
}
# Set by hand, as every source names it: the figure of speech of rules. It is too rare to measure
# (12 of 40,022 graded lines).
FIGURES = {"isocolon": 2.1}
AT_THE_TOP = {"isocolon": 3.5}  # … and what it counts more above the gate
CARD = 5.6  # points of the logit, above the gate, for each of what a line is worth
_STRENGTH = {  # scikit-learn's C
    "features": 0.0002,
    "sayings": 0.01,
    "phrases": 0.1,
    "surroundings": 30.0,
    "syntax": 1.0,
}
_NO_GATE = 1e6  # no score is that high; set when all is learned
_FARTHEST = 5.0  # standard deviations a feature may be from its mean


def learn(
    material: Material, without: int | None = None, stack: Mapping[str, float] = STACK
) -> dict[str, Any]:
    """The content of a weights file, learned from all but the fold ``without``; not calibrated."""
    talks, kept = material.talks, material.kept(without)
    labels = np.concatenate([talks.episodes[at].labels for at in kept])
    own = vstack([talks.grams[at][talks.judged[at]] for at in kept])
    near = vstack([talks.around[at] for at in kept])
    mixed = material.mixed(kept, without)
    pupils, meaning = taught(material, kept, mixed), stack["meaning"]
    chosen = stack["phrases"] * _logistic(own, labels, "phrases")
    around = stack["surroundings"] * _logistic(near, labels, "surroundings")
    beside = vstack([talks.near[at] for at in kept])
    bones = vstack([talks.syntax[at] for at in kept])
    points = _features(material, kept, mixed, stack)
    worth = {
        "quotation": stack["quotation"] * pupils.quotation,
        "syntax": stack["syntax"] * _syntax(material, mixed),
    }
    tables = {
        "phrases": _table(chosen + meaning * pupils.own, own),
        "quotation": _table(worth["quotation"], own),
        "syntax": _table(worth["syntax"], bones),
        "neighbours": _table(meaning * pupils.neighbours, beside),
        "surroundings": _table(around, near),
        "passage": _table(meaning * pupils.passage, beside),
    }
    usual = {name: one for name, (_, one) in points.items()}
    usual |= {name: tables[name]["usual"] for name in worth}
    card = craft.learned([material.graded[at] for at in kept], usual, worth, SIZES[READ_ALONE])
    read = _packed(*_steps(CARD * card.grams), -CARD * card.base)
    return {
        "version": VERSION,
        "provenance": {},
        "bias": 0.0,
        "top": _NO_GATE,
        "width": 1.0,
        "craft": {
            name: round(CARD * one + AT_THE_TOP.get(name, 0.0), 5)
            for name, one in card.worth.items()
        },
        "points": points,
        "tables": {**tables, READ_ALONE: read},
    }


def _logistic(
    rows: Any, labels: NDArray[np.int8], name: str, weight: Numbers | None = None
) -> Numbers:
    """The coefficients of a logistic regression; both labels count alike unless weights say."""
    balanced = None if weight is not None else "balanced"
    dense = isinstance(rows, np.ndarray)
    model = LogisticRegression(
        C=_STRENGTH[name],
        solver="lbfgs" if dense else "liblinear",  # lbfgs stops early on sparse rows
        tol=1e-4 if dense else 1e-3,
        max_iter=500,
        class_weight=balanced,
        random_state=0,
    )
    found: Numbers = model.fit(rows, labels, sample_weight=weight).coef_[0]
    return found


def _syntax(material: Material, mixed: Mixed) -> Numbers:
    """What tells quotations from everyday talk by syntax, beside their words."""
    talks, lines, use = material.talks, material.lines, mixed.lines
    plain = [talks.grams[at][talks.judged[at][rows]] for at, rows in mixed.talk]
    words = vstack([lines.grams[use], *plain])
    syntax = vstack([lines.syntax[use], *(talks.syntax[at][rows] for at, rows in mixed.talk)])
    both = _logistic(csr_array(hstack([words, syntax])), mixed.chosen, "syntax", mixed.weight)
    return both[words.shape[1] :]


def _features(
    material: Material, kept: Sequence[int], mixed: Mixed, stack: Mapping[str, float]
) -> dict[str, list[float]]:
    """For each feature what it is worth and its usual value: what editors chose, and sayings."""
    spans = [material.talks.spans[at] for at in kept]
    rows = np.concatenate([one.rows for one in spans])
    chosen = np.concatenate([one.chosen for one in spans])
    usual = np.nan_to_num(np.nanmean(rows, axis=0))
    spread = np.nan_to_num(np.nanstd(rows, axis=0)) + 0.05

    def standard(rows: Numbers) -> Numbers:
        found: Numbers = ((rows - usual) / spread).clip(-_FARTHEST, _FARTHEST)
        return np.nan_to_num(found)

    weight = _balanced(chosen, np.concatenate([one.single for one in spans]))
    worth = stack["features"] * _logistic(standard(rows), chosen, "features", weight)
    talk = (material.talks.spans[at].rows[rows] for at, rows in mixed.talk)
    beside = standard(np.concatenate([material.lines.rows[mixed.lines], *talk]))[:, OWN]
    worth[OWN] += stack["sayings"] * _logistic(beside, mixed.chosen, "sayings", mixed.weight)
    names = [one.__name__ for one in FEATURES]
    by_hand = [FIGURES.get(name, 0.0) for name in names]
    points = (worth / spread + by_hand).tolist()
    return {
        name: [round(one, 5), round(mean, 5)]
        for name, one, mean in zip(names, points, usual.tolist(), strict=True)
    }


def _balanced(chosen: NDArray[np.int8], single: NDArray[np.bool_]) -> Numbers:
    """Weights by which chosen and not count alike, among sentences and among longer spans."""
    weight = np.ones(len(chosen))
    for kind in (single, ~single):
        for label in (0, 1):
            some = kind & (chosen == label)
            weight[some] = kind.sum() / 2 / max(1, some.sum())
    return weight


def _table(worth: Numbers, rows: csr_array) -> dict[str, Any]:
    """A table of n-grams; ``usual`` is the mean of rows."""
    steps, scale = _steps(worth)
    return _packed(steps, scale, float((rows @ (steps * scale)).mean()))


def _packed(steps: NDArray[np.int8], scale: float, usual: float) -> dict[str, Any]:
    packed = base64.b85encode(zlib.compress(steps.tobytes(), 9)).decode()
    return {"scale": float(f"{scale:.6g}"), "usual": round(usual, 6), "values": packed}


def _steps(worth: Numbers) -> tuple[NDArray[np.int8], float]:
    """What n-grams are worth: a byte each, in steps of a scale."""
    scale = float(np.abs(worth).max()) / 127 or 1.0
    return np.round(worth / scale).astype(np.int8), scale
