"""What a scorer is compared to: chance, length, earliness, centroid, LexRank, a plain logistic."""

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.episodes import Episode, Numbers
from benchmarks.examples import Spans
from bot.errors import InputError
from bot.lexicon import TOKEN, tokens
from bot.scoring.features import FEATURES
from bot.scoring.parts import content

_RIDGE = 20.0  # of the logistic's weights, on standardised features
_STEPS = 12

_NAMES = [one.__name__ for one in FEATURES]
_NUMBERS = ("middle", "spread", "weights")


def chance(episode: Episode) -> Numbers:
    """An order that knows nothing, the same every time."""
    seed = sha256(episode.name.encode()).digest()[:8]
    return np.random.default_rng(int.from_bytes(seed)).random(len(episode.sentences))


def length(episode: Episode) -> Numbers:
    """The longer the better."""
    return np.array([float(len(one.text.split())) for one in episode.sentences])


def earliness(episode: Episode) -> Numbers:
    """The earlier the better."""
    return -np.arange(len(episode.sentences), dtype=np.float64)


def centroid(episode: Episode) -> Numbers:
    """Likeness to the talk's tf-idf centroid (Radev et al. 2004)."""
    counts = [Counter(content(tokens(one.text))) for one in episode.sentences]
    seen = Counter(word for one in counts for word in one)
    idf = {word: math.log(len(counts) / count) for word, count in seen.items()}
    said = Counter(word for one in counts for word in one.elements())
    middle = {word: count * idf[word] for word, count in said.items()}
    return np.array([_cosine(one, idf, middle) for one in counts])


def _cosine(one: Counter[str], idf: dict[str, float], middle: dict[str, float]) -> float:
    weighed = {word: count * idf[word] for word, count in one.items()}
    norm = math.sqrt(sum(value**2 for value in weighed.values()))
    return sum(value * middle[word] for word, value in weighed.items()) / norm if norm else 0.0


class Given:
    """What sumy's sentences ask for where they are known: plain words."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words as runs of letters and digits."""
        return tuple(TOKEN.findall(sentence))


class _Matrices(LexRankSummarizer):  # type: ignore[misc]
    """sumy's LexRank with its double loop over sentences done by matrices: the same ratings."""

    def _create_matrix(
        self, sentences: Any, threshold: float, tf_metrics: Any, idf_metrics: Any
    ) -> Numbers:
        places = {word: at for at, word in enumerate(idf_metrics)}
        vectors = np.zeros((len(sentences), max(1, len(places))))
        for row, tf in enumerate(tf_metrics):
            for word, value in tf.items():
                vectors[row, places[word]] = value * idf_metrics[word]
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        near: Numbers = np.asarray(vectors @ vectors.T > threshold, dtype=np.float64)
        rows: Numbers = near / np.maximum(1, near.sum(axis=1, keepdims=True))
        return rows

    @staticmethod
    def _compute_idf(sentences: Any) -> dict[str, float]:
        seen = Counter(word for one in sentences for word in set(one))
        return {word: math.log(len(sentences) / (1 + count)) for word, count in seen.items()}

    def ratings(self, texts: Sequence[str]) -> Numbers:
        """The rating of each sentence."""
        split = Given()
        found = [SumySentence(text, split) for text in texts]
        document = ObjectDocumentModel([Paragraph(found)])
        words = [self._to_words_set(one) for one in document.sentences]
        tf, idf = self._compute_tf(words), self._compute_idf(words)
        rated: Numbers = self.power_method(
            self._create_matrix(words, self.threshold, tf, idf), self.epsilon
        )
        return rated


def lexrank(episode: Episode) -> Numbers:
    """LexRank (Erkan and Radev 2004) as sumy rates it, English stop words, no stemmer."""
    summarizer = _Matrices()
    summarizer.stop_words = get_stop_words("english")
    return summarizer.ratings([one.text for one in episode.sentences])


@dataclass(frozen=True, eq=False)
class Plain:
    """A logistic regression over features as they are: wording, context and position.

    It scores rows of FEATURES, nan where one is unknown; ``weights`` has the constant first.
    """

    middle: Numbers
    spread: Numbers
    weights: Numbers

    def __call__(self, rows: Numbers) -> Numbers:
        """The logit of each row."""
        found: Numbers = self._standard(rows) @ self.weights[1:] + self.weights[0]
        return found

    def _standard(self, rows: Numbers) -> Numbers:
        shifted: Numbers = np.nan_to_num((rows - self.middle) / self.spread)
        return shifted

    @classmethod
    def fitted(cls, rows: Numbers, labels: Numbers) -> Self:
        """Learned from sentences, ``labels`` 1 for chosen ones."""
        new = cls(np.nanmean(rows, axis=0), np.nanstd(rows, axis=0) + 1e-9, np.zeros(0))
        return replace(new, weights=_logistic(new._standard(rows), labels))

    def write(self, path: Path) -> None:
        """Keep it with the names of its features."""
        numbers = {key: getattr(self, key).round(6).tolist() for key in _NUMBERS}
        path.write_text(json.dumps({"features": _NAMES, **numbers}) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """What was kept; ``InputError`` where it is of other features."""
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["features"] != _NAMES:
            remedy = "learn it anew: python -m benchmarks.train"
            raise InputError("is of other features", place=str(path), remedy=remedy)
        return cls(*(np.array(found[key]) for key in _NUMBERS))


def plain_of(
    episodes: Sequence[Episode], spans: Sequence[Spans], without: int | None = None
) -> Plain:
    """Learned from all episodes but those of a fold."""
    kept = [at for at, one in enumerate(episodes) if one.fold != without]
    rows = np.concatenate([spans[at].rows[spans[at].single] for at in kept])
    labels = np.concatenate([episodes[at].labels for at in kept])
    return Plain.fitted(rows, labels.astype(np.float64))


def _logistic(rows: Numbers, labels: Numbers) -> Numbers:
    """Weights, the constant first, by Newton's method."""
    rows = np.column_stack([np.ones(len(rows)), rows])
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (labels - chances) - ridge * weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


BASELINES: dict[str, Callable[[Episode], Numbers]] = {
    "random": chance,
    "length": length,
    "earliness": earliness,
    "centroid": centroid,
    "lexrank": lexrank,
}
