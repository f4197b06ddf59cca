"""What the scorer says of episodes and lines that its numbers were not learned from."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.episodes import FOLDS, Episode, Numbers
from benchmarks.examples import span_of
from bot import scoring
from bot.model import Mark, Sentence
from bot.scoring.reader import Reader
from bot.scoring.survey import Survey
from bot.scoring.weights import Weights, load

FOLD_FILES = Path(__file__).parent / "folds"
PLAIN_FILE = FOLD_FILES / "plain.json"  # a plain logistic, of all episodes


def by_fold() -> list[Weights]:
    """For each fold what was learned from all the others, as ``benchmarks.train`` wrote it."""
    return [load(FOLD_FILES / f"{fold}.json") for fold in range(FOLDS)]


def contributions(episode: Episode, weights: Weights) -> Numbers:
    """What each of the scorer's NAMES adds to each judged sentence; shape (sentences, names)."""
    scored = _scored(episode, weights, np.flatnonzero(episode.judged).tolist())
    return np.array([one.contributions for one in scored]).reshape(-1, len(scoring.NAMES))


def logits(
    episode: Episode,
    weights: Weights,
    places: Sequence[int] | None = None,
    reader: Reader | None = None,
) -> Numbers:
    """The scorer's logit of sentences of an episode, each a span of its own; else the judged."""
    chosen = np.flatnonzero(episode.judged).tolist() if places is None else places
    return np.array([one.logit for one in _scored(episode, weights, chosen, reader)])


def logits_alone(texts: Sequence[str], weights: Weights) -> Numbers:
    """The scorer's logit of lines that stand nowhere, each a talk of its own."""
    found = []
    for text in texts:
        line = [Sentence(0, text, 0, 1, (Mark(0, 0),), 0, 0)]
        found += scoring.score([span_of(line, 0, 0)], Survey(line), weights)
    return np.array([one.logit for one in found])


def out_of_fold(
    episodes: Sequence[Episode],
    learned: Sequence[Weights],
    measure: Callable[[Episode, Weights], Numbers] = logits,
) -> list[Numbers]:
    """What was learned from the other folds says of each episode, on all processors."""
    with ProcessPoolExecutor() as pool:
        weights = [learned[one.fold] for one in episodes]
        return list(pool.map(measure, episodes, weights, chunksize=8))


def _scored(
    episode: Episode, weights: Weights, places: Sequence[int], reader: Reader | None = None
) -> list[scoring.Scored]:
    survey = Survey(episode.sentences)
    spans = (span_of(episode.sentences, at, at) for at in places)
    return scoring.score(spans, survey, weights, reader=reader)
