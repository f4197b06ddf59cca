"""Backups of a library and the way back: always one SQLite file, wherever the library is kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select, update

from bot.errors import InputError, LibraryError
from bot.store.connecting import file_of, url_of
from bot.store.copy import Progress, copy_rows, is_empty
from bot.store.engine import Store, open_store
from bot.store.files import (
    beside,
    check_file,
    copy_file,
    copy_pages,
    held_off,
    is_damaged,
    made_beside,
    move,
    put,
)
from bot.store.publishing import accounts


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the library is, and where the one is kept that was there before, if there was one.

    ``waiting`` accounts publish once their timelines are matched: more may stand there than the
    backup knows.
    """

    place: str
    before: Path | None
    waiting: tuple[str, ...] = ()


def back_up(store: Store, target: Path, progress: Progress | None = None) -> None:
    """Write all of a library into a new SQLite file, as it is at one moment.

    Others may read and write meanwhile; the file has its name only once it is whole and checked.
    In a dry run the library is opened and nothing is written. Raises InputError when there is
    such a file, LibraryError.
    """
    if target.exists():
        raise InputError("is there already", place=str(target), remedy="name a new file")
    with store.read() as connection:
        if store.dry_run:
            return
        with made_beside(target) as part:
            if store.path and connection.dialect.name == "sqlite":
                copy_pages(store.path, part, progress)
            else:
                _write_rows(connection, store.place, part, target, progress)
            put(part, target)


def _write_rows(
    rows: Connection, place: str, part: Path, target: Path, progress: Progress | None
) -> None:
    with open_store(part, called=str(target)) as made, made.write() as copied:
        copy_rows(rows, copied, place, progress)
    check_file(part, str(target))


def restore(
    place: Path | str,
    backup: Path,
    now: datetime,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Restored:
    """Put the library of a backup in place of the one at ``place``, all of it or nothing.

    The backup is copied, checked and upgraded first. A file that is there is kept beside; on a
    server the database must be empty. Raises InputError for what is no backup, LibraryError.
    """
    refuse_missing(backup)
    if is_damaged(backup):
        reason = "is no library, or a damaged one"
        raise InputError(reason, place=str(backup), remedy="name another backup")
    path = file_of(url_of(place))
    if path and path.is_dir():
        raise LibraryError("is a folder", place=str(path), remedy="name a file in it")
    if path is None:
        return _into_server(place, backup, dry_run, progress)
    if path.exists() and path.samefile(backup):
        raise InputError("is the library itself", place=str(backup), remedy="name a backup of it")
    if dry_run:
        with TemporaryDirectory() as folder:
            waiting = _prepare(backup, Path(folder) / "library.db", progress)
        return Restored(str(path), _kept(path, now) if path.exists() else None, waiting)
    with made_beside(path) as part:
        waiting = _prepare(backup, part, progress)
        return Restored(str(path), _replace(path, part, now), waiting)


def refuse_missing(backup: Path) -> None:
    """InputError for a backup that is not there, or no file."""
    if not backup.is_file():
        what = "is a folder" if backup.is_dir() else "there is no such file"
        raise InputError(what, place=str(backup), remedy="name a file of `library backup`")


def _prepare(backup: Path, part: Path, progress: Progress | None) -> tuple[str, ...]:
    """A copy of the backup, with the newest tables and no timeline matched; its accounts."""
    copy_pages(backup, part, progress)
    try:
        with open_store(part, create=False, upgrade=True) as store, store.write() as connection:
            connection.execute(update(accounts).values(reconciled_at=None))
            names = select(accounts.c.label).order_by(accounts.c.label)
            return tuple(connection.scalars(names))
    except LibraryError as error:
        raise InputError(error.reason, place=str(backup), remedy=error.remedy) from error


def _replace(path: Path, part: Path, now: datetime) -> Path | None:
    """Put a file in place of the library, which is kept beside; writers are held off meanwhile."""
    if not path.exists():
        put(part, path)
        return None
    before = _kept(path, now)
    if is_damaged(path):
        move(path, before)  # with the journal, which must not be applied to the new one
        put(part, path)
        return before
    with held_off(path):
        copy_file(path, before)
        copymode(path, part)
        put(part, path)
    return before


def _kept(path: Path, now: datetime) -> Path:
    return beside(path, f"before-restore-{now:%Y%m%d-%H%M%S}")


def _into_server(
    place: Path | str, backup: Path, dry_run: bool, progress: Progress | None
) -> Restored:
    with TemporaryDirectory() as folder:
        part = Path(folder) / "library.db"
        waiting = _prepare(backup, part, None)
        with (
            open_store(part) as kept,
            open_store(place, dry_run=dry_run) as store,
            kept.read() as rows,
            store.write() as copied,
        ):
            if not is_empty(copied):
                remedy = "make an empty database with createdb, and name that"
                raise LibraryError("holds a library already", place=store.place, remedy=remedy)
            copy_rows(rows, copied, str(backup), progress)
        return Restored(store.place, None, waiting)
