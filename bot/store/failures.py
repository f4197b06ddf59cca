"""What a database driver says, told as one line: which library, why, what to do next."""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError, NoResultFound, StatementError

from bot.errors import LibraryError, Passing
from bot.store.columns import DamagedRow

RESTORE = "restore a backup, or move the file away to start anew"
_WAIT = "wait until that has finished and try again"
_DENIED = ("cannot be opened, access is denied", "check who may read and write it")
_FULL = ("cannot grow, the disk is full; nothing was changed", "make room and try again")
_GONE = ("cannot be reached, its server is not there", "check the address, and that it runs")
_LOST = (
    "was lost, the connection to its server broke; the last change may not be saved",
    "check that the server runs, look, and try again",
)
_BUSY = ("is locked by another program", _WAIT)
_AMISS = ("holds damaged pages", "restore a backup on its server")

# SQLite's result codes (https://www.sqlite.org/rescode.html), the part before the second "_".
_SQLITE = {
    "BUSY": _BUSY,
    "LOCKED": _BUSY,
    "NOTADB": ("is not a library", "name another file, or move this one away"),
    "CORRUPT": ("is damaged", RESTORE),
    "FORMAT": ("is damaged", RESTORE),
    "FULL": _FULL,
    "READONLY": ("cannot be written, it is read-only", "allow writing, or copy it elsewhere"),
    "CANTOPEN": ("cannot be opened or made", "check that the folder exists and may be written"),
    "PERM": _DENIED,
    "AUTH": _DENIED,
    "IOERR": ("cannot be read or written", "check the disk, its free space and its quota"),
    "TOOBIG": ("cannot hold a text that large", "split the transcript"),
}
# PostgreSQL's (https://www.postgresql.org/docs/current/errcodes-appendix.html), whole or a class.
_POSTGRES = {
    "08": _GONE,
    "22003": ("cannot hold a number that large", "check the times of the transcript"),
    "22021": ("cannot hold a text with such a letter", "save the transcript as UTF-8 text"),
    "08006": _LOST,
    "25P03": _LOST,
    "25006": ("cannot be written, its server is read-only", "name the one that may be written"),
    "28": (
        "cannot be opened, its server wants another user or password",
        "put the password into ~/.pgpass or PGPASSWORD",
    ),
    "3D000": ("cannot be opened, its server has no such database", "make it with createdb"),
    "40": ("was changed by another program at the same moment; nothing was saved", "try again"),
    "42501": ("cannot be used, its server does not allow it to this user", "ask for the right to"),
    "53100": _FULL,
    "53200": ("cannot be used, its server has no memory left", "try again later"),
    "53300": ("cannot be opened, its server has too many connections", "try again later"),
    "55P03": _BUSY,
    "57P04": ("is gone, somebody dropped its database", "restore a backup into a new one"),
    "57P": ("was let go, its server stops or starts just now; nothing was saved", "try again"),
    "XX001": _AMISS,
    "XX002": _AMISS,
}
# What passes by itself: connections, restarts, others at work.
_PASSES = {"BUSY", "LOCKED", "08", "08006", "25P03", "40", "53300", "55P03", "57P"}
# A server that was not reached gives no code, only words.
_SAID = {
    r"NUL \(0x00\)": "22021",
    r"password authentication failed|no password supplied|role \".*\" does not exist|pg_hba": "28",
    r"database \".*\" does not exist": "3D000",
    r"too many clients|remaining connection slots": "53300",
    r"is starting up|is shutting down": "57P",
    r"^connection (?:failed|timeout)|refused|could not translate host|resolve host"
    r"|No such file": "08",
    r"closed the connection|connection is (?:lost|closed)|SSL connection|timed? ?out"
    r"|could not (?:receive|send) data": "08006",
}


def _sqlite_code(error: BaseException) -> str:
    if str(error).startswith("Could not decode"):  # Python's own words for bytes in a text
        return "CORRUPT"
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.removeprefix("SQLITE_").partition("_")[0]


def _server_code(error: BaseException, *, lost: bool) -> str:
    """What the server gave, or its words mean: as much of it as is in the table."""
    code = getattr(error, "sqlstate", None)
    if code is None and lost:
        code = "08006"
    if code is None:
        code = next((code for said, code in _SAID.items() if re.search(said, str(error))), "")
    return next((code[:n] for n in (5, 3, 2) if code[:n] in _POSTGRES), "")


def explained(error: BaseException, place: str, *, lost: bool = False) -> LibraryError:
    """The driver's error as ours; a cause that is not in the tables is given in its own words.

    ``Passing`` for what passes by itself. ``lost``: the driver let go of the connection for it.
    """
    if isinstance(error, sqlite3.Error):
        code = _sqlite_code(error)
        cause = _SQLITE.get(code)
    else:
        code = _server_code(error, lost=lost)
        cause = _POSTGRES.get(code)
    first_line = str(error).strip().partition("\n")[0]
    if cause is None and type(error).__name__ == "OperationalError":
        cause = (f"cannot be reached ({first_line})", "check the address and the server")
    reason, remedy = cause or (f"refused a change ({first_line})", "run `pullquote doctor`")
    kind = Passing if code in _PASSES else LibraryError
    return kind(reason, place=place, remedy=remedy)


@contextmanager
def told(place: str, *, alone: bool = True) -> Iterator[None]:
    """Turn what drivers, SQLAlchemy and our columns raise inside the block into LibraryError.

    A part of a greater transaction is not ``alone``: done again it cannot succeed.
    """
    try:
        yield
    except DBAPIError as error:
        lost = error.connection_invalidated
        found = explained(error.orig or error, place, lost=lost)
        if not alone:
            found = LibraryError(found.reason, place=place, remedy=found.remedy)
        raise found from error
    except sqlite3.Error as error:
        raise explained(error, place) from error
    except UnicodeEncodeError as error:
        reason, remedy = _POSTGRES["22021"]
        raise LibraryError(reason, place=place, remedy=remedy) from error
    except (OverflowError, StatementError) as error:
        if isinstance(error, StatementError) and not isinstance(error.orig, OverflowError):
            raise
        reason, remedy = "cannot hold a number or a time that large", "give a smaller one"
        raise LibraryError(reason, place=place, remedy=remedy) from error
    except (DamagedRow, JSONDecodeError, NoResultFound, UnicodeDecodeError, zlib.error) as error:
        reason = f"is damaged, a row of it cannot be read ({error})"
        raise LibraryError(reason, place=place, remedy=RESTORE) from error
