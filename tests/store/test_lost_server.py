"""A server that goes away in mid-work is waited for, and what is done again is done once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, make_url, select, text

from bot.errors import LibraryError, Passing
from bot.store import open_store
from bot.store.again import again, seen, written
from bot.store.schema import talks
from tests.cutter import COMMIT, cutter
from tests.store.old_libraries import TALK


@pytest.fixture
def door(server):
    with cutter(server.address.port) as made:
        yield made


@pytest.fixture
def through(door, database):
    """A library that is reached through the door, its tables made."""
    with open_store(database) as store, store.write():
        pass
    with open_store(str(make_url(database).set(port=door.port))) as store:
        with store.read():
            pass
        yield store


def keep(connection, tries=None):
    """Whole and idempotent: the talk is there afterwards, once."""
    if tries is not None:
        tries.append(1)
    if connection.scalar(select(talks.c.id)) is None:
        connection.execute(insert(talks).values(TALK))
        return "new"
    return "there"


def count(place):
    with open_store(place) as store, store.read() as connection:
        return connection.scalar(select(func.count()).select_from(talks))


@pytest.mark.parametrize(
    ("at", "heard", "came", "before"),
    [
        (b"pg_advisory_xact_lock", False, "new", 0),
        (b"FROM talks", True, "new", 0),
        (b"INSERT INTO talks", False, "new", 0),
        (b"INSERT INTO talks", True, "new", 0),
        (COMMIT, False, "new", 0),
        (COMMIT, True, "there", 1),
    ],
)
def test_a_connection_that_breaks_is_survived_and_the_work_done_once(
    door, through, database, at, heard, came, before
):
    door.cut(at, heard=heard)
    with pytest.raises(Passing, match="server broke"), through.write() as connection:
        keep(connection)
    until = time.monotonic() + 5
    while count(database) != before and time.monotonic() < until:
        time.sleep(0.01)
    assert count(database) == before
    with through.write() as connection:
        connection.execute(text("DELETE FROM talks"))
    door.cut(at, heard=heard)
    tries = []
    assert written(through, lambda connection: keep(connection, tries)) == came
    assert count(database) == 1 and door.cuts == 2


def test_reading_survives_it_too(door, through):
    door.cut(b"count(*)", heard=True)
    wanted = select(func.count()).select_from(talks)
    assert seen(through, lambda connection: connection.scalar(wanted)) == 0
    assert door.cuts == 1


def test_who_is_let_go_in_mid_transaction_does_it_again(server, database):
    tries = []

    def work(connection):
        came = keep(connection, tries)
        if len(tries) == 1:
            mine = connection.scalar(select(func.pg_backend_pid()))
            server.run(f"SELECT pg_terminate_backend({mine})")
        return came

    with open_store(database) as store:
        assert written(store, work) == "new"
    assert (len(tries), count(database)) == (2, 1)


def test_a_server_that_is_stopped_and_started_again_is_waited_for(server, database):
    if server.process is None:
        pytest.skip("the server of PULLQUOTE_TEST_POSTGRES is not ours to stop")
    with open_store(database) as store, ThreadPoolExecutor() as meanwhile:
        written(store, keep)
        server.process.stop()
        with pytest.raises(Passing, match="server is not there"), store.read():
            pass
        done = meanwhile.submit(written, store, keep)
        time.sleep(0.5)
        assert not done.done()
        server.process.start()
        assert done.result(30) == "there"
    assert count(database) == 1


def test_a_server_that_does_not_come_back_is_told_in_one_line(door, through):
    door.shut = True
    through.close()
    with pytest.raises(Passing, match=r"^postgresql://[^\n]*\(tried \d+ times in 1 s\)") as told:
        again(lambda: written_once(through), most_s=0.6)
    assert told.value.exit_code == 1


def written_once(store):
    with store.write() as connection:
        return keep(connection)


def test_in_a_rehearsal_what_broke_is_not_tried_again(door, through):
    door.cut(b"INSERT INTO talks")
    tries = []
    with pytest.raises(LibraryError) as told, through.rehearse():
        written(through, lambda connection: keep(connection, tries))
    assert (type(told.value), len(tries)) == (LibraryError, 1)
