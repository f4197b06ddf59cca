"""From scored spans to a ranked list: no overlaps, no thought twice, spread over the talk. Pure."""

from collections.abc import Sequence

from bot.lexicon import tokens
from bot.scoring import Scored

_SAME_THOUGHT = 0.6  # share of content words two tellings have in common
_SPREAD_POINTS = 4.0  # off the score for each pick already made in the same tenth of the talk
_PARTS = 10


def select(scored: Sequence[Scored], count: int) -> list[Scored]:
    """The best ``count`` spans, best first; every shorter list of them is spread as well."""
    length_ms = max([1, *(one.span.end_ms for one in scored)])
    parts: list[list[Scored]] = [[] for _ in range(_PARTS + 1)]  # each with its best at the end
    for one in sorted(scored, key=_rank, reverse=True):
        parts[max(0, min(_PARTS, one.span.start_ms * _PARTS // length_ms))].append(one)
    taken = [0] * len(parts)
    chosen: list[Scored] = []
    while len(chosen) < count and (places := [at for at, part in enumerate(parts) if part]):
        best = min(places, key=lambda at: _rank(parts[at][-1], _SPREAD_POINTS * taken[at]))
        one = parts[best].pop()
        if not any(_repeats(one, other) for other in chosen):
            chosen.append(one)
            taken[best] += 1
    return chosen


def _rank(one: Scored, less: float = 0.0) -> tuple[float, int, int]:
    """The higher score first, then the earlier and the shorter span."""
    return (less - one.score, one.span.start_ms, one.span.end_ms)


def _repeats(one: Scored, other: Scored) -> bool:
    """Whether two spans share a sentence or say the same thing."""
    mine = (one.span.sentences[0].index, one.span.sentences[-1].index)
    theirs = (other.span.sentences[0].index, other.span.sentences[-1].index)
    if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
        return True
    if tokens(one.span.shown) == tokens(other.span.shown):
        return True
    common = len(one.content & other.content)
    return common >= _SAME_THOUGHT * max(1, min(len(one.content), len(other.content)))
