"""From scored spans to a ranked list: no overlaps, no thought twice, spread over the talk. Pure."""

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
    length_ms = max([1, *(one.span.end_ms for one in scored)])
    parts: list[list[Scored]] = [[] for _ in range(_PARTS + 1)]  # each with its best at the end
    for one in sorted(scored, key=_rank, reverse=True):
        parts[max(0, min(_PARTS, one.span.start_ms * _PARTS // length_ms))].append(one)
    taken = [0] * len(parts)
    chosen: list[Scored] = []
    shared: dict[int, tuple[float, int]] = {}  # with how many picks each has been compared

    def common(one: Scored) -> float:
        """The largest share of its content words that a pick has in common with it."""
        most, compared = shared.get(id(one), (0.0, 0))
        most = max([most, *(_common(one, other) for other in chosen[compared:])])
        shared[id(one)] = most, len(chosen)
        return most

    def rank(at: int) -> tuple[float, int, int]:
        best = parts[at][-1]
        return _rank(best, _SPREAD_POINTS * taken[at] + _TOPIC_POINTS * common(best))

    while len(chosen) < count and (places := [at for at, part in enumerate(parts) if part]):
        best = min(places, key=rank)
        one = parts[best].pop()
        if not any(_repeats(one, other) for other in chosen):
            chosen.append(one)
            taken[best] += 1
    return chosen


def _rank(one: Scored, less: float = 0.0) -> tuple[float, int, int]:
    """The higher score first, then the earlier and the shorter span."""
    return (less - one.score, one.span.start_ms, one.span.end_ms)


def _common(one: Scored, other: Scored) -> float:
    """The share of content words that the one with fewer has in common with the other."""
    if one.content.isdisjoint(other.content):
        return 0.0
    return len(one.content & other.content) / max(1, min(len(one.content), len(other.content)))


def _repeats(one: Scored, other: Scored) -> bool:
    """Whether two spans share a sentence or say the same thing."""
    mine = (one.span.sentences[0].index, one.span.sentences[-1].index)
    theirs = (other.span.sentences[0].index, other.span.sentences[-1].index)
    if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
        return True
    if tokens(one.span.shown) == tokens(other.span.shown):
        return True
    return _common(one, other) >= _SAME_THOUGHT
