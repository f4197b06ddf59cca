"""From scored spans to a ranked list: no overlaps, no thought twice, spread over the talk. Pure."""

import math
from collections.abc import Sequence

from bot.lexicon import tokens
from bot.scoring import Scored

_SAME_THOUGHT = 0.6  # share of content words two tellings have in common
_SPREAD_POINTS = 4.0  # off the score for each pick already made in the same tenth of the talk
_TOPIC_POINTS = 12.0  # off the score of one that shares all its content words with a pick
_PARTS = 10
_MS_A_QUOTE = 40_000  # of a talk; closer together, quotes only repeat what it says
_LEAST_ROOM = 3


def room(length_ms: int) -> int:
    """How many quotes a talk of this length has: one to forty seconds, three in any."""
    return max(_LEAST_ROOM, length_ms // _MS_A_QUOTE)


def select(scored: Sequence[Scored], count: int) -> list[Scored]:
    """The best ``count`` spans, best first; every shorter list of them is spread as well.

    After each pick the others lose a little where they lie in its tenth of the talk or share its
    content words (maximal marginal relevance, Carbonell & Goldstein 1998).
    """
    length_ms = max([1, *[one.span.end_ms for one in scored]])
    parts: list[list[Scored]] = [[] for _ in range(_PARTS + 1)]  # each with its best at the end
    for one in sorted(scored, key=_rank, reverse=True):
        parts[max(0, min(_PARTS, one.span.start_ms * _PARTS // length_ms))].append(one)
    taken = [0] * len(parts)
    picks = _Picks()
    while len(picks.chosen) < count and any(parts):
        best = _first(parts, taken, picks)
        one = parts[best].pop()
        if not picks.has(one):
            picks.add(one)
            taken[best] += 1
    return picks.chosen


def _first(parts: Sequence[Sequence[Scored]], taken: Sequence[int], picks: "_Picks") -> int:
    """The part whose best comes first; words are compared only where that may change it."""
    first, best = (math.inf, 0, 0), 0
    spread = [_SPREAD_POINTS * count for count in taken]
    hopes = [
        (_rank(part[-1], less), at)
        for at, (part, less) in enumerate(zip(parts, spread, strict=True))
        if part
    ]
    for hope, at in sorted(hopes):
        if hope > first:
            break
        one = parts[at][-1]
        rank = _rank(one, spread[at] + _TOPIC_POINTS * picks.common(one))
        if rank < first:
            first, best = rank, at
    return best


class _Picks:
    """The spans chosen so far, the sentences they hold, the words they show."""

    def __init__(self) -> None:
        self.chosen: list[Scored] = []
        self._sentences: set[int] = set()
        self._shown: set[tuple[str, ...]] = set()
        self._shared: dict[int, tuple[float, int]] = {}  # with how many each has been compared

    def add(self, one: Scored) -> None:
        """Choose a span."""
        self.chosen.append(one)
        self._sentences.update(_sentences(one))
        self._shown.add(tokens(one.span.shown))

    def has(self, one: Scored) -> bool:
        """Whether a span shares a sentence with a pick or says the same thing."""
        return (
            not self._sentences.isdisjoint(_sentences(one))
            or tokens(one.span.shown) in self._shown
            or self.common(one) >= _SAME_THOUGHT
        )

    def common(self, one: Scored) -> float:
        """The largest share of its content words that a pick has in common with it."""
        most, compared = self._shared.get(id(one), (0.0, 0))
        if compared < len(self.chosen):
            most = max([most, *[_common(one, other) for other in self.chosen[compared:]]])
            self._shared[id(one)] = most, len(self.chosen)
        return most


def _rank(one: Scored, less: float = 0.0) -> tuple[float, int, int]:
    """The higher score first, then the earlier and the shorter span."""
    return (less - one.score, one.span.start_ms, one.span.end_ms)


def _common(one: Scored, other: Scored) -> float:
    """The share of content words that the one with fewer has in common with the other."""
    if one.content.isdisjoint(other.content):
        return 0.0
    return len(one.content & other.content) / max(1, min(len(one.content), len(other.content)))


def _sentences(one: Scored) -> range:
    return range(one.span.sentences[0].index, one.span.sentences[-1].index + 1)
