"""Which spans of a talk people would quote, and why, as a score of 0 to 100. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.lexicon import tokens
from bot.model import Reason, Sentence
from bot.scoring.features import FEATURES, View, content
from bot.scoring.spans import Span
from bot.scoring.weights import Weights

_AROUND = 10  # sentences before and after in which a thought is taken up again
_CLAUSE = re.compile(r"[.!?,;:…]+|--|–|—")


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with its score (0 to 100) and what each feature added, largest first."""

    span: Span
    score: float
    reasons: tuple[Reason, ...]
    content: frozenset[str]


def score(spans: Iterable[Span], sentences: Sequence[Sentence], weights: Weights) -> list[Scored]:
    """Score spans of a talk whose sentences are all given, in the order they come."""
    talk = _Talk(sentences)
    return [_scored(span, talk.view(span), weights) for span in spans]


class _Talk:
    """The words of a talk, counted once."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._content = [frozenset(content(tokens(one.text))) for one in sentences]
        counts = Counter(word for words in self._content for word in words)
        most = max((count for word, count in counts.items()), default=1)
        self._theme = {word: math.log1p(count) / math.log1p(most) for word, count in counts.items()}
        self._length_ms = max((one.end_ms for one in sentences), default=0) or 1
        self._first = sentences[0].index if sentences else 0

    def view(self, span: Span) -> View:
        first = span.sentences[0].index - self._first
        last = span.sentences[-1].index - self._first
        parts = (tokens(part) for part in re.split(r"(?<=[.!?])\s+", span.shown))
        clauses = (tokens(clause) for clause in _CLAUSE.split(span.shown))
        return View(
            span.shown,
            tokens(span.shown),
            tuple(part for part in parts if part),
            tuple(clause for clause in clauses if clause),
            frozenset().union(*self._content[max(0, first - _AROUND) : first]),
            frozenset().union(*self._content[last + 1 : last + 1 + _AROUND]),
            self._theme,
            span.start_ms / self._length_ms,
        )


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
