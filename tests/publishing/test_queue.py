"""What people do with posts: move, cancel, settle; and what may be planned anew."""

from datetime import timedelta

import pytest

from bot.errors import InputError, NeedsPerson
from bot.publishing import queue
from tests.publishing.fakes import NOW, posts, states, until_done


def test_only_planned_posts_are_moved_or_cancelled(world):
    world.plan(0, 1)
    sent, _ = posts(world)
    world.plan(2, due=NOW + timedelta(days=1))
    world.run()
    later = posts(world)[-1]
    with world.store.write() as connection:
        moved = queue.move(connection, later.id, NOW + timedelta(days=3), "moved by Pia")
    assert (moved.due, moved.key, moved.why) == (NOW + timedelta(days=3), later.key, "moved by Pia")
    refused = pytest.raises(InputError, match=r"post \d+: is sent, not planned")
    with refused, world.store.write() as connection:
        queue.cancel(connection, [later.id, sent.id], "no")
    assert states(world).count("planned") == 1


def test_a_cancelled_key_may_be_planned_anew_and_a_standing_one_not(world):
    assert world.plan(0) == [True]
    assert world.plan(0) == [False]
    number = posts(world)[0].id
    with world.store.write() as connection:
        queue.cancel(connection, [number], "changed")
    assert world.plan(0) == [True]
    world.run()
    assert world.plan(0) == [False]
    assert len(posts(world)) == 1


@pytest.mark.parametrize(("there", "copies"), [(True, 0), (False, 1)])
def test_a_person_settles_what_nobody_knows(world, there, copies):
    world.server.faults[:] = ["nothing"]
    world.plan(0)
    until_done(world, world.outlet())
    number = posts(world)[0].id
    with world.store.write() as connection:
        if there:
            queue.it_is_there(connection, number, None, world.clock())
        else:
            queue.it_is_not(connection, number, world.clock())
    with pytest.raises(NeedsPerson), world.store.write() as connection:
        queue.it_is_not(connection, number, world.clock())
    world.run()
    assert states(world) == ["sent"]
    assert world.server.copies(world.quotes[0].id) == copies
