"""What a scorer is compared to: chance, length, earliness, centroid, LexRank, a plain logistic."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.episodes import Episode, Numbers, Ranker
from benchmarks.speed_quotes import Tokenizer
from bot.lexicon import tokens
from bot.scoring.features import FEATURES
from bot.scoring.spans import Span
from bot.scoring.view import TalkWords, content

_RIDGE = 20.0  # of the logistic's weights, on standardised features
_STEPS = 12


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
        split = Tokenizer(tuple(texts))
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


@lru_cache(maxsize=512)
def _features(episode: Episode) -> Numbers:
    """The scorer's features of each sentence, judged or not."""
    talk = TalkWords(episode.sentences)
    rows = []
    for one in episode.sentences:
        view = talk.view(Span((one,), one.text, one.text, (), one.start_ms, one.end_ms))
        rows.append([feature(view) if view.words else 0.0 for feature in FEATURES])
    return np.array(rows, dtype=np.float64)


def plain_logistic(episodes: Sequence[Episode]) -> Ranker:
    """A logistic regression over the features, as they are: wording, context, position."""
    rows = np.concatenate([_features(one)[one.judged] for one in episodes])
    labels = np.concatenate([one.labels for one in episodes]).astype(np.float64)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    weights = _logistic((rows - middle) / spread, labels)
    return lambda episode: (_features(episode) - middle) / spread @ weights[1:] + weights[0]


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
