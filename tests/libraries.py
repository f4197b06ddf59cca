"""Libraries as the tests look into them, whichever database they are kept in."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, text

from bot.store import Store, open_store
from bot.store.schema import metadata


def place_of(project: Path) -> Path | str:
    """Where the library of a project is: on the server its test was given, or in its file."""
    return os.environ.get("PULLQUOTE_LIBRARY") or project / "quotes/library.db"


def everything(store: Store) -> dict[str, list[Row[Any]]]:
    """Every row of every table."""
    with store.read() as connection:
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
            for table in metadata.sorted_tables
        }


def state(project: Path) -> dict[str, list[Row[Any]]]:
    """All that the library of a project holds."""
    with open_store(place_of(project)) as store:
        return everything(store)


def alter(project: Path, statement: str, **values: object) -> None:
    """Change the library of a project behind its back."""
    with open_store(place_of(project)) as store, store.write() as connection:
        connection.execute(text(statement), values)
