"""What a database driver says, told as one line: which library, why, what to do next."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError, OperationalError

from bot.errors import LibraryError

RESTORE = "restore a backup, or move the file away to start anew"

# SQLite's result codes (https://www.sqlite.org/rescode.html), the part before the second "_".
_SQLITE = {
    "BUSY": ("is locked by another program", "wait until that has finished and try again"),
    "LOCKED": ("is locked by another program", "wait until that has finished and try again"),
    "NOTADB": ("is not a library", "name another file, or move this one away"),
    "CORRUPT": ("is damaged", RESTORE),
    "FORMAT": ("is damaged", RESTORE),
    "FULL": ("cannot grow, the disk is full; nothing was changed", "make room and try again"),
    "READONLY": ("cannot be written, it is read-only", "allow writing, or copy it elsewhere"),
    "CANTOPEN": ("cannot be opened or made", "check that the folder exists and may be written"),
    "PERM": ("cannot be opened, access is denied", "check who may read and write it"),
    "AUTH": ("cannot be opened, access is denied", "check who may read and write it"),
    "IOERR": ("cannot be read or written", "check the disk, its free space and its quota"),
    "TOOBIG": ("cannot hold a text that large", "split the transcript"),
}


def _sqlite_code(error: BaseException | None) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.removeprefix("SQLITE_").partition("_")[0]


def explained(error: DBAPIError, place: str) -> LibraryError:
    """The driver's error as ours; a cause that is not in the table is given in its own words."""
    first_line = str(error.orig).strip().partition("\n")[0]
    cause = _SQLITE.get(_sqlite_code(error.orig))
    if cause is None and isinstance(error, OperationalError):
        cause = (f"cannot be reached ({first_line})", "check the address and the server")
    reason, remedy = cause or (f"refused a change ({first_line})", "run `pullquote doctor`")
    return LibraryError(reason, place=place, remedy=remedy)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what SQLAlchemy and our columns raise inside the block into ``LibraryError``."""
    try:
        yield
    except DBAPIError as error:
        raise explained(error, place) from error
    except (JSONDecodeError, zlib.error) as error:
        reason = f"is damaged, a row of it cannot be read ({error})"
        raise LibraryError(reason, place=place, remedy=RESTORE) from error
