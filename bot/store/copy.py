"""Every row of one library into another, whatever databases the two are kept in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.types import TypeEngine

from bot.errors import LibraryError
from bot.store.checked import Checked
from bot.store.columns import Compressed
from bot.store.failures import explained, told
from bot.store.schema import line_index, metadata, quote_index, talk_keys, unindexed

Progress = Callable[[int, int], None]  # rows or pages done, of how many
Rows = Sequence[Mapping[str, Any]]
_AT_ONCE, _LARGE_AT_ONCE = 500, 8  # rows; memory stays flat, and a transcript may be a megabyte
_MADE = {quote_index, line_index, talk_keys, unindexed}  # from the others, by who commits the copy
_SUMS = 2**128


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and a number that follows from every value of them.

    It is the sum of the rows' hashes: each database has an order of its own.
    """

    table: str
    rows: int = 0
    sum: int = 0

    def plus(self, rows: Rows) -> "Content":
        """With these rows as well."""
        added = sum(map(_hash, rows))
        return Content(self.table, self.rows + len(rows), (self.sum + added) % _SUMS)


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    row = select(literal_column("1", Integer)).limit(1)
    return not any(connection.scalar(row.select_from(table)) for table in _tables())


def copy_rows(
    source: Connection, target: Connection, place: str, progress: Progress | None = None
) -> tuple[Content, ...]:
    """Copy all rows into the empty tables of another library; what each table holds.

    What search goes by is made anew from them. Numbers given next follow the copied ones. Raises
    LibraryError that names the row which the other database cannot hold, or ``place``, the
    source's, where that cannot be read.
    """

    def put(table: Table, rows: Rows) -> None:
        _put(target, table, rows)

    found = _walk(source, place, put, progress)
    for table in _tables():
        _count_on(target, table)
    return found


def contents(
    connection: Connection, place: str, progress: Progress | None = None
) -> tuple[Content, ...]:
    """What each table of the library at a place holds, read row by row. Raises LibraryError."""
    return _walk(connection, place, lambda _table, _rows: None, progress)


def _walk(
    connection: Connection,
    place: str,
    use: Callable[[Table, Rows], None],
    progress: Progress | None,
) -> tuple[Content, ...]:
    counted = (connection.scalar(select(func.count()).select_from(one)) for one in _tables())
    with told(place):
        total, done = sum(one or 0 for one in counted), 0
    found = []
    for table in _tables():
        known = Content(table.name)
        for rows in _read(connection, table, place):
            use(table, rows)
            known = known.plus(rows)
            done += len(rows)
            if progress:
                progress(done, total)
        found.append(known)
    return tuple(found)


def _read(connection: Connection, table: Table, place: str) -> Iterator[Rows]:
    """All rows, some at a time; what is compressed stays so, byte for byte."""
    kept = [type_coerce(one, _kept(one)).label(one.name) for one in _columns(table)]
    at_once = _LARGE_AT_ONCE if any(_is_large(one) for one in kept) else _AT_ONCE
    wanted = select(*kept).execution_options(yield_per=at_once)
    with told(place):  # what is done with the rows raises elsewhere
        for some in connection.execute(wanted).mappings().partitions():
            yield [dict(row) for row in some]


def _put(target: Connection, table: Table, rows: Rows) -> None:
    """Write rows, or raise LibraryError that names the one which cannot be written."""
    typed = {one.name: bindparam(one.name, type_=_kept(one)) for one in _columns(table)}
    writing = insert(table).values(typed)
    try:
        with target.begin_nested():
            target.execute(writing, rows)
    except (DBAPIError, UnicodeEncodeError) as error:
        if isinstance(error, DBAPIError) and _is_of_no_row(error):
            raise
        if len(rows) == 1:
            raise _cannot_hold(table, rows[0], error) from error
        for row in rows:
            _put(target, table, [row])


def _is_of_no_row(error: DBAPIError) -> bool:
    """Whether any row would have failed: a full disk, a lost connection, no right to write."""
    code = getattr(error.orig, "sqlstate", None) or ""
    if code.startswith("54"):  # too large for an index
        return False
    broken = error.connection_invalidated or isinstance(error, OperationalError)
    return broken or code.startswith("42")


def _cannot_hold(table: Table, row: Mapping[str, Any], error: Exception) -> LibraryError:
    key = ", ".join(str(row[one.name]) for one in table.primary_key)
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    reason = explained(cause, "").reason
    with_nul = [name for name, value in row.items() if isinstance(value, str) and "\x00" in value]
    if with_nul:
        reason = f"{' and '.join(with_nul)} has a NUL character, which PostgreSQL cannot hold"
    remedy = "change that row where it is, then copy again; nothing was copied"
    return LibraryError(
        f"a row cannot be copied: {reason}", place=f"{table.name} {key}", remedy=remedy
    )


def _tables() -> Iterator[Table]:
    return (table for table in metadata.sorted_tables if table not in _MADE)


def _columns(table: Table) -> Iterator[Column[Any]]:
    return (column for column in table.c if column.computed is None)


def _kept(column: Column[Any]) -> TypeEngine[Any]:
    packed = isinstance(column.type, Checked) and isinstance(column.type.inner, Compressed)
    return LargeBinary() if packed else column.type


def _is_large(column: Any) -> bool:
    return isinstance(column.type, LargeBinary)


def _hash(row: Mapping[str, Any]) -> int:
    values = repr([_plain(value) for value in row.values()]).encode()
    return int.from_bytes(blake2b(values, digest_size=16).digest(), "big")


def _plain(value: object) -> object:
    """A value as both databases give it: times in UTC, bytes by their hash."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return blake2b(value, digest_size=16).digest()
    return value


def _count_on(connection: Connection, table: Table) -> None:
    """A server counts ids apart from the rows; SQLite looks at the rows."""
    number = table.autoincrement_column
    if connection.dialect.name != "postgresql" or number is None:
        return
    last = connection.scalar(select(func.max(number, type_=Integer)))
    if last is not None:
        name = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        connection.execute(name, {"table": table.name, "column": number.name, "last": last})
