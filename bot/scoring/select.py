"""From scored spans to a ranked list: no overlaps, no thought twice, spread over the talk. Pure."""

from collections.abc import Sequence

from bot.scoring import Scored

_SAME_THOUGHT = 0.6  # share of content words two tellings have in common
_SPREAD_POINTS = 4.0  # off the score for each pick already made in the same tenth of the talk
_PARTS = 10


def select(scored: Sequence[Scored], count: int) -> list[Scored]:
    """The best ``count`` spans, best first; every shorter list of them is spread as well."""
    chosen: list[Scored] = []
    length_ms = max((one.span.end_ms for one in scored), default=0) or 1
    left = sorted(scored, key=lambda one: (-one.score, one.span.start_ms, one.span.end_ms))
    taken = [0] * (_PARTS + 1)
    while left and len(chosen) < count:
        best = max(left, key=lambda one: one.score - _SPREAD_POINTS * taken[_part(one, length_ms)])
        chosen.append(best)
        taken[_part(best, length_ms)] += 1
        left = [one for one in left if not _repeats(one, best)]
    return chosen


def _part(one: Scored, length_ms: int) -> int:
    return min(_PARTS, one.span.start_ms * _PARTS // length_ms)


def _repeats(one: Scored, other: Scored) -> bool:
    """Whether two spans share a sentence or say the same thing."""
    mine = (one.span.sentences[0].index, one.span.sentences[-1].index)
    theirs = (other.span.sentences[0].index, other.span.sentences[-1].index)
    if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
        return True
    common = len(one.content & other.content)
    return common >= _SAME_THOUGHT * max(1, min(len(one.content), len(other.content)))
