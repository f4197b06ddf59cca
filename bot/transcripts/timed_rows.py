"""Rows of a time and words, as most caption formats have them, and the cues they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bot.model import Cue, Details, Removed, Word
from bot.transcripts.base import NO_START, NO_WORDS, Body

MS_PER_WORD = 400  # 150 words a minute, for a last row, which nothing follows


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row of a file, times in milliseconds where it has them."""

    start_ms: int | None
    end_ms: int | None
    text: str
    speaker: str | None = None
    words: tuple[Word, ...] = ()
    line: int | None = None


def body_of_rows(
    rows: Iterable[Row], details: Details | None = None, notes: tuple[str, ...] = ()
) -> Body:
    """A cue for each row with words and a start, lasting until the next where no end is given."""
    found = list(rows)
    cues: list[Cue] = []
    removed: list[Removed] = []
    for row, following in pairwise([*found, None]):
        if row is None:
            continue
        text = " ".join(row.text.split())
        if not text or row.start_ms is None:
            why = NO_START if text else NO_WORDS
            removed.append(Removed(why, text, row.start_ms, row.line))
            continue
        next_ms = following.start_ms if following else None
        end_ms = row.end_ms
        if end_ms is None or end_ms < row.start_ms:
            lasts_ms = MS_PER_WORD * (len(text.split()) + 1)
            end_ms = max(row.start_ms, next_ms) if next_ms is not None else row.start_ms + lasts_ms
        cues.append(Cue(row.start_ms, end_ms, text, row.speaker, row.words, row.line))
    return Body(tuple(cues), len(found), details or Details(), removed=tuple(removed), notes=notes)
