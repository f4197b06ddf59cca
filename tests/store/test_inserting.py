"""Many rows by one statement: as many as there are, in either database, of any type of column."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot.errors import LibraryError
from bot.store import open_store
from bot.store.inserting import insert_rows
from bot.store.schema import barred, line_index, talks

NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(new_place):
    with open_store(new_place()) as opened:
        yield opened


@pytest.mark.parametrize("count", [0, 1, 2001, 4000])
def test_every_row_is_inserted(store, count):
    rows = [{"marks": "any=", "place": at, "words": f"so {at}"} for at in range(count)]
    with store.write() as connection:
        insert_rows(connection, line_index, rows)
        kept = connection.execute(select(line_index).order_by(line_index.c.place)).mappings()
        assert [dict(row) for row in kept] == rows


def test_values_are_kept_as_their_columns_are(store):
    made = dict.fromkeys(talks.c.keys()) | {"title": "Lights", "duration_ms": 7, "created_at": NOW}
    rows = [made | {"id": name, "speakers": [name, "é"], "glossary": {}} for name in "ab"]
    with store.write() as connection:
        insert_rows(connection, talks, rows)
        kept = connection.execute(select(talks).order_by(talks.c.id)).mappings()
        assert [dict(row) for row in kept] == rows


def test_one_that_cannot_be_kept_keeps_all_away(store):
    row = {"id": "ann", "name": "Ann", "at": NOW, "who": "bob"}
    with pytest.raises(LibraryError), store.write() as connection:
        insert_rows(connection, barred, [{**row, "id": "zoe"}, row, row])
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(barred)) == 0
