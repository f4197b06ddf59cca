"""Cues whose times step back: a few slips are mended and noted, a file in disorder is refused.

The order of the text is what was said, so cues are never moved; only a time that does not fit
between its neighbours gives way.
"""

from bisect import bisect_right

from bot.errors import TranscriptError
from bot.model import Cue

_STEP_MS = 1000  # voices that overlap start this little before one another
_FEW = 0.02  # share of cues out of place that are slips of a captioner


def in_order(cues: tuple[Cue, ...], source: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Cues with starts that never run backwards, and a note; ``TranscriptError`` for disorder.

    Word times that would run backwards are left out: the times of their cue do.
    """
    starts = [cue.start_ms for cue in cues]
    if starts == sorted(starts):
        return _words_in_order(cues), ()
    kept = _longest_rise(starts)
    mended = _words_in_order(_mended(cues, kept))
    steps = [at for at in range(1, len(cues)) if _falls(cues[at - 1], cues[at])]
    astray = [
        at
        for at in range(len(cues))
        if _falls(mended[at], cues[at]) or _falls(cues[at], *mended[at + 1 : at + 2])
    ]
    if max(len(steps), len(astray)) > len(cues) * _FEW:
        first = (steps or astray)[0]
        raise TranscriptError(
            source,
            f"the time runs backwards at cue {first + 1}",
            line=cues[first].line,
            remedy="put the cues in order or split the file where a new recording begins",
        )
    return mended, _note(cues, kept)


def _falls(before: Cue, *after: Cue) -> bool:
    """Whether what comes after starts earlier, by more than voices overlap."""
    return any(cue.start_ms < before.start_ms - _STEP_MS for cue in after)


def _note(cues: tuple[Cue, ...], kept: set[int]) -> tuple[str, ...]:
    slips = [place for place in range(len(cues)) if place not in kept]
    if not slips:
        return ()
    first = cues[slips[0]]
    where = f"line {first.line}" if first.line else f"cue {slips[0] + 1}"
    return (f"{len(slips)} times that ran backwards mended, first at {where}",)


def _longest_rise(starts: list[int]) -> set[int]:
    """Places of a longest non-falling run of starts, not necessarily neighbours (patience sort)."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, start in enumerate(starts):
        pile = bisect_right(tails, start)
        tails[pile : pile + 1] = [start]
        places[pile : pile + 1] = [place]
        before.append(places[pile - 1] if pile else None)
    kept: set[int] = set()
    at: int | None = places[-1] if places else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return kept


def _mended(cues: tuple[Cue, ...], kept: set[int]) -> tuple[Cue, ...]:
    """Give each slipped cue the start of the kept cue before it."""
    mended: list[Cue] = []
    for place, cue in enumerate(cues):
        if place in kept:
            mended.append(cue)
            continue
        start_ms = mended[-1].start_ms if mended else min(cue.start_ms, cues[min(kept)].start_ms)
        mended.append(cue._replace(start_ms=start_ms, end_ms=max(start_ms, cue.end_ms)))
    return tuple(mended)


def _words_in_order(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Cues without the word times that fall, or that reach out of their cue over a neighbour's."""
    kept: list[Cue] = []
    following = [*(cue.start_ms for cue in cues[1:]), None]
    for cue, next_ms in zip(cues, following, strict=False):
        if not cue.words:
            kept.append(cue)
            continue
        starts = [cue.start_ms, *(word.start_ms for word in cue.words)]
        fits = starts == sorted(starts) and (next_ms is None or starts[-1] <= next_ms)
        kept.append(cue if fits else cue._replace(words=()))
    return tuple(kept)
