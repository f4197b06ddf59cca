"""A transcript in stretches: a few cues that are searched as one. Pure."""

from collections.abc import Iterator, Sequence

from bot.model import Cue

_LONG = 240  # characters: two or three sentences


def stretches(cues: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    """The first cue of each stretch and the one after its last.

    Each but the first begins with the last cue of the one before, so that words which stand across
    two cues stand in one stretch; a cue as long as a stretch is one by itself.
    """
    first, length, done = 0, 0, 0
    for at, cue in enumerate(cues):
        length += len(cue.text)
        if length >= _LONG:
            yield first, at + 1
            done = at + 1
            first = at if at > first else at + 1
            length = len(cue.text) if first == at else 0
    if done < len(cues):
        yield first, len(cues)


def text_of(cues: Sequence[Cue]) -> str:
    """The words of some cues as one text."""
    return " ".join(cue.text for cue in cues)
