"""Which spans of a talk people would quote, and why, as a score of 0 to 100. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Reason, Sentence
from bot.scoring.features import FEATURES
from bot.scoring.spans import Span
from bot.scoring.view import TalkWords, View, content
from bot.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with its score (0 to 100) and what each feature added, largest first."""

    span: Span
    score: float
    reasons: tuple[Reason, ...]
    content: frozenset[str]


def score(spans: Iterable[Span], sentences: Sequence[Sentence], weights: Weights) -> list[Scored]:
    """Score spans of a talk whose sentences are all given, in the order they come."""
    talk = TalkWords(sentences)
    return [_scored(span, talk.view(span), weights) for span in spans]


def _scored(span: Span, view: View, weights: Weights) -> Scored:
    if not view.words:
        return Scored(span, 0.0, (), frozenset())
    points = [(one.__name__, weights.points[one.__name__] * one(view)) for one in FEATURES]
    logit = weights.bias + sum(value for _, value in points)
    reasons = sorted((Reason(name, round(value, 3)) for name, value in points if value), key=_size)
    return Scored(
        span, round(100 / (1 + math.exp(-logit)), 1), tuple(reasons), frozenset(content(view.words))
    )


def _size(reason: Reason) -> float:
    return -abs(reason.contribution)


def in_words(reason: Reason) -> str:
    """A reason as a curator reads it; the bare name for a feature of another version."""
    rows = {feature.__name__: words for feature, words in FEATURES.items()}
    spoken_for, spoken_against = rows.get(reason.feature, (reason.feature, reason.feature))
    return spoken_for if reason.contribution >= 0 else spoken_against
