"""Many rows into a table by one statement.

SQLite's full-text index writes out what it has in memory before every statement that a trigger
belongs to (``fts5SavepointMethod``): rows one by one cost four times as much as all at once, and
leave as many segments to be merged. A server is asked once instead of once a row.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection, Table

_MOST_VALUES = 6000  # of a statement: SQLite takes 32,766, PostgreSQL 65,535


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows that have a value for each column of the table, as the driver takes them."""
    columns = tuple(column.name for column in table.columns)
    most = _MOST_VALUES // len(columns)
    value = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    for first in range(0, len(rows), most):
        some = rows[first : first + most]
        statement = _statement(table.name, columns, value, len(some))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))


@lru_cache(maxsize=256)
def _statement(table: str, columns: Sequence[str], value: str, count: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    row = f"({', '.join([value] * len(columns))})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608 - ours
