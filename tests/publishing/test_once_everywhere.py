"""Once, everywhere: a wiped disk, a restored backup, a clone, another name, posts by hand."""

import shutil
from datetime import timedelta

import pytest
from spoken import candidates, transcript

from bot.library import Library
from bot.model import Details
from bot.post import Identity, Key, Receipt
from bot.posting.by_hand import ByHand, mark_posted
from bot.publishing import accounts, queue
from bot.publishing.matching import Carriers, comparable
from bot.publishing.timelines import adopt_known, reconcile
from bot.store import open_store
from tests.publishing.conftest import world_in
from tests.publishing.fakes import NOW, World, until_done


def posts(world):
    with world.store.read() as connection:
        return queue.listing(connection)


def match(world):
    return reconcile(world.store, world.account, world.network().timeline(), world.clock())


def publish_all(world, places):
    world.plan(*places)
    for _ in range(40):
        world.run()
        world.clock.wait(minutes=1)


def most_copies(world, server):
    return max((server.copies(one.id) for one in world.quotes), default=0)


def after_a_wiped_disk(server, store):
    """A new library of the same talk, its quotes approved again, on the same account."""
    library = Library(store)
    text = transcript()
    kept = library.keep(Details(title="Lights"), text, candidates(text), NOW)
    library.decide([one.id for one in kept.quotes], "approve", "Pia", NOW)
    with store.write() as connection:
        account = accounts.know(connection, "fake", Identity("42", "pullquote"), "main", NOW)
    return World(library, library.quotes(), server.clock, server, account)


def texts_out(server):
    return sorted(seen.text for _, seen in server.posts.values())


def test_a_wiped_library_publishes_nothing_until_its_timeline_is_matched(world, new_place):
    publish_all(world, range(10))
    out = texts_out(world.server)
    assert len(out) == 10
    with open_store(new_place()) as store:
        again = after_a_wiped_disk(world.server, store)
        publish_all(again, range(20))
        assert texts_out(world.server) == out
        assert len(again.alerts) == 1 and "`pullquote network reconcile main`" in again.alerts[0]
        found = match(again)
        assert (found.read, len(found.adopted), found.by_hand) == (10, 10, 0)
        publish_all(again, range(20))
    assert len(set(texts_out(world.server))) == len(texts_out(world.server)) == 20


