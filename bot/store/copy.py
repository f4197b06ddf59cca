"""Every row of one library into another, whatever databases the two are kept in."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Table, func, insert, select, text

from bot.store.schema import line_index, metadata, quote_index, talk_keys, unindexed

Progress = Callable[[int, int], None]  # rows or pages done, of how many
_AT_ONCE = 500  # rows
_MADE = {quote_index, line_index, talk_keys, unindexed}  # from the others, by who commits the copy


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return not any(connection.execute(select(table).limit(1)).all() for table in _tables())


def copy_rows(source: Connection, target: Connection, progress: Progress | None = None) -> int:
    """Copy all rows into the empty tables of another library; how many.

    What search goes by is made anew from them. Numbers given next follow the copied ones.
    """
    total = sum(source.scalar(select(func.count()).select_from(one)) or 0 for one in _tables())
    done = 0
    for table in _tables():
        columns = [column for column in table.c if column.computed is None]
        rows = source.execution_options(yield_per=_AT_ONCE).execute(select(*columns))
        for some in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in some])
            done += len(some)
            if progress:
                progress(done, total)
        _count_on(target, table)
    return done


def _tables() -> Iterator[Table]:
    return (table for table in metadata.sorted_tables if table not in _MADE)


def _count_on(connection: Connection, table: Table) -> None:
    """A server counts ids apart from the rows; SQLite looks at the rows."""
    number = table.autoincrement_column
    if connection.dialect.name != "postgresql" or number is None:
        return
    last = connection.scalar(select(func.max(number)))
    if last is not None:
        name = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        connection.execute(name, {"table": table.name, "column": number.name, "last": last})
