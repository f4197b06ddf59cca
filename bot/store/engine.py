"""An open library database: whole transactions, and every failure told in one line.

SQLite keeps its rollback journal: with WAL a library could not be read from a read-only folder,
and copying the one file could miss what was written last. Writers take the lock when they begin,
so two of them wait for each other instead of failing half-way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection

from bot.errors import LibraryError
from bot.store import revisions
from bot.store.connecting import (
    WRITING,
    address_of,
    connect,
    driver_of,
    engine_for,
    file_of,
    in_memory_copy,
    to_read,
    url_of,
)
from bot.store.failures import told
from bot.store.files import beside, copy_file
from bot.store.indexing import catch_up
from bot.store.schema import HEAD


class _Over(Exception):  # noqa: N818 - nothing failed
    """A rehearsal has ended."""


class Store:
    """One library database; ``place`` names it in messages.

    The file is made by the first transaction that writes, and not left behind when that fails.
    Until then reading finds an empty library. With ``dry_run`` every transaction is rolled back.
    An older library is upgraded when it is opened: a file after a copy beside it (in a dry run the
    copy is, in memory), one on a server only when ``upgrade`` says that a person saw to a backup.
    """

    def __init__(
        self,
        url: URL,
        *,
        create: bool = True,
        dry_run: bool = False,
        upgrade: bool = False,
        called: str = "",
    ) -> None:
        self.path, self.dry_run, self._create = file_of(url), dry_run, create
        self._asked = upgrade
        self.place = called or str(self.path or address_of(url))
        if _is_folder(self.path):
            raise LibraryError("is a folder", place=self.place, remedy="name a file in it")
        if self._missing() and not create:
            raise self._not_yet()
        self._engine = engine_for(url)
        self._empty: Store | None = None
        self._one_at_a_time = RLock()
        self._current = False
        self._rehearsing: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()
        if self._empty:
            self._empty.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the library; raises LibraryError."""
        if self._rehearsing:
            with told(self.place, alone=False):
                yield self._rehearsing
            return
        with told(self.place):
            self._bring_up_to_date()
            with self._reading() as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or on any error (or in a dry run) nothing of it.

        Raises LibraryError; the database is then as it was before.
        """
        if self._rehearsing:
            with told(self.place, alone=False), self._rehearsing.begin_nested():
                yield self._rehearsing
            return
        if self.dry_run and self._missing():
            with self._one_at_a_time, self._stand_in().write() as connection:
                yield connection
            return
        was_missing = self._missing()
        try:
            with told(self.place):
                self._bring_up_to_date()
                self._make_folder()
                with self._locked() as connection:
                    yield connection
        except BaseException:
            if was_missing and self.path:
                _remove_if_empty(self.path)
            raise

    @contextmanager
    def rehearse(self) -> Iterator[None]:
        """All that is read and written inside is one transaction, rolled back at the end.

        Others wait for it meanwhile. Raises LibraryError.
        """
        try:
            with self.write() as connection:
                self._rehearsing = connection
                yield
                raise _Over
        except _Over:
            pass
        finally:
            self._rehearsing = None

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        file = self._identity()
        with connect(self._engine) as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin() as transaction:
                if file and file != self._identity():
                    raise self._changed("was removed or replaced while it was opened")
                self._hold(connection)
                yield connection
                catch_up(connection)
                if self.dry_run:
                    transaction.rollback()

    def _hold(self, connection: Connection) -> None:
        """With the writers' lock taken: make the tables where there are none yet."""
        if self._missing():
            raise self._changed("was removed while it was opened")
        revision = revisions.found(connection, self.place)
        if revision is None:
            revisions.create(connection)
        elif revision != HEAD:
            raise self._changed("was changed by another version of pullquote just now")

    def _changed(self, reason: str) -> LibraryError:
        told = f"{reason}; nothing was saved"
        return LibraryError(told, place=self.place, remedy="run the command again")

    def _identity(self) -> tuple[int, int] | None:
        """Which file the path leads to: a restored one is another."""
        with suppress(OSError):
            found = self.path and self.path.stat()
            return (found.st_dev, found.st_ino) if found else None
        return None

    def _bring_up_to_date(self) -> None:
        if self._current or self._missing():
            return
        with connect(self._engine) as connection, connection.begin():
            revision = revisions.found(connection, self.place)
        if revision is None and not self._create:
            raise self._not_yet()
        if revision not in (HEAD, None):
            self._upgrade()
        self._current = revision is not None

    def _upgrade(self) -> None:
        """With the writers' lock: a copy beside it, then the migrations, all of them or none.

        SQLite copies a table to change it, which foreign keys would forbid.
        """
        if self.dry_run and self.path:
            address = f"{self.path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True)) as source:
                self._engine = in_memory_copy(source)
        with connect(self._engine, foreign_keys=False) as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin() as transaction:
                revision = revisions.found(connection, self.place)
                if revision == HEAD:
                    return  # another process was faster
                revisions.refuse_unknown(revision, self.place, revisions.MIGRATIONS)
                self._save_before_upgrade(revision)
                revisions.upgrade(connection, revisions.MIGRATIONS)
                if self.dry_run and not self.path:
                    transaction.rollback()

    def _save_before_upgrade(self, revision: str | None) -> None:
        if self._asked or (self.dry_run and self.path):
            return
        if self.path:
            copy_file(self.path, beside(self.path, f"before-{HEAD}"))
        elif self._engine.dialect.name != "sqlite":
            reason = f"is of an older version of pullquote (revision {revision} of {HEAD})"
            remedy = "save it with pg_dump, then `pullquote library upgrade --yes`"
            raise LibraryError(reason, place=self.place, remedy=remedy)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection to what there is, or to an empty library that stands in for it."""
        if self._current:
            with to_read(self._engine) as connection:
                yield connection
            return
        # One in memory has a single connection, and reads nest: each has a copy of its own.
        with self._one_at_a_time, self._stand_in()._engine.connect() as written:
            engine = in_memory_copy(driver_of(written))
        try:
            with to_read(engine) as connection:
                yield connection
        finally:
            engine.dispose()

    def _stand_in(self) -> "Store":
        """What stands in for a library that is not there yet: empty, or as a dry run fills it."""
        if self._empty is None:
            empty = open_store("sqlite://")
            with empty.write():
                pass  # the tables
            self._empty = empty
        return self._empty

    def _not_yet(self) -> LibraryError:
        remedy = "`pullquote harvest TALK` makes one"
        return LibraryError("there is no library yet", place=self.place, remedy=remedy)

    def _missing(self) -> bool:
        """Whether there is surely no file; where one may not even look, opening it will tell."""
        try:
            return self.path is not None and not self.path.exists()
        except OSError:
            return False

    def _make_folder(self) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            remedy = "name a folder that can be written"
            reason = f"its folder cannot be made ({error.strerror})"
            raise LibraryError(reason, place=self.place, remedy=remedy) from error


def _is_folder(path: Path | None) -> bool:
    with suppress(OSError):
        return path is not None and path.is_dir()
    return False


def _remove_if_empty(path: Path) -> None:
    """Remove a database that never got a table, unless another process is about to fill it."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    with (
        suppress(sqlite3.Error, OSError),
        closing(sqlite3.connect(address, uri=True, timeout=0)) as connection,
    ):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA schema_version").fetchone() == (0,):
            path.unlink()


def open_store(
    place: Path | str,
    *,
    create: bool = True,
    dry_run: bool = False,
    upgrade: bool = False,
    called: str = "",
) -> Store:
    """Open the library at a path or a URL (``sqlite://`` for one in memory).

    Nothing is made before something is written; with ``create=False`` a missing file is an error.
    ``upgrade``: a person asked for it and has a backup. ``called`` is how messages name it, where
    that is not its place. Raises LibraryError.
    """
    return Store(url_of(place), create=create, dry_run=dry_run, upgrade=upgrade, called=called)
