"""What JSON of timed words has in common: vendors' speech to text, put into cues.

Such a file has no cues of its own: its words are counted, and joined into cues where the voice or
a pause parts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import Cue, Details, Removed, Word
from bot.transcripts.base import NO_START, Body
from bot.transcripts.json_reading import cues_of


@dataclass(slots=True)
class Spoken:
    """Words as they come, each with who says it; punctuation joins the word before."""

    words: list[tuple[Word, str | None]] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    present: int = 0

    def word(
        self, text: str, start_ms: int | None, end_ms: int | None, speaker: str | None
    ) -> None:
        """Add a word; one without a start shares the time of the word before."""
        if not text:
            return
        self.present += 1
        if start_ms is None:
            if not self.words:
                self.removed.append(Removed(NO_START, text))
                return
            start_ms = self.words[-1][0].end_ms
        self.words.append((Word(text, start_ms, max(start_ms, end_ms or start_ms)), speaker))

    def attach(self, text: str) -> None:
        """Add punctuation, or the rest of a word, to the word before."""
        if text and self.words:
            word, speaker = self.words[-1]
            self.words[-1] = Word(word.text + text, word.start_ms, word.end_ms), speaker

    def leave(self, text: str, start_ms: int | None, why: str) -> None:
        """Account for a word that is not read."""
        self.present += 1
        self.removed.append(Removed(why, text, start_ms))

    def body(self, details: Details, notes: tuple[str, ...] = ()) -> Body:
        """The words as cues, in the order they came."""
        return body_of([self], details, notes)


def body_of(tracks: Iterable[Spoken], details: Details, notes: tuple[str, ...] = ()) -> Body:
    """The words of several recorded tracks as cues in the order of time."""
    cues: list[Cue] = []
    removed: list[Removed] = []
    present = 0
    several = list(tracks)
    for track in several:
        cues += cues_of(track.words)
        removed += track.removed
        present += track.present
    if len(several) > 1:
        cues.sort(key=lambda cue: cue.start_ms)
    merged = present - len(removed) - len(cues)
    return Body(tuple(cues), present, details, merged, tuple(removed), notes)
