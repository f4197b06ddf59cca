"""From settings to outlets: who is signed in, what may be spent, where a missed post goes."""

from datetime import UTC, datetime, timedelta

import pytest
from desks import NOW, project

from bot.networks import NotNow
from bot.post import Identity
from bot.posting.outlets import Dispatch
from bot.publishing import accounts

PAID = {"main": {"network": "x", "budget_dollars": 0.05, "slots": ["mon 12:00"]}}


def dispatch(desk, settings, heard, alerts):
    return Dispatch(
        project(settings), desk.library.store, lambda: desk.now, heard.append, alerts.append
    )


def signed_in(desk, network="x", label="main"):
    with desk.library.store.write() as connection:
        return accounts.know(connection, network, Identity("7", "pullquote"), label, NOW)


def test_a_budget_stops_before_it_is_passed_and_says_so_once_a_month(desk) -> None:
    heard, alerts = [], []
    made = dispatch(desk, PAID, heard, alerts)
    account, settings = signed_in(desk), made.project.config.accounts["main"]
    for _ in range(3):
        made._spend(account, settings, "post", 0.015)
    for _ in range(2):
        with pytest.raises(NotNow, match="would pass the month's budget") as refused:
            made._spend(account, settings, "post", 0.015)
    assert refused.value.until == desk.now + timedelta(hours=1)  # it may be raised meanwhile
    assert len(alerts) == 1
    assert "$0.04 of this month's $0.05" in alerts[0] or "$0.05 of this month's" in alerts[0]
    assert "accounts.main.budget_dollars" in alerts[0]
    desk.now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    made._spend(account, settings, "post", 0.015)
    with desk.library.store.read() as connection:
        assert accounts.spent_this_month(connection, account, desk.now) == pytest.approx(0.015)


def test_an_account_nobody_signed_in_is_told_and_leaves_the_others(desk) -> None:
    heard = []
    settings = {
        "lost": {"network": "mastodon", "server": "https://example.org"},
        "pre": {"network": "preview"},
        "off": {"network": "preview", "paused": True},
        "li": {"network": "linkedin", "handoff": True},
    }
    for _ in range(2):
        found = list(dispatch(desk, settings, heard, []).outlets())
    assert [one.account.label for one in found] == ["pre"]
    assert [(one.event, one.account) for one in heard] == [("signed out", "lost")]
    assert "network login lost" in heard[0].text


def test_a_network_nobody_knows_is_told_and_leaves_the_others(desk) -> None:
    heard, settings = [], {"main": {"network": "blusky"}, "pre": {"network": "preview"}}
    found = list(dispatch(desk, settings, heard, []).outlets())
    assert [one.account.label for one in found] == ["pre"]
    assert [one.event for one in heard] == ["signed out"]
    assert "no network we know: 'blusky'" in heard[0].text


def test_a_missed_post_goes_to_the_next_free_slot(desk) -> None:
    settings = {"pre": {"network": "preview", "slots": ["daily 12:00"], "missed": "next_slot"}}
    desk.project = project(settings)
    desk.approve(0, 1)
    desk.plan()
    first, second = (one.due for one in desk.listing("planned"))
    [outlet] = dispatch(desk, settings, [], []).outlets()
    late = outlet.late(first, first + timedelta(hours=3))
    assert second == first + timedelta(days=1)
    assert (late.do, late.due) == ("move", first + timedelta(days=2))


@pytest.mark.parametrize(
    ("missed", "minutes", "does"),
    [
        ("post_late_within", 20, "send"),
        ("post_late_within", 45, "move"),
        ("skip", 45, "skip"),
        ("skip", 1, "send"),
        ("next_slot", 45, "move"),
    ],
)
def test_a_missed_slot_goes_by_the_settings(desk, missed, minutes, does) -> None:
    settings = {"pre": {"network": "preview", "slots": ["daily 12:00"], "missed": missed}}
    [outlet] = dispatch(desk, settings, [], []).outlets()
    noon = NOW.replace(hour=12)
    assert outlet.late(noon, noon + timedelta(minutes=minutes)).do == does


def test_without_slots_a_missed_post_is_sent(desk) -> None:
    settings = {"pre": {"network": "preview", "missed": "next_slot"}}
    [outlet] = dispatch(desk, settings, [], []).outlets()
    assert outlet.late(NOW, NOW + timedelta(days=1)).do == "send"
