"""The contract of a transcript format.

To add a format:

1. Copy the smallest neighbour to ``bot/transcripts/<name>.py`` and end it in one ``Format``.
2. ``sniff`` says whether this is it, by content alone: it gets the first 64 KiB of decoded text, or
   the parsed document for JSON, or the bytes of a file that is no text.
3. ``read`` gets the whole of the same and the file's name and returns a ``Body``: every cue with
   its times in whole milliseconds, and an account of every cue that is not among them, so that
   ``cues_present == len(cues) + merged + whole cues removed``. What cannot be read at all is a
   ``TranscriptError`` with its line.
4. Add it to ``TEXT``, ``JSON`` or ``BINARY`` in ``__init__.py`` and a file of your own making to
   ``tests/transcripts/transcript_files.py``; the contract tests do the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.model import Cue, Details, Removed

NO_WORDS = "no words"
NO_START = "no start time"

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Body:
    """What a reader found in a file; ``merged`` counts the cues joined into others."""

    cues: tuple[Cue, ...]
    cues_present: int
    details: Details = field(default_factory=Details)
    merged: int = 0
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format(Generic[Given]):
    """One transcript format: how to tell it and read it, and its row in docs/formats.md.

    ``programs`` write it; ``speakers`` and ``word_times`` say in a few words whether it has them
    ("yes", "no", "as labels", "with --word_timestamps"); ``lost`` what Pullquote does not take.
    """

    name: str
    description: str
    sniff: Callable[[Given], bool]
    read: Callable[[Given, str], Body]
    programs: str
    speakers: str
    word_times: str
    lost: str = "nothing"
