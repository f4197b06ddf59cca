"""Faults at one account or between claim and call: nothing doubles, nobody else waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ConfigError, UsageError
from bot.networks import NotNow, Refused
from bot.post import Identity
from bot.publishing import accounts
from bot.store.publishing import pictures, posts
from bot.store.schema import quotes, talks
from tests.publishing import fakes
from tests.publishing.fakes import NOW, Network, Server, states, until_done


class Broken(Network):
    """A network whose looks fail in a way nobody expected."""

    error: Exception = ValueError("half an answer")

    def reconcile(self, post, prepared):
        raise self.error


@pytest.mark.parametrize("error", [Refused("404", place="fake"), ValueError("half"), KeyError("x")])
def test_a_look_that_fails_oddly_is_repeated_later_and_stops_nobody(world, error):
    world.server.faults[:] = ["lost"]
    world.plan(0, 1)
    broken = Broken(world.server)
    broken.error = error
    outlet = replace(world.outlet(), open=lambda: broken)
    world.run(outlet)
    world.clock.wait(minutes=2)
    world.plan(2)
    world.run(outlet)
    assert states(world) == ["sending", "sent", "sent"]


@pytest.mark.parametrize("error", [UsageError("no package"), ConfigError("c", "x"), KeyError("x")])
def test_an_account_that_cannot_be_opened_leaves_the_others_alone(world, error):
    def fails():
        raise error

    with world.store.write() as connection:
        other = accounts.know(connection, "fake", Identity("43", "b"), "other", world.clock())
        accounts.matched(connection, other, None, world.clock())
    server = Server(world.clock)
    world.plan(0)
    world.plan(1, account=other)
    fine = replace(world.outlet(), account=other, open=lambda: Network(server, id="43"))
    world.run(replace(world.outlet(), open=fails), fine)
    assert len(server.posts) == 1 and not world.server.posts


def test_a_rest_that_ended_before_it_was_asked_for_is_no_reason_to_hurry(world):
    class Behind(Network):
        def publish(self, post, prepared):
            self.server.calls += 1
            assert self.server.calls < 3
            raise NotNow("too many", place="fake", until=self.server.clock() - timedelta(hours=1))

    world.plan(0)
    world.run(replace(world.outlet(), open=lambda: Behind(world.server)))
    assert world.server.calls == 1


def test_a_post_nobody_finds_is_sent_again_once(world):
    world.server.faults[:] = ["nothing"] * 20
    world.plan(0)
    until_done(world, world.outlet(retry_unknown=True), hours=12)
    assert (states(world), world.server.calls) == (["unconfirmed"], 2)


def test_permission_refused_after_a_claim_holds(world):
    world.plan(0)
    outlet = world.outlet()
    claimed = world.worker("dies")._claim([outlet.id])
    with world.store.write() as connection:
        connection.execute(talks.update().values(permission="refused"))
    world.worker("dies").sender.send(claimed, outlet)
    world.clock.wait(minutes=6)
    world.run()
    assert (states(world), world.server.posts) == (["cancelled"], {})


def test_a_quote_rejected_while_its_picture_uploads_stays_here(world):
    class Slow(Network):
        def prepare(self, post, known):
            world.library.decide([post.key.quote], "reject", "Pia", world.clock())
            return {"media": ["m"]}

    world.plan(0)
    world.run(replace(world.outlet(), open=lambda: Slow(world.server)))
    world.clock.wait(minutes=6)
    world.run()
    assert (states(world), world.server.posts) == (["cancelled"], {})


def test_the_lease_of_a_call_begins_with_the_call(world):
    class Slow(Network):
        def prepare(self, post, known):
            world.clock.wait(minutes=4)
            return {}

        def publish(self, post, prepared):
            world.clock.wait(minutes=2)
            assert world.worker("other")._claim([("fake", "42")]) is None
            return super().publish(post, prepared)

    world.plan(0)
    world.run(replace(world.outlet(), open=lambda: Slow(world.server, surely=True)))
    assert states(world) == ["sent"]


def test_a_backup_from_between_claim_and_call_publishes_nothing_twice(world):
    world.plan(0)
    claimed = world.worker("gone")._claim([world.outlet().id])
    world.server.take(claimed.post.key, claimed.post.words.text)  # after the backup was made
    world.clock.wait(minutes=10)
    world.run()
    assert world.server.copies(world.quotes[0].id) == 1
    assert len(world.alerts) == 1


def test_a_post_whose_picture_is_gone_stops_nobody(world):
    world.plan(0, 1)
    with world.store.write() as connection:
        connection.execute(pictures.delete())
        connection.execute(posts.update().where(posts.c.quote == world.quotes[1].id).values(
            payload={"text": "x", "shown": world.quotes[1].shown,
                     "speaker": world.quotes[1].speaker}))  # fmt: skip
        assert connection.execute(quotes.select()).first()
    world.run()
    assert sorted(states(world)) == ["cancelled", "sent"]


def test_a_receipt_that_comes_after_another_took_over_is_kept(world):
    class Slow(Network):
        def publish(self, post, prepared):
            receipt = super().publish(post, prepared)
            world.clock.wait(minutes=6)
            assert world.worker("other")._claim([("fake", "42")]) is not None
            return receipt

    world.plan(0)
    world.run(replace(world.outlet(), open=lambda: Slow(world.server)))
    assert (states(world), fakes.posts(world)[0].remote_id) == (["sent"], "1")


def test_a_look_that_fails_is_no_look(world):
    world.server.faults[:] = ["nothing", *["blind"] * 6]
    world.plan(0)
    for _ in range(8):
        world.run()
        assert states(world) == ["sending"]
        world.clock.wait(minutes=40)
    until_done(world, world.outlet())
    assert (states(world), world.server.posts) == (["unconfirmed"], {})


def test_a_longer_rest_stands(world):
    with world.store.write() as connection:
        for minutes in (60, 15):
            accounts.rest(connection, world.account, NOW + timedelta(minutes=minutes))
        known = accounts.account(connection, "fake", "42")
    assert known.rest_until == NOW + timedelta(hours=1)
