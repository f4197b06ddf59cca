"""Files that people drop: their names made harmless, their bytes in a file that has no name.

The file is one that the system removes by itself (``TemporaryFile``), even when the program is
killed; nothing of a name that a person gives is ever a path.
"""

import re
import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from bot.errors import InputError

_LONGEST = 100  # letters of a name that are kept
_CHUNK = 1_000_000
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it came: the name it is shown by, and its bytes."""

    name: str
    file: BinaryIO

    def taken(self) -> bytes:
        """Its bytes; the file is gone afterwards."""
        with self.file as opened:
            opened.seek(0)
            return opened.read()


def plain_name(given: str | None) -> str:
    """The last part of a name without what cannot be seen, cut in the middle where it is long."""
    last = re.split(r"[/\\]", _HARMFUL.sub("", given or ""))[-1]
    name = " ".join(last.encode("utf-8", "replace").decode("utf-8").split()).strip(". ")
    if len(name) <= _LONGEST:
        return name or "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:_LONGEST]
    return f"{stem[: _LONGEST - len(ending) - 2]}….{ending}"


def dropped(name: str | None, source: BinaryIO, max_mb: int) -> Dropped:
    """A copy of what is sent, to read later; InputError when it is empty or too large."""
    shown = plain_name(name)
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > max_mb * 1_000_000:
            copy.close()
            remedy = f"the most is {max_mb} MB (harvest.max_mb in config.yaml)"
            raise InputError("is too large for a transcript", place=shown, remedy=remedy)
        copy.write(chunk)
    if not size:
        copy.close()
        raise InputError("is empty", place=shown, remedy="export the transcript again")
    return Dropped(shown, copy)
