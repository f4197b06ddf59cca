"""``doctor`` about a library on a server, which is asked for its own state."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot import checkup
from bot.config import load
from bot.store import open_store
from bot.store.connecting import WRITERS
from bot.store.state import state_of
from tests.cli.conftest import Run
from tests.store.old_libraries import OLDER, of_revision

NOW = datetime.now(UTC)


def found(run: Run) -> dict[str, dict]:
    return {check["name"]: check for check in run("doctor", "--only", "library", "--json").array}


@contextmanager
def holding(address: str) -> Iterator[None]:
    """Another program in the middle of writing."""
    with psycopg.connect(address) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        yield


def test_a_server_is_asked_for_its_own_state(run: Run, database: str, monkeypatch) -> None:
    run("init")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", database)
    assert found(run)["schema"]["found"] == "no tables yet"
    with open_store(database) as store, store.write():
        pass
    told = found(run)
    assert all(check["ok"] for check in told.values())
    assert "PostgreSQL" in told["database"]["found"]
    with holding(database):
        time.sleep(0.6)
        assert "just now, for 1 s" in found(run)["writing"]["found"]


def test_others_at_work_are_seen_by_a_user_of_no_special_rights(server, database: str) -> None:
    with open_store(database) as store, store.write():
        pass
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("CREATE ROLE reader LOGIN")
        owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        try:
            with holding(database):
                as_reader = state_of(str(make_url(database).set(username="reader")))
                used = as_reader.most - as_reader.free
            assert (as_reader.held_s, used >= 3) == (0.0, True)
        finally:
            owner.execute("DROP OWNED BY reader")
            owner.execute("DROP ROLE reader")


def test_an_older_library_on_a_server_waits_for_a_person(run: Run, database, monkeypatch) -> None:
    run("init")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", database)
    of_revision(database, OLDER[-1])
    told = found(run)["schema"]
    assert (told["ok"], "library upgrade --yes" in told["remedy"]) == (False, True)
    assert state_of(database).revision == OLDER[-1]


@pytest.mark.parametrize(
    ("address", "words", "remedy"),
    [
        ("postgresql://quotes@127.0.0.1:1/quotes", "its server is not there", "that it runs"),
        ("{server}_gone", "no such database", "createdb"),
    ],
)
def test_a_server_that_is_not_there_is_told(
    run: Run, database: str, monkeypatch, address: str, words: str, remedy: str
) -> None:
    run("init")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", address.format(server=database))
    told = found(run)["database"]
    assert (told["ok"], words in told["found"], remedy in told["remedy"]) == (False, True, True)


@pytest.mark.parametrize(("free", "well"), [(2, False), (3, True)])
def test_few_connections_are_told(free: int, well: bool, database: str) -> None:
    scene = checkup.Scene(load(Path.cwd()), NOW, database, replace(state_of(database), free=free))
    told = next(one for one in checkup.checks(scene, ["library"]) if one.name == "connections")
    assert told.ok is well


def test_a_servers_clock_that_differs_is_told(database: str) -> None:
    late = datetime.now(UTC) + timedelta(minutes=5)
    scene = checkup.Scene(load(Path.cwd()), late, database, state_of(database))
    told = next(one for one in checkup.checks(scene, ["library"]) if one.name == "clock there")
    assert (told.ok, "s behind this machine's" in told.found) == (False, True)
