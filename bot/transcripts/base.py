"""The contract of a transcript format.

To add a format:

1. Copy the smallest neighbour to ``bot/transcripts/<name>.py`` and end it in one ``Format``.
2. ``sniff`` gets the first 64 KiB of decoded text and says whether this is it, by content alone.
3. ``read`` gets the whole text and the file's name and returns a ``Body``: every cue with its
   times in whole milliseconds, how many cues the file has by its own marks, and a note for
   everything left out. What cannot be read at all is a ``TranscriptError`` with its line.
4. Add it to ``FORMATS`` in ``__init__.py`` and a file of your own making to ``tests/transcripts``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.model import Cue


@dataclass(frozen=True, slots=True)
class Body:
    """What a reader found in the text of a file."""

    cues: tuple[Cue, ...]
    cues_present: int
    title: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One transcript format: its name, what people call it, how to tell it, how to read it."""

    name: str
    description: str
    sniff: Callable[[str], bool]
    read: Callable[[str, str], Body]