@pytest.mark.about_the_file
def test_a_backup_from_the_middle_publishes_nothing_twice(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        world = world_in(store)
        world.plan(*range(20))
        worker = world.worker()
        outlet = world.outlet()
        for number in range(20):
            if number == 10:
                shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
            claimed = worker._claim([outlet.id])
            worker.sender.send(claimed, outlet)
            world.clock.wait(minutes=1)
    out = texts_out(world.server)
    assert len(out) == 20
    with open_store(tmp_path / "b.db") as store:
        library = Library(store)
        restored = World(library, library.quotes(), world.clock, world.server, world.account)
        with store.read() as connection:
            [account] = accounts.all_accounts(connection)
        restored.account = account
        world.clock.wait(hours=1)
        restored.run()
        assert texts_out(world.server) == out
        assert len(restored.alerts) == 1
        assert len(match(restored).adopted) == 10
        for _ in range(5):
            restored.run()
            world.clock.wait(hours=1)
        assert texts_out(world.server) == out
        assert {one.state for one in posts(restored)} == {"sent"}


def test_an_account_by_another_name_is_the_same_account(world):
    publish_all(world, [0])
    with world.store.write() as connection:
        renamed = accounts.know(connection, "fake", Identity("42", "new"), "brand", NOW)
    assert (renamed.id, renamed.label) == (world.account.id, "brand")
    world.account = renamed
    assert world.plan(0) == [False]
    world.run()
    assert len(world.server.posts) == 1


def test_a_moved_slot_is_the_same_post(world):
    world.plan(0, due=NOW.replace(day=20))
    number = posts(world)[0].id
    with world.store.write() as connection:
        queue.move(connection, number, NOW, "earlier")
    world.run()
    assert world.plan(0, due=NOW.replace(day=20)) == [False]
    world.clock.at = NOW.replace(day=21)
    world.run()
    assert len(world.server.posts) == 1


def test_what_was_posted_by_hand_is_adopted_and_never_planned_again(world):
    quote = world.quotes[3]
    world.server.take(None, f"Loved this: {quote.shown.upper()} #lighthouse")
    with world.store.write() as connection:
        accounts.unmatched(connection, world.account)
    found = match(world)
    assert [key.quote for key in found.adopted] == [quote.id]
    assert world.plan(3) == [False]


def test_a_post_by_hand_that_comes_later_stops_the_planned_one(world):
    quote = world.quotes[0]
    world.plan(0, 1)
    world.server.take(None, quote.shown)
    world.run()
    assert len(world.server.posts) == 1 and len(world.alerts) == 1
    world.account = world.account
    match(world)
    world.run()
    assert world.server.copies(quote.id) == 0
    assert world.server.copies(world.quotes[1].id) == 1


def test_posts_of_other_things_stop_nothing_and_are_remembered(world):
    quote = world.quotes[0]
    world.server.take(None, "We are at the fair, hall 3.", ("A picture of a stand",))
    world.plan(1)
    world.run()
    assert world.server.copies(world.quotes[1].id) == 1 and not world.alerts
    # A talk harvested after its quote was posted by hand: known by the timeline that was kept.
    world.server.take(None, quote.shown)
    world.clock.wait(minutes=1)
    world.plan(2)
    world.run()
    with world.store.write() as connection:
        text = (quote.id, quote.shown, quote.said)
        assert [one.quote for one in adopt_known(connection, world.account, [text])] == [quote.id]
    assert world.plan(0) == [False]


def test_a_quote_on_the_card_alone_is_known_by_its_alt_text(world):
    quote = world.quotes[0]
    world.server.take(None, "Ada Quill, Lights", (f"Quote card: {quote.shown} – Ada Quill",))
    with world.store.write() as connection:
        accounts.unmatched(connection, world.account)
    assert [key.quote for key in match(world).adopted] == [quote.id]


def test_an_unconfirmed_post_that_shows_up_is_settled_by_matching(world):
    world.server.faults[:] = ["lost"]
    world.plan(0)
    world.run()
    with world.store.write() as connection:
        accounts.unmatched(connection, world.account)
    match(world)
    [only] = posts(world)
    assert (only.state, only.remote_id) == ("sent", "1")


def test_a_second_occasion_is_another_post(world):
    publish_all(world, [0])
    world.plan(0, occasion=2)
    world.run()
    assert world.server.copies(world.quotes[0].id) == 2
    assert [one.key.occasion for one in posts(world)] == [1, 2]


def test_two_workers_on_one_library_send_each_post_once(world):
    world.plan(*range(12))
    outlet = world.outlet()
    first, second = world.worker("w1"), world.worker("w2")
    while True:
        taken = [worker._claim([outlet.id]) for worker in (first, second)]
        for worker, claimed in zip((first, second), taken, strict=True):
            if claimed:
                worker.sender.send(claimed, outlet)
        if not any(taken):
            break
    assert len(world.server.posts) == 12
    assert most_copies(world, world.server) == 1


def test_a_worker_that_reads_the_timeline_while_another_sends_pauses_nothing(world):
    world.plan(0, 1)
    outlet, slow = world.outlet(), world.worker("slow")
    claimed = slow._claim([outlet.id])
    publish = world.network().publish
    publish(claimed.post, {})  # it is out, and its receipt not written yet
    world.worker("other").run([outlet])
    assert not world.alerts
    with world.store.write() as connection:
        queue.adopt(connection, claimed.post.key, Receipt("1", None, NOW))
    assert {one.state for one in posts(world)} == {"sent"}
    assert most_copies(world, world.server) == 1


LAMP = "The lamp does not argue with the storm."
HALF = "Half of navigation is admitting where you are not. The other half is breakfast."


@pytest.mark.parametrize(
    ("post", "quote", "carried"),
    [
        (f"“{LAMP}” – Ada", LAMP, True),
        (LAMP.upper(), LAMP, True),
        ("The lamp doesn’t argue, she said", "The lamp doesn't argue.", True),
        ("The lamp argues.", LAMP, False),
        ("So: yes we can do it", "Yes we can", True),
        ("So it is", "So", False),
        ("So", "So", True),
        (HALF.replace(" is breakfast", " breakfast"), HALF, True),
        ("Half of navigation is tea, half of the people came.", HALF, False),
        ("灯台は約束です。会うことのない人々への。", "灯台は約束です。", True),
        ("منارة هي وعد للناس", "منارة هي وعد", True),
        ("", "The lamp", False),
        ("anything", "…", False),
    ],
)
def test_a_post_is_known_by_its_words(post, quote, carried):
    assert bool(Carriers([comparable(post)]).of(quote)) is carried


def test_what_a_receipt_has_is_never_planned(world):
    with world.store.write() as connection:
        key = Key("fake", "42", world.quotes[0].id, 1)
        queue.adopt(connection, key, Receipt("9", None, NOW))
    assert world.plan(0) == [False]


def test_what_a_person_marks_is_the_post_that_the_timeline_had(world):
    """Its picture had other words, so matching it with the quote was left to a person."""
    world.server.take(None, "Look at this card!")
    with world.store.write() as connection:
        accounts.unmatched(connection, world.account)
    reconcile(world.store, world.account, world.network().timeline(), world.clock())
    world.plan(0)
    world.clock.wait(hours=1)
    with world.store.write() as connection:
        told = ByHand(world.account, "https://example.org/1", None, world.clock())
        (marked,) = mark_posted(connection, [world.quotes[0].id], told)
    assert (marked.before, marked.post.remote_id) == ("planned", "1")
    assert marked.post.at == world.clock() - timedelta(hours=1)
    world.run()
    reconcile(world.store, world.account, world.network().timeline(), world.clock())
    assert world.server.copies(world.quotes[0].id) == 0


def test_a_post_that_a_person_saw_is_the_one_on_the_timeline(world):
    world.server.faults[:] = ["nothing"]
    world.plan(0)
    until_done(world, world.outlet())
    [number] = [one.id for one in posts(world)]
    world.server.take(None, world.quotes[0].shown)
    with world.store.write() as connection:
        queue.it_is_there(connection, number, None, world.clock())
        accounts.unmatched(connection, world.account)
    match(world)
    assert [(one.state, one.remote_id, one.key.occasion) for one in posts(world)] == [
        ("sent", "1", 1)
    ]
