"""What a database driver says, told as one line: which library, why, what to do next."""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError, StatementError

from bot.errors import LibraryError
from bot.store.columns import DamagedRow

RESTORE = "restore a backup, or move the file away to start anew"
_WAIT = "wait until that has finished and try again"
_DENIED = ("cannot be opened, access is denied", "check who may read and write it")
_FULL = ("cannot grow, the disk is full; nothing was changed", "make room and try again")
_GONE = ("cannot be reached, its server is not there", "check the address, and that it runs")
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
    "57P": ("was let go, its server stops or starts just now; nothing was saved", "try again"),
    "XX001": _AMISS,
    "XX002": _AMISS,
}
# A server that was not reached gives no code, only words.
_SAID = {
    r"NUL \(0x00\)": "22021",
    r"password authentication failed|no password supplied|role \".*\" does not exist|pg_hba": "28",
    r"database \".*\" does not exist": "3D000",
    r"too many clients|remaining connection slots": "53300",
    r"is starting up|is shutting down": "57P",
    r"closed the connection|connection is (?:lost|closed)|refused|could not translate host"
    r"|resolve host|timed? ?out|No such file": "08",
}


def _sqlite_cause(error: BaseException) -> tuple[str, str] | None:
    name = str(getattr(error, "sqlite_errorname", ""))
    return _SQLITE.get(name.removeprefix("SQLITE_").partition("_")[0])


def _server_cause(error: BaseException) -> tuple[str, str] | None:
    code = getattr(error, "sqlstate", None)
    if code is None:
        code = next((code for said, code in _SAID.items() if re.search(said, str(error))), "")
    return next((_POSTGRES[code[:n]] for n in (5, 3, 2) if code[:n] in _POSTGRES), None)


def explained(error: BaseException, place: str) -> LibraryError:
    """The driver's error as ours; a cause that is not in the tables is given in its own words."""
    is_sqlite = isinstance(error, sqlite3.Error)
    cause = _sqlite_cause(error) if is_sqlite else _server_cause(error)
    first_line = str(error).strip().partition("\n")[0]
    if cause is None and type(error).__name__ == "OperationalError":
        cause = (f"cannot be reached ({first_line})", "check the address and the server")
    reason, remedy = cause or (f"refused a change ({first_line})", "run `pullquote doctor`")
    return LibraryError(reason, place=place, remedy=remedy)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what drivers, SQLAlchemy and our columns raise inside the block into LibraryError."""
    try:
        yield
    except DBAPIError as error:
        raise explained(error.orig or error, place) from error
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
    except (DamagedRow, JSONDecodeError, UnicodeDecodeError, zlib.error) as error:
        reason = f"is damaged, a row of it cannot be read ({error})"
        raise LibraryError(reason, place=place, remedy=RESTORE) from error
