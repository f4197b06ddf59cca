"""What the scorer says of episodes and lines that its numbers were not learned from."""

from collections.abc import Sequence

import numpy as np

from benchmarks.episodes import FOLDS, Episode, Numbers
from benchmarks.examples import span_of
from benchmarks.learning import Material, learn
from bot import scoring
from bot.model import Mark, Sentence
from bot.scoring.survey import Survey
from bot.scoring.weights import Weights, parse


def logits(episode: Episode, weights: Weights, places: Sequence[int] | None = None) -> Numbers:
    """The scorer's logit of sentences of an episode, each a span of its own; else the judged."""
    survey = Survey(episode.sentences)
    chosen = np.flatnonzero(episode.judged).tolist() if places is None else places
    spans = (span_of(episode.sentences, at, at) for at in chosen)
    return np.array([one.logit for one in scoring.score(spans, survey, weights)])


def logits_alone(texts: Sequence[str], weights: Weights) -> Numbers:
    """The scorer's logit of lines that stand nowhere, each a talk of its own."""
    found = []
    for text in texts:
        line = [Sentence(0, text, 0, 1, (Mark(0, 0),), 0, 0)]
        found += scoring.score([span_of(line, 0, 0)], Survey(line), weights)
    return np.array([one.logit for one in found])


def by_fold(material: Material) -> list[Weights]:
    """For each fold what is learned from all the others."""
    return [parse(learn(material, fold)) for fold in range(FOLDS)]


def out_of_fold(material: Material) -> list[Numbers]:
    """``logits`` of each episode by what was learned from the other folds."""
    learned = by_fold(material)
    return [logits(one, learned[one.fold]) for one in material.talks.episodes]
