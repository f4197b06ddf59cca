"""A whole library from one place to another: a file, a server, in any direction, without loss.

The copy is of one moment of the library, made in one transaction of the other, and read back and
compared before that is committed. Whoever publishes has to know: two libraries now know the same
accounts. The copy publishes nothing until a person matched its timelines, and a library that was
moved pauses its accounts.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select, update

from bot.errors import LibraryError
from bot.store.again import written
from bot.store.connecting import file_of, url_of
from bot.store.copy import Content, Progress, contents, copy_rows, is_empty
from bot.store.engine import Store, open_store
from bot.store.files import check_file, copy_pages, held_off, made_beside, put
from bot.store.indexing import catch_up
from bot.store.publishing import accounts

_EMPTY = "name a file that is not there, or an empty database made with createdb"


@dataclass(frozen=True, slots=True)
class Copied:
    """Where the copy is and what it holds, each table compared with where it came from.

    ``waiting`` accounts publish from there once their timelines are matched; ``paused`` ones do
    not publish from here any more.
    """

    place: str
    tables: tuple[Content, ...]
    waiting: tuple[str, ...]
    paused: tuple[str, ...] = ()


def copy_to(
    store: Store, target: Path | str, progress: Progress | None = None, *, dry_run: bool = False
) -> Copied:
    """Copy all of a library into an empty one, or one that is not there yet, all or nothing.

    Each row counts twice, as it is read back. In a dry run all of it is done and rolled back.
    Raises LibraryError.
    """
    url = url_of(target)
    path = file_of(url)
    if path is None and url.get_backend_name() == "sqlite":
        raise LibraryError("is gone when the copy is made", place=str(target), remedy=_EMPTY)
    with _standing(store) as rows:
        if path is None:
            with open_store(target, dry_run=dry_run) as other:
                return _copied(rows, store.place, other, progress)
        _refuse_filled(path)
        if dry_run:
            with (
                TemporaryDirectory() as folder,
                open_store(Path(folder) / "dry.db", called=str(path)) as other,
            ):
                return _copied(rows, store.place, other, progress)
        with made_beside(path) as part:
            with open_store(part, called=str(path)) as other:
                done = _copied(rows, store.place, other, progress)
            check_file(part, str(path))
            _put_where_nothing_is(part, path)
        return done


def leave_to(store: Store, place: str, now: datetime) -> tuple[str, ...]:
    """Pause every account of a library that was moved; the labels of those that published.

    Raises LibraryError that says the copy stands all the same.
    """
    free = accounts.c.paused == ""
    why = f"this library was moved to {place}, which publishes now"
    found: set[str] = set()  # also of a commit whose answer was lost

    def paused(connection: Connection) -> None:
        found.update(connection.scalars(select(accounts.c.label).where(free)))
        connection.execute(update(accounts).where(free).values(paused=why, paused_at=now))

    try:
        written(store, paused)
    except LibraryError as error:
        reason = f"was copied to {place}, but its accounts go on here: it {error.reason}"
        remedy = "stop its bot and write `paused: true` for each account into config.yaml"
        raise LibraryError(reason, place=store.place, remedy=remedy) from error
    return tuple(sorted(found))


@contextmanager
def _standing(store: Store) -> Iterator[Connection]:
    """One moment of a library; of a file through a copy of its pages, so that writers go on."""
    with store.read() as connection, ExitStack() as stack:
        if store.path is None or connection.dialect.name != "sqlite" or store.dry_run:
            yield connection
            return
        # A reader of a SQLite file holds off its writers: not for as long as rows take.
        moment = Path(stack.enter_context(TemporaryDirectory())) / "moment.db"
        copy_pages(store.path, moment)
        rest = stack.pop_all()
    with (
        rest,
        open_store(moment, create=False, called=store.place) as copied,
        copied.read() as connection,
    ):
        yield connection


def _copied(rows: Connection, source: str, other: Store, progress: Progress | None) -> Copied:
    def copying(done: int, total: int) -> None:
        if progress:
            progress(done, 2 * total)

    def comparing(done: int, total: int) -> None:
        if progress:
            progress(total + done, 2 * total)

    with other.write() as made:
        if not is_empty(made):
            raise LibraryError("holds a library already", place=other.place, remedy=_EMPTY)
        there = copy_rows(rows, made, source, copying)
        catch_up(made)  # before the last row is told of, as it takes its time
        here = contents(made, other.place, comparing)
        wrong = [one.table for one, two in zip(there, here, strict=True) if one != two]
        if wrong:
            reason = f"reads back otherwise than it was written: {', '.join(wrong)}"
            remedy = "nothing was copied; report it"
            raise LibraryError(reason, place=other.place, remedy=remedy)
        names = select(accounts.c.label).order_by(accounts.c.label)
        waiting = tuple(made.scalars(names))
        made.execute(update(accounts).values(reconciled_at=None))
    return Copied(other.place, here, waiting)


def _refuse_filled(path: Path) -> None:
    if path.is_dir():
        raise LibraryError("is a folder", place=str(path), remedy="name a file in it")
    if not path.exists():
        return
    # An older one is not upgraded for that.
    with open_store(path, dry_run=True) as there, there.read() as connection:
        if not is_empty(connection):
            raise LibraryError("holds a library already", place=str(path), remedy=_EMPTY)


def _put_where_nothing_is(part: Path, path: Path) -> None:
    if not path.exists():
        put(part, path)
        return
    with held_off(path):
        _refuse_filled(path)
        put(part, path)
