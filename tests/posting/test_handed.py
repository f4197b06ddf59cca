"""What was handed over to another program: once, and again for a person alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desks import ACCOUNTS, NOW, project
from sqlalchemy import delete, update

from bot.errors import UsageError
from bot.posting.handed import handed_before, waiting, why_not_again
from bot.posting.handoff import hand_over
from bot.posting.terms import terms_of
from bot.store.publishing import pictures, posts

PLACE = "https://example.com/handoff"


@pytest.fixture
def team(desk):
    """A desk with two posts handed over: at noon today and tomorrow."""
    desk.approve(0, 1)
    desk.plan()
    assert len(hand(desk)) == 2
    return desk


def hand(desk, *, to="csv", folder=None, address="", when=NOW, **more):
    terms, until = terms_of(desk.project, "li"), when + timedelta(days=7)
    with desk.library.store.write() as connection:
        if more.get("again"):
            due = handed_before(connection, terms, when, until)
            due = [one for one in due if not why_not_again(connection, terms, one)]
        else:
            due = waiting(connection, desk.project, terms, when, until)
        theirs = [(terms, one) for one in due]
        return hand_over(connection, theirs, to, folder, when, address, **more)


def whys(desk, *, when=NOW):
    terms = terms_of(desk.project, "li")
    with desk.library.store.read() as connection:
        found = handed_before(connection, terms, when, when + timedelta(days=7))
        return [why_not_again(connection, terms, one) for one in found]


def sent(desk):
    return desk.listing("sent", network="linkedin")


def test_nothing_is_written_or_noted_without_the_address_of_pictures(desk, tmp_path) -> None:
    desk.approve(0, 1)
    desk.plan()
    before = desk.listing(network="linkedin")
    with pytest.raises(UsageError, match=r"^account li: Buffer fetches .*--without-pictures$"):
        hand(desk, to="buffer", folder=tmp_path / "out")
    assert desk.listing(network="linkedin") == before
    assert not (tmp_path / "out").exists()
    assert len(hand(desk, to="buffer", address=PLACE)) == 2


def test_handing_over_again_changes_what_is_told_of_it_alone(team, tmp_path) -> None:
    first = sent(team)
    done = hand(team, to="buffer", address=PLACE, folder=tmp_path, again="Pia")
    assert [one.post.id for one in done] == [one.id for one in first]
    assert all(len([*tmp_path.glob(one.images[0])]) == 1 for one in done)
    told = "handed over to csv; again to buffer by Pia, 2026-11-02 09:00 UTC"
    marks = [one.mark for one in done]
    assert all(mark.startswith("handed:buffer:") for mark in marks)
    assert sent(team) == [
        replace(one, remote_id=mark, reason=told) for one, mark in zip(first, marks, strict=True)
    ]
    assert hand(team) == ()  # by itself never
    team.plan()
    assert team.listing("planned", network="linkedin") == []


def test_what_may_be_out_is_not_handed_over_again(team) -> None:
    after_noon = NOW.replace(hour=12)
    done = hand(team, again="Pia", when=after_noon)
    assert [one.post.due for one in done] == [NOW.replace(hour=11) + timedelta(days=1)]
    assert whys(team, when=NOW + timedelta(days=2)) == []


def test_what_was_posted_by_hand_or_waits_is_not_handed_over_again(desk) -> None:
    desk.approve(0, 1)
    desk.plan()
    first, _ = desk.listing("planned", network="linkedin")
    with desk.library.store.write() as connection:
        by_hand = {"state": "sent", "at": first.due, "reason": "posted by hand"}
        connection.execute(update(posts).where(posts.c.id == first.id).values(by_hand))
    assert hand(desk, again="Pia") == ()
    assert len(desk.listing("planned", network="linkedin")) == 1


def test_a_post_that_does_not_stand_is_not_handed_over_again(team) -> None:
    assert whys(team) == ["", ""]
    first, second = (one.key.quote for one in sent(team))
    team.library.decide([first], "reject", "Pia", NOW)
    assert whys(team) == ["the quote is rejected now", ""]
    team.pin(second, "li", hours=60, repeat=True)
    (waits,) = team.listing("planned", network="linkedin")
    assert whys(team)[1] == f"post {waits.id} of the same quote came after it"
    team.cancel(waits.id)
    assert whys(team)[1] == ""
    talk = team.library.quote(second).talk
    team.library.change_talk(talk, {"embargo_until": "2027-01-01"}, "Pia", NOW)
    assert "nothing goes out of before 2027-01-01" in whys(team)[1]


def test_what_the_library_has_not_is_not_handed_over_again(team) -> None:
    first = sent(team)[0].id
    with team.library.store.write() as connection:
        connection.execute(update(posts).where(posts.c.id == first).values(payload={}))
        connection.execute(delete(pictures))
    assert whys(team) == [
        "this library has nothing of it but the receipt",
        "its picture is not in the library any more",
    ]


def test_an_account_of_the_same_network_has_its_own(team) -> None:
    team.project = project({**ACCOUNTS, "li2": ACCOUNTS["li"]})
    with team.library.store.read() as connection:
        terms = terms_of(team.project, "li2")
        assert handed_before(connection, terms, NOW, NOW + timedelta(days=7)) == ()
