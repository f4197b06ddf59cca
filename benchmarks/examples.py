"""What the scorer learns from, as numbers: features and n-grams of sentences and spans."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.episodes import Episode, Numbers
from bot.lexicon import tokens
from bot.model import Mark, Sentence
from bot.scoring.features import FEATURES
from bot.scoring.ngrams import Grams, single
from bot.scoring.openings import opening_refusal
from bot.scoring.spans import MAX_SENTENCES, MAX_WORDS, Span, spans
from bot.scoring.survey import Survey
from bot.wording import trimmed

_ONE_IN = 8  # longer spans looked at, of those that nobody chose
_OF_SEVERAL = ("new_starts", "sentence_count", "announced")
WORDED = [  # places of the features of words, wherever they stand
    at for at, one in enumerate(FEATURES) if not one.__module__.endswith("context_features")
]
OWN = [at for at in WORDED if [*FEATURES][at].__name__ not in _OF_SEVERAL]  # of a sentence alone


@dataclass(frozen=True, eq=False)
class Spans:
    """Spans of one episode: FEATURES of each (nan where unknown), and whether it was chosen.

    ``first`` and ``last`` are the places of their sentences; the judged sentences come first.
    """

    rows: Numbers
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    chosen: NDArray[np.int8]

    @property
    def single(self) -> NDArray[np.bool_]:
        """Which are one sentence."""
        found: NDArray[np.bool_] = self.first == self.last
        return found


def span_of(sentences: Sequence[Sentence], first: int, last: int) -> Span:
    """Sentences as a span, trimmed as a quote is."""
    run = tuple(sentences[first : last + 1])
    said = " ".join(one.text for one in run)
    shown, edits = trimmed(said)
    leaning = opening_refusal(tokens(shown), shown) is not None
    return Span(run, said, shown, edits, run[0].start_ms, run[-1].end_ms, leaning)


def candidates(episode: Episode) -> tuple[Survey, list[Span]]:
    """An episode looked over, and the spans of its guest that may be quotes."""
    survey = Survey(episode.sentences)

    def is_guests(sentence: Sentence) -> bool:
        return bool(episode.guest[sentence.index])

    return survey, list(spans(survey, lambda said: trimmed(said, light=True), is_guests))


def features(views: Iterable[Span], survey: Survey) -> Numbers:
    """FEATURES of spans; nan where the file does not say; shape (spans, features)."""
    rows = []
    for span in views:
        view = survey.view(span)
        found = [feature(view) if view.words else None for feature in FEATURES]
        rows.append([np.nan if one is None else one for one in found])
    return np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))


def spans_of(episode: Episode) -> Spans:
    """The judged sentences of an episode, then longer spans: the chosen ones and some others."""
    singles = [(at, at) for at in np.flatnonzero(episode.judged).tolist()]
    labels = [int(episode.chosen[at]) for at, _ in singles]
    longer = list(_longer(episode))
    places = np.array([*singles, *((one[0], one[1]) for one in longer)], dtype=np.int32)
    survey = Survey(episode.sentences)
    run = (span_of(episode.sentences, first, last) for first, last in places.tolist())
    chosen = np.array([*labels, *(one[2] for one in longer)], dtype=np.int8)
    return Spans(features(run, survey), places[:, 0], places[:, 1], chosen)


def _longer(episode: Episode) -> Iterator[tuple[int, int, int]]:
    """Spans of two or three sentences: 1 for all of a chosen run, 0 where none is (one in some)."""
    found, labels = episode.sentences, episode.chosen
    for first in np.flatnonzero(episode.guest).tolist():
        for last in range(first + 1, min(first + MAX_SENTENCES, len(found))):
            run = found[first : last + 1]
            words = sum(len(one.text.split()) for one in run)
            if words > MAX_WORDS or run[-1].turn != run[0].turn:
                break
            inside, beside = labels[first : last + 1], labels[[first - 1, (last + 1) % len(found)]]
            if (inside == 1).all() and not beside.any():
                yield first, last, 1
            elif first % _ONE_IN == 0 and not inside.any():
                yield first, last, 0


def all_spans(episodes: Sequence[Episode]) -> list[Spans]:
    """``spans_of`` each episode, on all processors."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(spans_of, episodes, chunksize=4))


def alone(texts: Sequence[str]) -> Numbers:
    """FEATURES of texts that stand nowhere: what surroundings say is unknown."""
    rows = np.full((len(texts), len(FEATURES)), np.nan)
    for row, text in enumerate(texts):
        sentence = Sentence(0, text, 0, 1, (Mark(0, 0),), 0, 0)
        rows[row, WORDED] = features([span_of([sentence], 0, 0)], Survey([sentence]))[0, WORDED]
    return rows


def grams_of(words: Sequence[tuple[str, ...]], grams: Grams, size: int) -> csr_array:
    """N-grams of sentences, hashed, each sentence to the length one; shape (sentences, size)."""
    return _hashed(words, grams, size, lambda count: max(1, count) ** -0.5)


def means_of(words: Sequence[tuple[str, ...]], size: int) -> csr_array:
    """How often words stand in each sentence, hashed; shape (sentences, size)."""
    return _hashed(words, single, size, lambda _: 1.0)


def _hashed(
    words: Sequence[tuple[str, ...]], grams: Grams, size: int, worth: Callable[[int], float]
) -> csr_array:
    places: list[int] = []
    values: list[float] = []
    stops = [0]
    for one in words:
        found = grams(one)
        places += [gram & (size - 1) for gram in found]
        values += [worth(len(found))] * len(found)
        stops.append(len(places))
    inside, rows = np.array(places, dtype=np.int32), np.array(stops, dtype=np.int32)
    matrix = csr_array((values, inside, rows), shape=(len(words), size))
    matrix.sum_duplicates()
    return matrix


def words_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of texts."""
    return [tokens(text) for text in texts]
