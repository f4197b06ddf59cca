"""Columns that give what belongs there: SQLite keeps any value in any column, when damaged none.

A server holds its columns to their types itself.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Dialect,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.store.columns import Compressed, DamagedRow, UtcDateTime

# What SQLite's driver gives for each type of ours.
_GIVEN: Mapping[type[TypeEngine[Any]], tuple[type, ...]] = {
    Text: (str,),
    String: (str,),
    JSON: (str,),
    UtcDateTime: (str,),
    Integer: (int,),
    BigInteger: (int,),
    Boolean: (int,),
    Double: (float, int),
    LargeBinary: (bytes,),
    Compressed: (bytes,),
}
_CALLED = {str: "words", int: "a number", float: "a number", bytes: "bytes", type(None): "nothing"}


class Checked(TypeDecorator[Any]):
    """A type whose values are looked at when they are read; ``DamagedRow`` for what is none.

    ``empty``: there may be nothing.
    """

    impl = Text  # of the class; each has its own
    cache_ok = True

    def __init__(self, inner: TypeEngine[Any], *, empty: bool) -> None:
        """Wrap a type."""
        super().__init__()
        self.inner, self.empty = inner, empty
        self.impl = inner  # type: ignore[assignment]  # an instance, as SQLAlchemy has it too

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What the database gives, checked, as a value."""
        read = self.impl_instance.result_processor(dialect, coltype)
        kinds, empty = _GIVEN[type(self.inner)], self.empty
        if dialect.name != "sqlite":
            return read

        def checked(value: Any) -> Any:
            if value is None and empty:
                return None
            if not isinstance(value, kinds):
                reason = f"{_CALLED[type(value)]} where {_CALLED[kinds[0]]} should be"
                raise DamagedRow(reason if value is None else f"{reason}: {str(value)[:40]!r}")
            try:
                return read(value) if read else value
            except RecursionError as error:
                raise DamagedRow("brackets without end") from error

        return checked


def check(metadata: MetaData) -> None:
    """Have all columns of all tables checked."""
    for table in metadata.tables.values():
        for column in table.columns:
            column.type = Checked(column.type, empty=bool(column.nullable))
