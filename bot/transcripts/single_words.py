"""Files that give every word a cue of its own: the words are put into cues."""

from bot.model import Cue, Word
from bot.transcripts.json_reading import cues_of

_LEAST = 12  # cues; fewer may be a list
_SHARE = 0.9
_LONGEST = 24  # letters in a word; a line of Chinese has no spaces and more of them


def joined(cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], int]:
    """Cues of several words where each had one, and how many were merged into others."""
    single = sum(" " not in cue.text and len(cue.text) <= _LONGEST for cue in cues)
    if len(cues) < _LEAST or single < len(cues) * _SHARE:
        return cues, 0
    words = ((Word(cue.text, cue.start_ms, cue.end_ms), cue.speaker) for cue in cues)
    found = tuple(cues_of(words))
    return found, len(cues) - len(found)
