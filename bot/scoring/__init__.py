"""Which spans of a talk people would quote, and why, as a score of 0 to 100. Pure."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import starmap
from operator import mul, sub
from typing import cast

from bot.model import Candidate, Reason
from bot.scoring.features import FEATURES, NEUTRAL, OF_TURNS, READ_ALONE, TABLES
from bot.scoring.ngrams import (
    NEIGHBOURS,
    PASSAGE,
    SURROUNDINGS,
    beside,
    grams_of,
    marked,
    phrases,
    skeleton,
)
from bot.scoring.reader import Reader, logistic
from bot.scoring.spans import Span
from bot.scoring.survey import Survey
from bot.scoring.view import View
from bot.scoring.weights import Weights

NAMES = (*(feature.__name__ for feature in FEATURES), *TABLES)
LEAST_REASON = 0.1  # points of the logit; less says nothing
_CARD = NAMES.index(READ_ALONE)
_FAINT = 0.02  # so small a weight speaks neither for nor against
_MOST_SURE = 0.9995  # what a score of 100, as it is rounded, may be
_AT_ONCE = 512  # spans looked at together


@dataclass(frozen=True)
class Worth:
    """What the values of NAMES are worth in a talk.

    It is ``plain``, and ``more`` above the gate; ``usual`` are the values that add nothing.
    """

    weights: Weights
    plain: Sequence[float]
    more: Sequence[float]
    usual: Sequence[float]

    def logits(self, rows: Iterable[Sequence[float]]) -> list[float]:
        """The logit of each row of values."""
        usually = sum(map(mul, self.usual, self.plain))
        usually_more = sum(map(mul, self.usual, self.more))
        found = []
        for values in rows:
            plain = sum(map(mul, values, self.plain)) - usually
            craft = sum(map(mul, values, self.more)) - usually_more
            found.append(self.weights.bias + plain + self._gate(plain) * craft)
        return found

    def added(self, values: Sequence[float]) -> tuple[float, ...]:
        """What each of the values adds to the logit.

        Where a feature speaks the other way at the top, what it adds there is told with how the
        line reads: the words of a feature fit one way (``FEATURES``).
        """
        from_usual = list(map(sub, values, self.usual))
        found = list(map(mul, from_usual, self.plain))
        gate = self._gate(sum(found))
        for at, one, craft in zip(self._told_as, from_usual, self.more, strict=True):
            found[at] += gate * one * craft
        return tuple(found)

    @cached_property
    def _told_as(self) -> Sequence[int]:
        """Where in NAMES what each adds at the top is told."""
        pairs = zip(self.plain, self.more, strict=True)
        return [_CARD if _opposed(*pair) else at for at, pair in enumerate(pairs)]

    def _gate(self, plain: float) -> float:
        return logistic((plain - self.weights.top) / self.weights.width)


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with its score, and the values of NAMES that give it (none where it has no words).

    A score of 50 is that of a sentence as likely to be chosen as any, 90 of one nine times as
    likely (odds, calibrated on what editors chose). Of the logit, ``read`` is a reader's.
    """

    span: Span
    score: float
    logit: float
    values: tuple[float, ...]
    worth: Worth | None
    content: frozenset[str]
    read: float = 0.0

    @property
    def contributions(self) -> tuple[float, ...]:
        """What each of NAMES added to the logit: worked out for the few spans that are kept.

        What a reader added is told with how the line reads.
        """
        found = [*self.worth.added(self.values)] if self.worth else [0.0] * len(NAMES)
        found[_CARD] += self.read
        return tuple(found)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What each feature added, largest first."""
        rounded = [round(value, 3) for value in self.contributions]
        sizes = list(map(abs, rounded))
        largest = sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True)
        return tuple([_reason(NAMES[at], rounded[at]) for at in largest if sizes[at]])


def score(
    spans: Iterable[Span],
    survey: Survey,
    weights: Weights,
    *,
    english: bool = True,
    reader: Reader | None = None,
) -> list[Scored]:
    """Score spans of a talk, in the order they come.

    What was learned from English words stands back where a talk is not ``english``, and no
    ``reader`` reads it.
    """
    worth = _worth(weights, english=english)
    given = list(spans)
    tables = _TalkTables(survey, weights, given) if english else None
    found: list[Scored] = []
    for first in range(0, len(given), _AT_ONCE):
        seen = [(span, survey.view(span)) for span in given[first : first + _AT_ONCE]]
        worded = [(span, view) for span, view in seen if view.words]
        rows = list(_rows(worded, survey, worth.usual, tables))
        known = zip(rows, worth.logits(rows), strict=True)
        for span, view in seen:
            if not view.words:
                found.append(Scored(span, 0.0, -math.inf, (), None, frozenset()))
                continue
            values, logit = next(known)
            found.append(Scored(span, _points(logit), logit, values, worth, view.subjects))
    return _read(found, reader) if reader and english else found


def _read(found: Sequence[Scored], reader: Reader) -> list[Scored]:
    """What a reader says of the best ones added."""
    reads = reader.points([one.span.shown for one in found], [one.logit for one in found])
    return [
        replace(one, score=_points(one.logit + read), logit=one.logit + read, read=read)
        for one, read in zip(found, reads, strict=True)
    ]


def _points(logit: float) -> float:
    return round(100 * logistic(logit), 1)


def _worth(weights: Weights, *, english: bool) -> Worth:
    learned = [
        weights.points[name] if english or name in NEUTRAL else (0.0, 0.0)
        for name in NAMES[: len(FEATURES)]
    ]
    tables = [
        (float(name != READ_ALONE), weights.tables[name].usual if english else 0.0)
        for name in TABLES
    ]
    plain, usual = zip(*learned, *tables, strict=True)
    return Worth(weights, plain, _at_the_top(weights, english=english), usual)


def _rows(
    seen: Sequence[tuple[Span, View]],
    survey: Survey,
    usual: Sequence[float],
    tables: "_TalkTables | None",
) -> Iterator[tuple[float, ...]]:
    """For each span the values of NAMES, the usual where one is unknown; by feature: faster."""
    views = [view for _, view in seen]
    columns = [list(map(feature, views)) for feature in FEATURES]
    for place in OF_TURNS:
        columns[place] = [usual[place] if one is None else one for one in columns[place]]
    places = [survey.places(span) for span, _ in seen]
    grams = tables.columns(places) if tables else [[0.0] * len(seen)] * len(TABLES)
    return zip(*cast("list[list[float]]", columns), *grams, strict=True)


def _at_the_top(weights: Weights, *, english: bool) -> list[float]:
    """What each of NAMES counts more above the gate, for each point of its value.

    Where a line stands finds what editors choose; near the top, what is read on a card is its
    words. The gate leaves the order of all below it as it is.
    """
    if english:
        worth = {**weights.craft, READ_ALONE: 1.0}
    else:
        worth = {
            name: craft
            for name, craft in weights.craft.items()
            if name in NEUTRAL and not _opposed(weights.points[name][0], craft)
        }
    return [worth.get(name, 0.0) for name in NAMES]


def _opposed(worth: float, craft: float) -> bool:
    """Whether a feature of this weight speaks the other way at the top."""
    return worth * craft < 0 and abs(worth) >= _FAINT


class _TalkTables:
    """What the tables of n-grams say of the sentences of a talk, each worked out once.

    The syntax of a sentence, and how it is written before any trimming, count inside a span alone.
    """

    def __init__(self, survey: Survey, weights: Weights, spans: Iterable[Span]) -> None:
        tables, said = weights.tables, survey.words
        quoted: set[int] = set()
        for first, last in map(survey.places, spans):
            quoted.update(range(first, last + 1))
        own = [words if at in quoted else () for at, words in enumerate(said)]
        written = [
            marked(one.text) if at in quoted else () for at, one in enumerate(survey.sentences)
        ]
        grams = grams_of(said, phrases)
        self._inside = [
            tables["phrases"].points(grams),
            tables["quotation"].points(grams),
            tables["syntax"].points(grams_of(own, skeleton)),
            tables[READ_ALONE].points(grams_of(written, phrases)),
        ]
        counts, ones = list(map(len, said)), [1.0] * len(said)
        self._beside = [
            beside(tables["neighbours"].points(grams), ones, NEIGHBOURS),
            beside(tables["surroundings"].of_words(grams), counts, SURROUNDINGS),
            beside(tables["passage"].points(grams), ones, PASSAGE),
        ]
        self._usual = [tables[name].usual for name in TABLES]

    def columns(self, places: Sequence[tuple[int, int]]) -> list[list[float]]:
        """For each of ``TABLES`` what it says of spans: the mean of their sentences.

        ``places`` are where the first and the last sentence of each span stand.
        """
        inside = [[_mean(points, *place) for place in places] for points in self._inside]
        around = [list(starmap(points, places)) for points in self._beside]
        usual = self._usual[len(inside) :]
        return inside + [
            [mean if one is None else one for one in column]
            for column, mean in zip(around, usual, strict=True)
        ]


@lru_cache(maxsize=20_000)
def _reason(feature: str, contribution: float) -> Reason:
    """One of few: most features are at one of two values in most sentences."""
    return Reason(feature, contribution)


def _mean(points: Sequence[float], first: int, last: int) -> float:
    if first == last:
        return points[first]
    return sum(points[first : last + 1]) / (last + 1 - first)


def start_of(quote: Candidate) -> float:
    """The points of the logit that a score has before its reasons: the same for all of a harvest.

    As exact as the score, a tenth of a point of 100.
    """
    share = min(_MOST_SURE, max(1 - _MOST_SURE, quote.score / 100))
    return math.log(share / (1 - share)) - sum(one.contribution for one in quote.reasons)


def in_words(reason: Reason) -> str:
    """A reason as a curator reads it; the bare name for a feature of another version."""
    rows = {**{feature.__name__: words for feature, words in FEATURES.items()}, **TABLES}
    spoken_for, spoken_against = rows.get(reason.feature, (reason.feature, reason.feature))
    return spoken_for if reason.contribution >= 0 else spoken_against


def spoken_for(reasons: Sequence[Reason], count: int) -> list[str]:
    """What spoke for a quote most, in a curator's words."""
    speaking = [reason for reason in reasons if reason.contribution > LEAST_REASON]
    return [in_words(reason) for reason in speaking[:count]]
