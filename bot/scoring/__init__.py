"""Which spans of a talk people would quote, and why, as a score of 0 to 100. Pure."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from bot.model import Reason
from bot.scoring.features import FEATURES, NEUTRAL, OWN_WORDS, TABLES
from bot.scoring.ngrams import (
    NEIGHBOURS,
    PASSAGE,
    SURROUNDINGS,
    beside,
    phrases,
    places,
    skeleton,
)
from bot.scoring.spans import Span
from bot.scoring.survey import Survey
from bot.scoring.view import View
from bot.scoring.weights import Weights

NAMES = (*(feature.__name__ for feature in FEATURES), *TABLES)
LEAST_REASON = 0.1  # points of the logit; less says nothing
_OWN_WORDS_MORE = 0.5
_NO_GRAMS = (0.0,) * len(TABLES)
_AT_ONCE = 512  # spans looked at together


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with its score, and what each of ``NAMES`` added to its logit.

    A score of 50 is that of a sentence as likely to be chosen as any, 90 of one nine times as
    likely (odds, calibrated on what editors chose).
    """

    span: Span
    score: float
    logit: float
    contributions: tuple[float, ...]
    content: frozenset[str]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What each feature added, largest first."""
        rounded = [round(value, 3) for value in self.contributions]
        sizes = list(map(abs, rounded))
        largest = sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True)
        return tuple([_reason(NAMES[at], rounded[at]) for at in largest if sizes[at]])


def score(
    spans: Iterable[Span], survey: Survey, weights: Weights, *, english: bool = True
) -> list[Scored]:
    """Score spans of a talk, in the order they come.

    What was learned from English words stands back where a talk is not ``english``.
    """
    learned = [
        weights.points[name] if english or name in NEUTRAL else (0.0, 0.0)
        for name in NAMES[: len(FEATURES)]
    ]
    worth, usual = [one for one, _ in learned], [one for _, one in learned]
    worth += [1.0] * len(TABLES)
    extra = _at_the_top(weights, english=english)
    given = list(spans)
    tables = _TalkTables(survey, weights, given) if english else None
    found: list[Scored] = []
    for first in range(0, len(given), _AT_ONCE):
        seen = [(span, survey.view(span)) for span in given[first : first + _AT_ONCE]]
        rows = _rows([view for _, view in seen if view.words], usual)
        for span, view in seen:
            if not view.words:
                found.append(Scored(span, 0.0, -math.inf, (0.0,) * len(NAMES), frozenset()))
                continue
            grams = tables.contributions(*survey.places(span)) if tables else _NO_GRAMS
            values = (*next(rows), *grams)
            plain = list(map(mul, values, worth))
            gate = _logistic((sum(plain) - weights.top) / weights.width)
            more = map(mul, values, extra)
            added = tuple([one + gate * craft for one, craft in zip(plain, more, strict=True)])
            logit = weights.bias + sum(added)
            points = round(100 * _logistic(logit), 1)
            found.append(Scored(span, points, logit, added, view.subjects))
    return found


def _rows(views: Sequence[View], usual: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """For each view how far its features are from the usual; by feature, which is faster."""
    columns = [
        [0.0 if value is None else value - mean for value in map(feature, views)]
        for feature, mean in zip(FEATURES, usual, strict=True)
    ]
    return zip(*columns, strict=True)


def _at_the_top(weights: Weights, *, english: bool) -> list[float]:
    """What each of NAMES counts more among the best of a talk, for each point of its value.

    Where a line stands finds what editors choose; among the best, what is read on a card is its
    words: they count half as much again, and craft comes in (``weights.craft``). A gate leaves the
    order of all the others as it is.
    """
    worth = {name: weight for name, (weight, _) in weights.points.items()} | dict.fromkeys(
        TABLES, 1.0
    )
    return [
        (_OWN_WORDS_MORE * worth[name] + weights.craft.get(name, 0.0))
        if name in OWN_WORDS and (english or name in NEUTRAL)
        else 0.0
        for name in NAMES
    ]


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


class _TalkTables:
    """What the tables of n-grams say of the sentences of a talk, each worked out once.

    Of a sentence that stands in no span only what it says of its neighbours is wanted.
    """

    def __init__(self, survey: Survey, weights: Weights, spans: Iterable[Span]) -> None:
        tables, said = weights.tables, survey.words
        quoted: set[int] = set()
        for first, last in map(survey.places, spans):
            quoted.update(range(first, last + 1))
        grams = [places(phrases(words)) for words in said]
        own = [one if at in quoted else [] for at, one in enumerate(grams)]
        bones = [places(skeleton(one)) if at in quoted else [] for at, one in enumerate(said)]
        self._inside = [
            list(map(tables["phrases"].points, own)),
            list(map(tables["quotation"].points, own)),
            list(map(tables["syntax"].points, bones)),
        ]
        counts = list(map(len, said))
        near = tables["surroundings"]
        words = [one[:count] for one, count in zip(grams, counts, strict=True)]
        worth = [near.scale * near.total(one) for one in words]
        ones = [1.0] * len(said)
        self._beside = [
            beside(list(map(tables["neighbours"].points, grams)), ones, NEIGHBOURS),
            beside(worth, counts, SURROUNDINGS),
            beside(list(map(tables["passage"].points, grams)), ones, PASSAGE),
        ]
        self._usual = [tables[name].usual for name in TABLES]

    def contributions(self, first: int, last: int) -> list[float]:
        """For each of ``TABLES``, how far a span is from the usual: the mean of its sentences."""
        inside, count = slice(first, last + 1), last + 1 - first
        found = [
            *(sum(points[inside]) / count for points in self._inside),
            *(points(first, last) for points in self._beside),
        ]
        return [
            0.0 if value is None else value - usual
            for value, usual in zip(found, self._usual, strict=True)
        ]


@lru_cache(maxsize=20_000)
def _reason(feature: str, contribution: float) -> Reason:
    """One of few: most features are at one of two values in most sentences."""
    return Reason(feature, contribution)


def in_words(reason: Reason) -> str:
    """A reason as a curator reads it; the bare name for a feature of another version."""
    rows = {**{feature.__name__: words for feature, words in FEATURES.items()}, **TABLES}
    spoken_for, spoken_against = rows.get(reason.feature, (reason.feature, reason.feature))
    return spoken_for if reason.contribution >= 0 else spoken_against


def spoken_for(reasons: Sequence[Reason], count: int) -> list[str]:
    """What spoke for a quote most, in a curator's words."""
    speaking = [reason for reason in reasons if reason.contribution > LEAST_REASON]
    return [in_words(reason) for reason in speaking[:count]]
