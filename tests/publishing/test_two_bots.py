"""Two bots on one library: what the other one posts meanwhile is no post that nobody knows of."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.publishing import accounts, ledger
from bot.store.publishing import posts as table
from tests.publishing.fakes import Network, posts, states


class Looked(Network):
    """A network before whose timeline is first read something else happens."""

    meanwhile = staticmethod(lambda: None)

    def timeline(self, after=None):
        first, self.meanwhile = self.meanwhile, lambda: None
        first()
        return super().timeline(after)


def looking(world, meanwhile):
    """An outlet of a bot that looks at the account before and at its timeline after that."""
    network = Looked(world.server)
    network.meanwhile = meanwhile
    return replace(world.outlet(), open=lambda: network)


@pytest.fixture
def new(world):
    """A world whose account is new: its timeline was never looked at."""
    with world.store.write() as connection:
        accounts.unmatched(connection, world.account)
    world.plan(0, 1)
    return world


def first_of(world, *, receipt):
    """The other bot finds the timeline empty and sends one post; perhaps it notes the receipt."""

    def sends():
        other, outlet = world.worker("other"), world.outlet()
        assert other._may_publish(outlet)
        claimed = other._claim([outlet.id])
        if receipt:
            other.sender.send(claimed, outlet)
            return
        with world.store.write() as connection:
            assert ledger.begin(connection, claimed, {}, world.clock())
        world.network().publish(claimed.post, {})

    return sends


@pytest.mark.parametrize("receipt", [True, False])
def test_a_new_account_at_which_another_bot_sent_meanwhile_pauses_nothing(new, receipt):
    new.run(looking(new, first_of(new, receipt=receipt)))
    assert (new.alerts, "unmatched" in new.events()) == ([], False)
    assert sorted(states(new)) == (["sent", "sent"] if receipt else ["sending", "sent"])
    new.clock.wait(minutes=6)
    new.run()
    assert states(new) == ["sent", "sent"] and len(new.server.posts) == 2


@pytest.mark.parametrize("place", [0, 1])
def test_a_post_by_hand_beside_that_of_another_bot_stops_all(new, place):
    def both():
        first_of(new, receipt=place == 1)()
        new.server.take(None, f"So true: {new.quotes[place].shown}")

    if place == 0:  # planned again where the other has it in hand: only the copy tells
        new.plan(0, occasion=2)
    new.run(looking(new, both))
    assert len(new.alerts) == 1 and len(new.server.posts) == 2
    new.run()
    assert len(new.server.posts) == 2


def test_a_new_account_that_nobody_matched_stays_stopped(new):
    new.run(looking(new, lambda: new.server.take(None, "We are at the fair, hall 3.")))
    assert (len(new.alerts), states(new)) == (1, ["planned", "planned"])


@pytest.mark.parametrize(("copies", "alerts"), [(1, 0), (2, 1)])
def test_a_post_in_hand_explains_one_post_that_says_nearly_what_another_will(world, copies, alerts):
    world.plan(0)
    claimed = world.worker("other")._claim([world.outlet().id])
    longer = f"{claimed.post.words.text} {world.quotes[1].shown}"
    with world.store.write() as connection:
        payload = {**connection.scalar(select(table.c.payload)), "text": longer}
        connection.execute(table.update().values(payload=payload))
        assert ledger.begin(connection, claimed, {}, world.clock())
    for _ in range(copies):
        world.server.take(claimed.post.key, longer, ("Quote card",))
    world.plan(1)  # what it says stands in the post that is in hand
    world.run()
    assert len(world.alerts) == alerts
    assert [one.state for one in posts(world)] == ["sending", "planned" if alerts else "sent"]
