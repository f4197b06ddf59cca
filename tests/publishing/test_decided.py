"""What is decided on a quote cancels its planned posts in the same transaction, and for good."""

import pytest
from sheet_files import elsewhere, exported, imported
from sqlalchemy import delete, insert

from bot.publishing import queue
from bot.store.publishing import posts
from tests.publishing.fakes import NOW

LATER = NOW.replace(hour=10)


def rejected(world, quote):
    world.library.decide([quote], "reject", "Pia", LATER)


def taken_down(world, quote):
    world.library.retract([quote], "Pia", LATER)


def vetoed(world, quote):
    world.library.veto(quote, "Ada", LATER)


def undone(world, quote):
    world.library.undo(quote, "Pia", LATER)


def reworded(world, quote):
    shown = world.library.quote(quote).shown
    world.library.edit(quote, f"{shown[:-1]}!", "Pia", LATER)


def of_the_speaker(world, quote):
    world.library.retract_speaker("ada quill", "Pia", LATER)


CHANGES = [
    (rejected, "the quote is rejected now"),
    (taken_down, "the quote is retracted now"),
    (vetoed, "the quote is retracted now"),
    (undone, "the quote is candidate now"),
    (reworded, "the quote is candidate now"),
    (of_the_speaker, "the quote is retracted now"),
]


def states(world, quote):
    with world.store.read() as connection:
        return [(one.state, one.reason) for one in queue.listing(connection, quote=quote)]


@pytest.mark.parametrize(
    ("change", "reason"), CHANGES, ids=lambda one: getattr(one, "__name__", "")
)
def test_a_decision_cancels_what_is_planned_and_says_why(world, change, reason):
    world.plan(0)
    world.run()
    world.plan(0, occasion=2, due=LATER)
    change(world, world.quotes[0].id)
    assert states(world, world.quotes[0].id) == [("sent", ""), ("cancelled", reason)]


def test_what_is_undone_revives_no_post(world):
    world.plan(0, 1)
    first = world.quotes[0].id
    rejected(world, first)
    undone(world, first)
    assert world.library.quote(first).status == "approved"
    assert states(world, first) == [("cancelled", "the quote is rejected now")]
    assert world.run() == 1
    assert world.server.copies(first) == 0
    assert world.plan(0) == [True]  # a person, or the plan, may plan it anew


def test_tags_and_notes_leave_the_plan_alone(world):
    world.plan(0)
    first = world.quotes[0].id
    world.library.tag([first], "Pia", LATER, add=["sea"])
    world.library.note([first], "soon", "Pia", LATER)
    assert states(world, first) == [("planned", "")]


def test_a_decision_that_a_sheet_brings_cancels_too(world, tmp_path):
    world.plan(0)
    first = world.quotes[0].id
    exported(world.library, tmp_path)
    other = elsewhere(tmp_path)
    rejected(type(world)(other, world.quotes, world.clock, world.server, world.account), first)
    exported(other, tmp_path)
    other.store.close()
    imported(world.library, tmp_path)
    assert states(world, first) == [("cancelled", "the quote is rejected now")]


def test_receipts_of_a_sheet_are_never_planned_again_and_their_account_waits(world, tmp_path):
    world.plan(0)
    world.run()
    exported(world.library, tmp_path)
    with world.store.write() as connection:
        connection.execute(delete(posts))
    world.plan(0, 1)
    (taken,) = imported(world.library, tmp_path)
    assert (taken.receipts, taken.waiting) == (1, ("main",))
    assert world.plan(0) == [False]
    assert world.run() == 0  # until its timeline is matched
    world.match()
    world.run()
    assert world.server.copies(world.quotes[0].id) == 1
    assert world.server.copies(world.quotes[1].id) == 1


def test_a_post_that_is_going_out_is_told_by_the_take_down(world):
    with world.store.write() as connection:
        of = {"network": "fake", "account": "42", "quote": world.quotes[0].id, "occasion": 1}
        connection.execute(insert(posts).values(**of, state="sending"))
    done = world.library.retract([world.quotes[0].id], "Pia", LATER)
    assert [one.state for one in done.out] == ["sending"]
