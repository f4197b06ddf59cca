"""Cues as bytes and back, without loss: a JSON list per cue, its timed words as lists inside."""

import json
from collections.abc import Sequence

from bot.model import Cue, Word


def pack(cues: Sequence[Cue]) -> bytes:
    """The cues as ASCII JSON; equal cues give equal bytes."""
    rows = [
        (
            cue.start_ms,
            cue.end_ms,
            cue.text,
            cue.speaker,
            [(word.text, word.start_ms, word.end_ms) for word in cue.words],
            cue.line,
        )
        for cue in cues
    ]
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def unpack(packed: bytes) -> tuple[Cue, ...]:
    """The cues that ``pack`` was given; ``ValueError`` when the bytes are not such."""
    return tuple(
        Cue(start_ms, end_ms, text, speaker, tuple(Word(*word) for word in words), line)
        for start_ms, end_ms, text, speaker, words, line in json.loads(packed)
    )
