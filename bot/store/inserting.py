"""Many rows into a table by one statement.

SQLite's full-text index writes out what it has in memory before every statement that a trigger
belongs to (``fts5SavepointMethod``): rows one by one cost four times as much as all at once, and
leave as many segments to be merged. A server is asked once instead of once a row.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table

_MOST_VALUES = 6000  # of a statement: SQLite takes 32,766, PostgreSQL 65,535


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that have a value for each column of the table: its defaults are not asked."""
    names = tuple(table.columns.keys())
    asked = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    in_order, most = itemgetter(*names), _MOST_VALUES // len(names)
    for first in range(0, len(rows), most):
        some = rows[first : first + most]
        by_column = zip(table.columns, zip(*map(in_order, some), strict=True), strict=True)
        columns = [_bound(column, values, connection.dialect) for column, values in by_column]
        values = tuple(chain.from_iterable(zip(*columns, strict=True)))
        statement = _statement(table.name, names, asked, len(some))
        connection.exec_driver_sql(statement, values)


def _bound(column: Column[Any], values: Sequence[object], dialect: Dialect) -> Sequence[object]:
    """The values of a column as its driver takes them."""
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return [bind(value) for value in values] if bind else values


@lru_cache(maxsize=256)
def _statement(table: str, names: Sequence[str], asked: str, count: int) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    row = f"({', '.join([asked] * len(names))})"
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * count)}"  # noqa: S608 - ours
