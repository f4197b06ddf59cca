"""Word times that nobody measured: spread evenly over a cue, as translated tracks have them."""

from collections.abc import Sequence
from itertools import pairwise

from bot.model import Cue, Word

NOTE = "its word times are spread evenly, not measured: times inside a cue are reckoned instead"
_LEAST_WORDS = 4
_SLACK_MS = 2  # of rounding
_MOST = 0.5  # of the cues with enough words


def measured(cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Cues without word times, and a note, where most of these are evenly spread."""
    telling = [cue for cue in cues if len(cue.words) >= _LEAST_WORDS]
    if not telling or sum(_even(cue.words) for cue in telling) <= _MOST * len(telling):
        return cues, ()
    return tuple(cue._replace(words=()) for cue in cues), (NOTE,)


def _even(words: Sequence[Word]) -> bool:
    """Whether words of different lengths take the same time each."""
    steps = [after.start_ms - before.start_ms for before, after in pairwise(words)]
    lengths = {len(word.text) for word in words[:-1]}
    return len(lengths) > 1 and max(steps) - min(steps) <= _SLACK_MS and max(steps) > 0
