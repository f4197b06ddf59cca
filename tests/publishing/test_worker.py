"""What every answer of a network leads to: one consequence each, and never two posts."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from bot.errors import LibraryError, NeedsPerson
from bot.networks import Unclear
from bot.post import Identity
from bot.publishing import accounts, ledger
from bot.publishing.outlets import Late
from bot.store.connecting import connect
from tests.publishing.fakes import NOW, posts, states, until_done


def test_what_is_due_is_sent_once_with_its_receipt(world):
    world.plan(0, 1)
    assert world.run() == 2
    assert world.run() == 0
    assert states(world) == ["sent", "sent"]
    first = posts(world)[0]
    assert (first.remote_id, first.url) == ("1", "https://example.org/1")
    assert first.at == NOW and first.tries == 1
    assert len(world.server.posts) == 2


def test_what_is_not_due_waits(world):
    world.plan(0, due=NOW + timedelta(minutes=1))
    assert world.run() == 0
    world.clock.wait(minutes=1)
    assert world.run() == 1


@pytest.mark.parametrize(
    ("how", "faults", "state", "copies"),
    [
        ({"keyed": True}, ["lost"], "sent", 1),
        ({"keyed": True}, ["nothing"], "sent", 1),
        ({"keyed": True}, ["lost", "blind", "blind"], "sent", 1),
        ({"surely": True}, ["lost"], "sent", 1),
        ({"surely": True}, ["nothing"], "sent", 1),
        ({"surely": True}, ["nothing", "nothing", "lost"], "sent", 1),
        ({}, ["lost"], "sent", 1),
        ({}, ["lost", "blind"], "sent", 1),
        ({}, ["nothing"], "unconfirmed", 0),
        ({}, ["later", "later"], "sent", 1),
        ({}, ["rest"], "sent", 1),
        ({}, ["refused"], "failed", 0),
        ({}, ["raises"], "unconfirmed", 0),
        ({"keyed": True}, ["raises"], "sent", 1),
        ({"retry_unknown": True}, ["nothing"], "sent", 1),
        ({"retry_unknown": True}, ["nothing", "refused"], "unconfirmed", 0),
        ({"retry_unknown": True}, ["nothing", "later"], "sent", 1),
    ],
)
def test_each_answer_has_one_consequence(world, how, faults, state, copies):
    world.server.faults[:] = faults
    world.plan(0)
    until_done(world, world.outlet(**how))
    assert states(world) == [state]
    assert world.server.copies(world.quotes[0].id) == copies
    assert not world.server.faults


def test_a_call_that_arrives_late_is_found_although_the_next_was_turned_away(world):
    world.server.faults[:] = ["nothing", "later"]
    world.plan(0)
    outlet = world.outlet(surely=True)
    while world.server.faults:
        world.run(outlet)
        world.clock.wait(seconds=30)
    [waiting] = posts(world)
    world.server.take(waiting.key, waiting.words.text)  # the first call was on its way for long
    until_done(world, outlet)
    assert states(world) == ["sent"] and not world.alerts
    assert world.server.copies(world.quotes[0].id) == 1


def test_a_timeline_that_lags_is_looked_at_until_it_shows_the_post(world):
    world.server.lag = timedelta(seconds=120)
    world.server.faults[:] = ["lost"]
    world.plan(0)
    until_done(world, world.outlet())
    assert states(world) == ["sent"]
    assert len(world.server.posts) == 1


def test_a_picture_is_uploaded_once_however_often_it_is_tried(world):
    world.server.faults[:] = ["later", "later", "later"]
    world.plan(0)
    until_done(world, world.outlet())
    assert (world.server.uploads, world.server.calls) == (1, 4)


def test_waiting_grows_and_is_never_alike(world):
    world.server.faults[:] = ["later"] * 4
    world.plan(0)
    waits = []
    for _ in range(4):
        world.run()
        until = posts(world)[0].not_before
        waits.append((until - world.clock()).total_seconds())
        world.clock.at = until
    assert all(second > first for first, second in pairwise(waits))
    assert 22 <= waits[0] <= 38


def test_a_rate_limit_rests_its_account_and_no_other(world):
    with world.store.write() as connection:
        other = accounts.know(connection, "fake", Identity("43", "other"), "other", NOW)
        accounts.matched(connection, other, None, NOW)
    with world.store.write() as connection:
        ledger.plan(connection, world.draft(0), NOW)
        ledger.plan(connection, world.draft(1), NOW)
        ledger.plan(connection, world.draft(2, account=other), NOW)
    world.server.faults[:] = ["rest"]
    mine, theirs = world.outlet(), replace(world.outlet(), account=other)
    world.run(mine, theirs)
    assert states(world) == ["planned", "planned", "sent"]
    world.clock.wait(minutes=59)
    assert world.run(mine, theirs) == 0
    world.clock.wait(minutes=1)
    assert world.run(mine, theirs) == 2


def test_a_dead_token_pauses_the_account_and_says_so_once(world):
    world.server.faults[:] = ["signed_out"]
    world.plan(0, 1)
    world.run()
    world.clock.wait(hours=1)
    world.run()
    assert states(world) == ["planned", "planned"]
    assert len(world.alerts) == 1
    assert "main is paused: fake: the token was revoked" in world.alerts[0]
    assert "`pullquote network login main`" in world.alerts[0]
    with world.store.write() as connection:
        accounts.resume(connection, world.account)
    world.run()
    assert states(world) == ["sent", "sent"]


def test_a_token_that_dies_while_an_answer_is_awaited_loses_nothing(world):
    world.server.faults[:] = ["lost"]
    world.plan(0)
    world.run(world.outlet())
    dead = replace(world.outlet(), open=lambda: dies(world))
    world.clock.wait(minutes=5)
    world.run(dead)
    assert states(world) == ["sending"]
    with world.store.write() as connection:
        accounts.resume(connection, world.account)
    world.clock.wait(minutes=30)
    world.run()
    assert states(world) == ["sent"]
    assert len(world.server.posts) == 1


def dies(world):
    network = world.network()
    world.server.faults[:] = []

    def reconcile(post, prepared):
        from bot.networks import SignedOut

        raise SignedOut("the token was revoked", place="fake")

    network.reconcile = reconcile
    return network


@pytest.mark.parametrize("action", ["reject", "retract", "undo"])
def test_what_was_decided_after_planning_holds(world, action):
    world.plan(0, 1)
    quote = world.quotes[0]
    if action == "reject":
        world.library.decide([quote.id], "reject", "Pia", NOW)
    elif action == "retract":
        world.library.retract([quote.id], "Pia", NOW)
    else:
        world.library.undo(quote.id, "Pia", NOW)
    world.run()
    assert sorted(states(world)) == ["cancelled", "sent"]
    assert world.server.copies(quote.id) == 0
    assert posts(world)[0].reason


@pytest.mark.about_the_file
def test_a_talk_that_was_deleted_behind_our_back_is_not_posted(world):
    world.plan(0, 1)
    with connect(world.store._engine, foreign_keys=False) as connection:
        for table in ("decisions", "quotes", "transcripts", "talks"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.commit()
    world.run()
    assert states(world) == ["cancelled", "cancelled"]
    assert posts(world)[0].reason == "the quote is gone from the library"


def test_a_talk_cannot_be_deleted_while_its_quotes_are_planned(world):
    world.plan(0)
    with pytest.raises(LibraryError), world.store.write() as connection:
        connection.execute(text("DELETE FROM quotes"))
    world.run()
    assert states(world) == ["sent"]


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (Late("send"), "sent"),
        (Late("skip"), "skipped"),
        (Late("move", NOW + timedelta(days=2)), "planned"),
    ],
)
def test_a_missed_slot_goes_by_the_settings(world, late, state):
    world.plan(0)
    world.clock.wait(days=1)
    world.run(world.outlet(late=lambda due, now: late))
    assert states(world) == [state]
    if late.due:
        assert posts(world)[0].due == late.due
        world.clock.wait(days=1)
        world.run(world.outlet())
        assert states(world) == ["sent"]


def test_a_post_that_is_surely_absent_goes_by_the_missed_slot_too(world):
    world.server.faults[:] = ["nothing"] * 9
    world.plan(0)
    later = Late("move", NOW + timedelta(days=1))
    outlet = world.outlet(
        surely=True,
        late=lambda due, now: later if now - due > timedelta(minutes=5) else Late("send"),
    )
    for _ in range(60):
        world.run(outlet)
        world.clock.wait(minutes=1)
    assert (states(world), posts(world)[0].due) == (["planned"], later.due)
    world.server.faults.clear()
    world.clock.at = later.due
    world.run(world.outlet(surely=True))
    assert (states(world), len(world.server.posts)) == (["sent"], 1)


def test_pictures_of_a_post_that_nobody_finds_end_with_a_person(world):
    world.plan(0)
    network = world.network(surely=True)

    def prepare(post, known):
        raise Unclear("its picture is in a post already", place="fake")

    network.prepare = prepare
    until_done(world, replace(world.outlet(), open=lambda: network))
    assert (states(world), world.server.calls) == (["unconfirmed"], 0)


def test_a_slow_worker_finds_that_another_took_over(world):
    world.plan(0)
    slow, outlet = world.worker("slow"), world.outlet(keyed=True)
    claimed = slow._claim([world.outlet().id])
    world.clock.wait(minutes=6)
    world.worker("quick").run([outlet])
    slow.sender.send(claimed, outlet)
    assert states(world) == ["sent"]
    assert len(world.server.posts) == 1 and world.server.calls == 1


def test_a_stop_ends_after_the_post_in_hand(world):
    world.plan(0, 1, 2)
    worker, outlet = world.worker(), world.outlet()
    network = outlet.open()
    publish = network.publish

    def stopped(post, prepared):
        worker.stop.set()
        return publish(post, prepared)

    network.publish = stopped
    assert worker.run([outlet]) == 1
    assert states(world) == ["sent", "planned", "planned"]


def test_a_clock_behind_the_ledger_publishes_nothing(world):
    world.plan(0)
    world.clock.wait(days=-2)
    with pytest.raises(NeedsPerson, match="clock says 2026-10-31"):
        world.run()
    assert not world.server.posts
