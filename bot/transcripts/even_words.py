"""Word times that nobody measured: spread evenly over a cue, as translated tracks have them."""

from collections.abc import Sequence
from operator import sub

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
    starts = [word.start_ms for word in words]
    steps = list(map(sub, starts[1:], starts))
    if max(steps) - min(steps) > _SLACK_MS or max(steps) <= 0:
        return False
    return len({len(word.text) for word in words[:-1]}) > 1
