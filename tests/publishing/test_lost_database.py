"""A worker outlives its database going away at any commit of a post, and nothing is sent twice."""

import pytest
from sqlalchemy import make_url

from bot.errors import Passing
from bot.publishing import accounts
from bot.publishing.alerts import passed, paused
from bot.publishing.worker import LEASE
from bot.store import open_store
from tests.cutter import COMMIT, cutter
from tests.publishing.conftest import world_in
from tests.publishing.fakes import posts, states

COMMITS = 10  # of one post, from the clock to the look that finds no more, also of what only reads


@pytest.fixture
def cut_off(server):
    """A world whose database is behind a door that cuts."""
    library = server.library()
    with (
        cutter(server.address.port) as door,
        open_store(str(make_url(library).set(port=door.port))) as store,
    ):
        yield world_in(store), door
    server.give_back(library)


def test_the_table_below_has_every_commit_of_a_post(cut_off):
    world, door = cut_off
    world.plan(0)
    door.cut(COMMIT, nth=0)
    world.run()
    assert (door.seen, states(world)) == (COMMITS, ["sent"])


@pytest.mark.parametrize("heard", [True, False])
def test_a_post_goes_out_once_whichever_commit_or_its_answer_is_lost(cut_off, heard):
    world, door = cut_off
    for place in range(COMMITS):
        world.plan(place, due=world.clock())
        door.cut(COMMIT, place + 1, heard=heard)
        world.run()
        door.cut(b"")
        world.clock.wait(seconds=LEASE.total_seconds() + 1)
        world.run()  # of a claim whose answer was lost
        assert states(world)[-1] == "sent", place
        assert world.server.copies(world.quotes[place].id) == 1, place
    assert (door.cuts, {one.tries for one in posts(world)}) == (COMMITS, {1})
    assert world.server.calls == COMMITS


def test_a_person_hears_of_a_pause_although_the_answer_of_its_commit_was_lost(cut_off):
    world, door = cut_off
    world.server.faults[:] = ["signed_out"]
    world.plan(0)
    door.cut(b"INSERT INTO alerts")  # before the pause is committed
    world.run()
    assert (door.cuts, len(world.alerts)) == (1, 1)
    with world.store.write() as connection:
        accounts.resume(connection, world.account)
        passed(connection, paused(world.account), world.clock())
    world.server.faults[:] = ["signed_out"]
    door.cut(COMMIT, COMMITS, heard=True)  # the pause itself
    world.run()
    assert (door.cuts, len(world.alerts)) == (2, 2)


def test_a_worker_that_is_to_stop_waits_for_no_database(cut_off):
    world, door = cut_off
    world.plan(0)
    worker = world.worker()
    worker.stop.set()
    door.shut = True
    world.store.close()
    with pytest.raises(Passing, match="tried once"):
        worker.run([world.outlet()])
