"""Every error a person can meet, and the exit code it ends with.

    BotError                 1  failed
    ├── UsageError           2  wrong usage of a command
    ├── InputError           3  a file, picture or quote that cannot be used
    │   ├── TranscriptError  3  … a transcript: path, line, reason
    │   ├── SheetError       3  … a sheet or a table of quotes: path, line, reason
    │   ├── QueryError       3  … what a search asks for: query, character, reason
    │   ├── CardError        3  … one quote that no card can show; the others still can
    │   └── Unknown          3  … the name of something that is not there
    ├── ConfigError          4  config.yaml, a theme or a font it names: path, line, reason
    ├── NetworkError         5  a server refused, was not there, or may not be asked
    ├── NeedsPerson          6  something waits for a person
    │   └── Stale            6  … what they decide on was changed meanwhile
    └── LibraryError         1  the library cannot be opened, read or written
        └── Passing          1  … at this moment: done again it may succeed

Errors carry data; the class builds the message. Each message is one line that names the place,
the reason and the remedy. Only ``bot.cli`` and ``bot.web`` catch
``BotError``.
"""

import zlib
from pathlib import Path

# What reading a damaged file of numbers may end in.
MALFORMED = (
    *(LookupError, ArithmeticError, ValueError, TypeError, AttributeError, RecursionError),
    zlib.error,
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


class BotError(Exception):
    """What went wrong (``reason``), where (``place``) and what to do next (``remedy``)."""

    exit_code = 1

    def __init__(self, reason: str, *, place: str = "", remedy: str = "") -> None:
        self.reason, self.place, self.remedy = reason, place, remedy
        message = f"{place}: {reason}" if place else reason
        super().__init__(_one_line(f"{message}; {remedy}" if remedy else message))


class UsageError(BotError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class InputError(BotError):
    """Something the person brought cannot be used."""

    exit_code = 3


class _FileError(BotError):
    """An error at a line of a file."""

    def __init__(
        self, path: Path | str, reason: str, *, line: int | None = None, remedy: str = ""
    ) -> None:
        self.path, self.line = Path(path), line
        place = f"{path} line {line}" if line else str(path)
        super().__init__(reason, place=place, remedy=remedy)


class TranscriptError(_FileError, InputError):
    """A transcript cannot be read: which file, which line, why."""


class SheetError(_FileError, InputError):
    """A sheet or a table of quotes cannot be used: which file, which line, why."""


class CardError(InputError):
    """A quote that no card can show: its words, a letter no font has, too long."""


class Unknown(InputError):  # noqa: N818 - what was named, not what failed
    """There is nothing of that name in the library."""


class QueryError(InputError):
    """A query cannot be understood: at which of its characters (``at``, from 1), why."""

    def __init__(self, query: str, at: int, reason: str, *, remedy: str = "") -> None:
        self.query, self.at = query, at
        super().__init__(reason, place=f"query, character {at}", remedy=remedy)


class ConfigError(_FileError):
    """A setting, theme or font cannot be used: which file, which line, why."""

    exit_code = 4


class LibraryError(BotError):
    """The library cannot be opened, read or written."""


class Passing(LibraryError):  # noqa: N818 - what will pass
    """The library cannot be used at this moment; the same work done again may succeed.

    Its server restarts, the connection broke, somebody else held what was needed. A commit whose
    answer was lost may have happened.
    """


class NetworkError(BotError):
    """A server refused, did not answer, or is one that may not be asked."""

    exit_code = 5


class NeedsPerson(BotError):  # noqa: N818 - it asks, nothing failed
    """Something waits for a person."""

    exit_code = 6


class Stale(NeedsPerson):
    """What a person decides on was changed by another since they saw it."""
