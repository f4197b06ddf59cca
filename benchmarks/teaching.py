"""What a model of meaning knows, taught to tables of n-grams (distillation, Hinton et al. 2015).

Teachers are logistic regressions over MiniLM's vectors: of a sentence and of the two and ten on
either side, each less its mean over the talk, learned from what editors chose; and of a sentence
alone, learned from quotations against everyday talk. A table then learns by ridge regression what
its teacher says of every sentence, chosen or not. So the scorer gets most of what the model would
bring it, and needs no model: figures in docs/scorer.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression, Ridge

from benchmarks.episodes import Numbers
from benchmarks.material import Material, Mixed, Talks
from benchmarks.meaning import SIZE, Vectors
from bot.scoring.ngrams import NEIGHBOURS, PASSAGE

_CHOICE, _QUOTATION = 1e-5, 1e-3  # scikit-learn's C, on standardised vectors
_RIDGE = {"alpha": 1.0, "solver": "sparse_cg", "max_iter": 60, "tol": 1e-3}


@dataclass(frozen=True, eq=False)
class Taught:
    """What each n-gram is worth, in points of its teacher's logit."""

    own: Numbers
    neighbours: Numbers
    passage: Numbers
    quotation: Numbers


def beside(values: Vectors, places: NDArray[np.int64], reach: int) -> Vectors:
    """The mean of the rows up to ``reach`` before and after each place, itself left out."""
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, 0, dtype=np.float64)])
    low, high = np.maximum(0, places - reach), np.minimum(len(values), places + reach + 1)
    count = np.maximum(1, high - low - 1)[:, None]
    found: Vectors = ((sums[high] - sums[low] - values[places]) / count).astype(np.float32)
    return found


def seen(talks: Talks, at: int) -> Vectors:
    """What a teacher sees of each judged sentence of an episode; shape (judged, 3 × SIZE)."""
    values, places = talks.vectors[at], talks.judged[at]
    parts = (
        values[places],
        beside(values, places, NEIGHBOURS),
        beside(values, places, PASSAGE),
    )
    return np.hstack([one - one.mean(0) for one in parts])


def choice(talks: Talks, kept: list[int]) -> Vectors:
    """The teacher of what editors choose, from these episodes: a weight for all it sees."""
    labels = np.concatenate([talks.episodes[at].labels for at in kept])
    rows = np.concatenate([seen(talks, at) for at in kept])
    return _teacher(rows, labels, _CHOICE)


def taught(material: Material, kept: list[int], mixed: Mixed) -> Taught:
    """The tables that learned from teachers who saw these episodes."""
    talks, lines = material.talks, material.lines
    plain = [talks.vectors[at][talks.judged[at][some]] for at, some in mixed.talk]
    beside_plain = np.concatenate([lines.vectors[mixed.lines], *plain])
    quotation = _teacher(beside_plain, mixed.chosen, _QUOTATION, mixed.weight)
    heard = np.concatenate([talks.vectors[at] - talks.vectors[at].mean(0) for at in kept])
    says = heard @ np.stack([*choice(talks, kept).reshape(3, SIZE), quotation], axis=1)
    grams = vstack([talks.grams[at] for at in kept])
    near = vstack([talks.near[at] for at in kept])
    own, of_quotations = _pupils(grams, says[:, [0, 3]])
    return Taught(own, *_pupils(near, says[:, [1, 2]]), of_quotations)


def _teacher(
    rows: Vectors, labels: NDArray[np.int8], strength: float, weight: Numbers | None = None
) -> Vectors:
    spread = rows.std(0, dtype=np.float64).astype(np.float32) + 1e-6
    balanced = None if weight is not None else "balanced"
    model = LogisticRegression(C=strength, class_weight=balanced, max_iter=200)
    centred = (rows - rows.mean(0, dtype=np.float64).astype(np.float32)) / spread
    found: Vectors = model.fit(centred, labels, sample_weight=weight).coef_[0] / spread
    return found


def _pupils(grams: object, says: Vectors) -> tuple[Numbers, Numbers]:
    """What each n-gram is worth by two teachers."""
    spread = says.std(0)
    first, second = Ridge(**_RIDGE).fit(grams, says / spread).coef_
    return first * spread[0], second * spread[1]
