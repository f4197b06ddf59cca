"""The column types: times stay aware, bytes stay whole."""

import json
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.pool import StaticPool

from bot.model import Edit, Reason
from bot.store.columns import Compressed, DamagedRow, UtcDateTime, to_json

KEPT = Table("kept", MetaData(), Column("at", UtcDateTime), Column("body", Compressed))
HAWAII = timezone(timedelta(hours=-10))


@pytest.fixture
def connection():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as opened:
        KEPT.create(opened)
        yield opened
    engine.dispose()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2024, 5, 1, 9, 30, tzinfo=UTC),
        datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=HAWAII),
        None,
    ],
)
def test_a_time_comes_back_in_utc(connection, at):
    connection.execute(insert(KEPT).values(at=at))
    back = connection.scalar(select(KEPT.c.at))
    assert back == at
    assert back is None or back.tzinfo is UTC


def test_a_naive_time_is_refused(connection):
    naive = datetime(2024, 5, 1, 9, 30)  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a zone"):
        connection.execute(insert(KEPT).values(at=naive))


@pytest.mark.parametrize("value", ["'soon'", "'../../etc/passwd'", "7", "x'ff00'", "'2026-13-45'"])
def test_a_time_that_nobody_wrote_is_damage(connection, value):
    connection.exec_driver_sql(f"INSERT INTO kept (at) VALUES ({value})")
    with pytest.raises(DamagedRow, match="a time that is none"):
        connection.scalar(select(KEPT.c.at))


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"so " * 10_000, None])
def test_bytes_come_back_whole(connection, body):
    connection.execute(insert(KEPT).values(body=body))
    assert connection.scalar(select(KEPT.c.body)) == body


def test_bytes_are_kept_small(connection):
    connection.execute(insert(KEPT).values(body=b"so " * 10_000))
    packed = connection.exec_driver_sql("SELECT length(body) FROM kept").scalar()
    assert packed < 300


def test_what_zlib_packed_is_read(connection):
    connection.exec_driver_sql("INSERT INTO kept (body) VALUES (?)", (zlib.compress(b"so"),))
    assert connection.scalar(select(KEPT.c.body)) == b"so"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"so": [1, 2.5, None, True]}, {"so": [1, 2.5, None, True]}),
        ((Reason("short", -0.125),), [{"feature": "short", "contribution": -0.125}]),
        ((Edit("cut", 3, "é\ud83d", ""),), [{"kind": "cut", "at": 3, "old": "é\ud83d", "new": ""}]),
        ([float("inf"), "null", "\x00", 2**70], [float("inf"), "null", "\x00", 2**70]),
    ],
)
def test_json_holds_what_python_does(value, expected):
    assert json.loads(to_json(value)) == expected
