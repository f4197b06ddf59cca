"""An open library database: whole transactions, and every failure told in one line.

SQLite keeps its rollback journal: with WAL a library could not be read from a read-only folder,
and copying the one file could miss what was written last. Writers take the lock when they begin,
so two of them wait for each other instead of failing half-way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection

from bot.errors import LibraryError
from bot.store import revisions
from bot.store.connecting import WRITING, connect, engine_for, file_of, url_of
from bot.store.failures import told
from bot.store.indexing import catch_up
from bot.store.schema import HEAD


class Store:
    """One library database; ``place`` names it in messages.

    The file is made by the first transaction that writes, and not left behind when that fails.
    Until then reading finds an empty library. With ``dry_run`` every transaction is rolled back.
    """

    def __init__(self, url: URL, *, create: bool = True, dry_run: bool = False) -> None:
        self.path, self.dry_run = file_of(url), dry_run
        self.place = str(self.path or url.render_as_string(hide_password=True))
        if _is_folder(self.path):
            raise LibraryError("is a folder", place=self.place, remedy="name a file in it")
        if self._missing() and not create:
            remedy = "`pullquote harvest TALK` makes one"
            raise LibraryError("there is no library yet", place=self.place, remedy=remedy)
        self._engine = engine_for(url)
        self._empty: Store | None = None
        self._current = False

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
        with told(self.place):
            self._bring_up_to_date()
            with self._engine_to_read() as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or on any error (or in a dry run) nothing of it.

        Raises LibraryError; the database is then as it was before.
        """
        if self.dry_run and self._missing():
            with self._in_memory().write() as connection:
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
    def _locked(self) -> Iterator[Connection]:
        with connect(self._engine) as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin() as transaction:
                self._hold(connection)
                yield connection
                catch_up(connection)
                if self.dry_run:
                    transaction.rollback()

    def _hold(self, connection: Connection) -> None:
        """With the writers' lock taken: make the tables where there are none yet."""
        if self._missing():
            reason = "was removed while it was opened; nothing was saved"
            raise LibraryError(reason, place=self.place, remedy="run the command again")
        revision = revisions.found(connection, self.place)
        if revision is None:
            revisions.create(connection)
        elif revision != HEAD:
            reason = "was changed by another version of pullquote just now"
            raise LibraryError(reason, place=self.place, remedy="run the command again")

    def _bring_up_to_date(self) -> None:
        if self._current or self._missing():
            return
        with connect(self._engine) as connection, connection.begin():
            revision = revisions.found(connection, self.place)
        if revision not in (HEAD, None):
            self._upgrade()
        self._current = revision is not None

    def _upgrade(self) -> None:
        """SQLite copies a table to change it, which foreign keys would forbid."""
        with connect(self._engine, foreign_keys=False) as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin():
                revisions.upgrade(connection, self.place, revisions.MIGRATIONS)

    def _engine_to_read(self) -> AbstractContextManager[Connection]:
        return connect(self._engine if self._current else self._in_memory()._engine)

    def _in_memory(self) -> "Store":
        """An empty library that stands in for the one that is not there yet."""
        if self._empty is None:
            self._empty = open_store("sqlite://")
            with self._empty.write():
                pass  # the tables
        return self._empty

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


def open_store(place: Path | str, *, create: bool = True, dry_run: bool = False) -> Store:
    """Open the library at a path or a URL (``sqlite://`` for one in memory).

    Nothing is made before something is written; with ``create=False`` a missing file is an error.
    Raises LibraryError.
    """
    return Store(url_of(place), create=create, dry_run=dry_run)
