"""What a scorer is compared to: chance, length, earliness, centroid, LexRank, a plain logistic."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.episodes import Episode, Numbers
from bot.lexicon import TOKEN, tokens
from bot.scoring.parts import content

_RIDGE = 20.0  # of the logistic's weights, on standardised features
_STEPS = 12

Fitted = Callable[[Numbers], Numbers]  # scores rows of features


def chance(episode: Episode) -> Numbers:
    """An order that knows nothing, the same every time."""
    seed = np.frombuffer(episode.name.encode().ljust(8)[:8], dtype=np.uint64)
    return np.random.default_rng(seed).random(len(episode.sentences))


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


def plain_logistic(rows: Numbers, labels: Numbers) -> Fitted:
    """A logistic regression over features as they are: wording, context and position.

    ``rows`` are FEATURES of sentences (nan where unknown), ``labels`` 1 for chosen ones; what comes
    back scores other rows.
    """
    middle, spread = np.nanmean(rows, axis=0), np.nanstd(rows, axis=0) + 1e-9

    def standard(found: Numbers) -> Numbers:
        shifted: Numbers = np.nan_to_num((found - middle) / spread)
        return shifted

    weights = _logistic(standard(rows), labels)
    return lambda found: standard(found) @ weights[1:] + weights[0]


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
