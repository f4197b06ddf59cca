"""Accounts go by the network's id: labels and handles change, what is known of them stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.post import Account, Identity
from bot.publishing import accounts
from bot.publishing.standing import Standing, standing
from bot.store import open_store

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANN = Identity("1@a.ex", "ann@a.ex", "https://a.ex/@ann")


@pytest.fixture
def connection(backend: str, new_place) -> Iterator[Connection]:
    with open_store(new_place()) as store, store.write() as connection:
        yield connection


def known(connection: Connection, label: str = "main", network: str = "mastodon") -> Account:
    found = accounts.account_of_label(connection, network, label)
    assert found
    return found


def test_a_renamed_account_is_the_same(connection: Connection) -> None:
    first = accounts.know(connection, "mastodon", ANN, "main", NOW)
    assert accounts.pause(connection, first, "signed out", NOW)
    renamed = Identity("1@a.ex", "ann_lee@a.ex", "https://a.ex/@ann_lee")
    again = accounts.know(connection, "mastodon", renamed, "team", NOW)
    assert (again.id, again.label, again.handle) == ("1@a.ex", "team", "ann_lee@a.ex")
    assert (again.paused, again.paused_at) == ("signed out", NOW)
    assert accounts.account_of_label(connection, "mastodon", "main") is None
    assert accounts.all_accounts(connection) == (again,)


def test_a_label_is_of_one_account(connection: Connection) -> None:
    accounts.know(connection, "mastodon", ANN, "main", NOW)
    other = accounts.know(connection, "bluesky", Identity("did:plc:1", "ann.ex"), "main", NOW)
    assert known(connection, network="bluesky") == other
    assert [one.label for one in accounts.all_accounts(connection)] == ["", "main"]


def test_a_pause_keeps_its_first_reason(connection: Connection) -> None:
    ann = accounts.know(connection, "mastodon", ANN, "main", NOW)
    assert accounts.pause(connection, ann, "signed out", NOW)
    assert not accounts.pause(connection, ann, "another", NOW + timedelta(hours=1))
    assert (known(connection).paused, known(connection).paused_at) == ("signed out", NOW)
    accounts.resume(connection, ann)
    assert (known(connection).paused, known(connection).paused_at) == ("", None)


def test_spending_counts_from_the_first_of_the_month(connection: Connection) -> None:
    ann = accounts.know(connection, "x", Identity("1", "ann"), "main", NOW)
    for at in (NOW - timedelta(days=27), NOW - timedelta(days=26), NOW):
        accounts.spend(connection, ann, "post", 0.25, at)
    assert accounts.spent_this_month(connection, ann, NOW) == 0.5
    assert standing(connection, ann, NOW) == Standing(None, None, 0.5)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (NOW, datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_budget_begins_anew_with_the_month(now: datetime, begins: datetime) -> None:
    assert accounts.next_month(now) == begins
