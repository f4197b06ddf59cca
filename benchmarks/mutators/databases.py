"""Ways to damage a SQLite file: its pages and its header, and rows that say what none should."""

import random
import sqlite3
from contextlib import closing

from benchmarks.mutators.raw import Mutator
from benchmarks.mutators.values import ODD

_PAGE = 4096
_HEADER = 100


def _header(raw: bytes, chance: random.Random) -> bytes:
    """A field of the header: https://www.sqlite.org/fileformat2.html"""
    if len(raw) <= 16:  # an earlier mutator left no more
        return raw
    at = chance.randrange(16, min(_HEADER, len(raw)))
    return raw[:at] + chance.randbytes(chance.choice((1, 2, 4))) + raw[at + 1 :]


def _pages(raw: bytes, chance: random.Random) -> bytes:
    """Pages emptied, exchanged or filled with anything."""
    pages = [raw[at : at + _PAGE] for at in range(0, len(raw), _PAGE)]
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(pages))
        pages[at] = chance.choice((b"\0" * _PAGE, chance.choice(pages), chance.randbytes(_PAGE)))
    return b"".join(pages)


def _row(raw: bytes, chance: random.Random) -> bytes:
    """A value of a row for an odd one, kept as the database keeps it."""
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(raw)
            _changed(database, chance)
            return bytes(database.serialize())
    except sqlite3.Error:
        return raw


def _changed(database: sqlite3.Connection, chance: random.Random) -> None:
    named = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    tables = [name for (name,) in named if database.execute(f'SELECT 1 FROM "{name}"').fetchone()]
    table = chance.choice(tables)
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    odd = [one for one in ODD if isinstance(one, str | float | int | None) and one != "\ud800"]
    value = chance.choice([*odd, b"\xff\0", b"x\x9c", "[]", '{"a": 1}', "9999-99-99"])
    column = chance.choice(columns)
    if isinstance(value, int) and abs(value) >= 2**63:
        value = str(value)
    with database:
        database.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE rowid IN '
            f'(SELECT rowid FROM "{table}" ORDER BY rowid LIMIT ?)', (value, chance.choice((1, 1,
                                                                                            9))),
        )  # fmt: skip


OF_DATABASES: dict[str, Mutator] = {
    "odd-header-field": _header,
    "odd-pages": _pages,
    "odd-row": _row,
}
