"""A quote that went out is pinned again only when a person says that they want it once more."""

from datetime import timedelta

import pytest
from desks import ACCOUNTS, NOW, project
from sqlalchemy import insert, update

from bot.errors import NeedsPerson
from bot.posting.moving import check_repeat
from bot.posting.planning import account_of
from bot.posting.terms import terms_of
from bot.publishing import queue, reasons
from bot.publishing.matching import comparable
from bot.store.publishing import posts, timeline


def went_out(desk, *, ago=timedelta(minutes=1), state="sent", label="pre", receipt=None):
    """Plan a quote, and say that it went out there so long ago; its id."""
    (name,) = desk.approve(0)
    desk.plan()
    network = ACCOUNTS[label]["network"]
    with desk.library.store.write() as connection:
        values = {"state": state, "at": desk.now - ago, "url": "https://x.example/1"}
        values |= {"remote_id": receipt}
        connection.execute(update(posts).where(posts.c.network == network).values(values))
    return name


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("sent", r"went out on pre on Mon 2 November 2026, 08:59 \(https://x.example/1\), and"),
        ("deleted", r"went out on pre on Mon 2 November 2026, 08:59 .*, and was taken down;"),
    ],
)
def test_what_went_out_a_minute_ago_wants_a_yes(desk, state: str, told: str) -> None:
    name = went_out(desk, state=state)
    with pytest.raises(NeedsPerson, match=f"^quote {name}: it {told}.*--yes"):
        desk.pin(name)
    assert desk.listing("planned") == []
    draft = desk.pin(name, repeat=True)
    assert (draft.key.occasion, len(desk.listing("planned"))) == (2, 1)
    with pytest.raises(NeedsPerson):
        desk.pin(name, hours=2)
    assert [one.due for one in desk.listing("planned")] == [draft.due]


@pytest.mark.parametrize(("evergreen", "ago", "asks"), [
    (0, 400, True), (120, 119, True), (120, 120, False), (120, 400, False),
])  # fmt: skip
def test_the_settings_say_how_long_after_nobody_is_asked(desk, evergreen, ago, asks) -> None:
    desk.project = project(schedule={"evergreen_days": evergreen})
    name = went_out(desk, ago=timedelta(days=ago))
    if not asks:
        assert desk.pin(name, hours=0.1).key.occasion == 2
        return
    often = "120 days" if evergreen else "repeat nothing"
    with pytest.raises(NeedsPerson, match=often):
        desk.pin(name, hours=0.1)


def move(desk, post, due, *, ask=True):
    """Give a post another time, as a person who was not asked would."""
    with desk.library.store.write() as connection:
        if ask:
            check_repeat(connection, post, due, terms_of(desk.project, "pre"))
        return queue.move(connection, post.id, due, reasons.PINNED)


def test_a_move_too_close_behind_wants_a_yes_once(desk) -> None:
    desk.project = project(schedule={"evergreen_days": 120})
    name = went_out(desk, ago=timedelta(days=119))
    desk.pin(name, hours=48)
    (post,) = desk.listing("planned")
    last = post.due - timedelta(days=1)  # and 120 after it went out
    assert move(desk, post, last).due == last
    sooner = last - timedelta(minutes=1)
    remedy = rf"want it: `pullquote schedule move {post.id} '2026-11-03 08:59' --yes`"
    with pytest.raises(NeedsPerson, match=f"^post {post.id}: it went out on pre on .*{remedy}"):
        move(desk, post, sooner)
    assert [one.due for one in desk.listing("planned")] == [last]
    wanted = move(desk, post, sooner, ask=False)
    assert move(desk, wanted, sooner - timedelta(hours=1))


def test_what_is_handed_over_for_a_time_to_come_wants_a_yes(desk) -> None:
    desk.project = project(schedule={"evergreen_days": 1})
    name = went_out(desk, ago=-timedelta(days=3), label="li", receipt="handed:csv:1f2e")
    for hours in (1, 80):  # before it, and after it but too soon
        with pytest.raises(NeedsPerson, match="was handed over to go out on li on Thu 5 Nov"):
            desk.pin(name, "li", hours=hours)
    assert desk.pin(name, "li", hours=97).key.occasion == 2
    assert desk.pin(name, "pre").key.occasion == 1  # another account


def test_a_post_that_waits_is_replaced_and_the_reason_says_so(desk) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    draft = desk.pin(name)
    assert draft.why == "a person chose this time, in place of Mon 2 November 2026, 12:00"
    (post,) = desk.listing("planned")
    assert (post.due, post.why) == (draft.due, draft.why)


@pytest.mark.parametrize("state", ["sending", "unconfirmed"])
def test_a_yes_is_no_answer_to_what_may_be_out(desk, state: str) -> None:
    name = went_out(desk, state=state)
    with pytest.raises(NeedsPerson, match="schedule settle"):
        desk.pin(name, repeat=True)


def test_what_somebody_posted_by_hand_wants_a_yes(desk) -> None:
    (name,) = desk.approve(0)
    words = comparable("So true:", desk.library.quote(name).shown)
    with desk.library.store.write() as connection:
        of = account_of(connection, desk.project, terms_of(desk.project, "pre"), NOW)
        values = {"network": of.network, "account": of.id, "words": words}
        connection.execute(insert(timeline).values(**values, remote_id="9", at=NOW))
    with pytest.raises(NeedsPerson, match="it went out on pre"):
        desk.pin(name)
    assert desk.pin(name, repeat=True).key.occasion == 2
