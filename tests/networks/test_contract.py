"""What every network keeps to, run over the registry, each before a server that speaks for it."""

import random
from dataclasses import replace
from itertools import islice

import pytest

from bot.errors import UsageError
from bot.networks import NETWORKS, Door, Network, NotNow, Unclear, open_account
from bot.post import Absent, Doubtful, Found, Outgoing
from tests.networks.conftest import Servers
from tests.networks.posts import picture, post
from tests.networks.servers import SERVERS, Place

# How a network's server is asked for a post: what the proxy lets a fault meet.
POSTING = {
    "mastodon": ("POST", "/api/v1/statuses"),
    "bluesky": ("POST", "com.atproto.repo.putRecord"),
    "x": ("POST", "/2/tweets"),
}
WITH_SERVERS = [pytest.param(name, id=name) for name in NETWORKS if name in SERVERS]


@pytest.fixture(params=WITH_SERVERS)
def place(request: pytest.FixtureRequest, servers: Servers) -> Place:
    return servers(request.param)


@pytest.fixture
def network(place: Place) -> Network:
    return place.open()


@pytest.fixture
def ours(place: Place, network: Network) -> Outgoing:
    return post(place.network, network.whoami().id)


def test_every_network_has_a_server() -> None:
    assert set(NETWORKS) <= set(SERVERS) | {"preview"}


def test_a_network_without_its_client_says_what_to_install() -> None:
    def absent(door: Door) -> Network:
        raise ImportError("No module named 'atproto'", name="atproto")

    kind = replace(NETWORKS["mastodon"], open=absent)
    with pytest.raises(UsageError, match=r"pip install 'pullquote\[mastodon\]'"):
        open_account(kind, Door({}))


def test_who_is_signed_in_is_the_same_every_time(place: Place, network: Network) -> None:
    first = network.whoami()
    assert first.id and first.handle and not first.handle.startswith("@")
    assert place.open().whoami() == first


def test_limits_are_of_this_account(network: Network) -> None:
    limits = network.limits()
    assert limits.most >= 200 and limits.alt >= 500 and limits.images >= 1
    assert {"image/png", "image/jpeg"} <= set(limits.mimes)


def test_a_post_has_a_receipt_and_stands_on_the_timeline(network: Network, ours: Outgoing) -> None:
    receipt = network.publish(ours, network.prepare(ours, {}))
    seen = next(islice(network.timeline(), 1))
    assert (seen.remote_id, seen.text, seen.url) == (
        receipt.remote_id,
        ours.words.text,
        receipt.url,
    )
    assert seen.alts == tuple(image.alt for image in ours.images)
    assert abs((receipt.at - ours.at).total_seconds()) < 30
    assert list(network.timeline(after=receipt.remote_id)) == []


def test_what_was_posted_is_found(network: Network, ours: Outgoing) -> None:
    prepared = network.prepare(ours, {})
    receipt = network.publish(ours, prepared)
    found = network.reconcile(ours, prepared)
    assert isinstance(found, Found)
    assert found.receipt.remote_id == receipt.remote_id


def test_what_was_not_posted_is_not_found(network: Network, ours: Outgoing) -> None:
    prepared = network.prepare(ours, {})
    assert isinstance(network.reconcile(ours, prepared), Absent | Doubtful)


@pytest.mark.parametrize("fault", ["drop_answer", "half_body"])
def test_a_lost_answer_leaves_it_unclear_and_reconciling_tells(
    place: Place, network: Network, ours: Outgoing, fault: str
) -> None:
    prepared = network.prepare(ours, {})
    method, path = POSTING[place.network]
    place.lossy.next(fault, method=method, path=path)
    with pytest.raises(Unclear):
        network.publish(ours, prepared)
    assert isinstance(place.open().reconcile(ours, prepared), Found)


@pytest.mark.parametrize("fault", ["429:90", "429"])
def test_a_network_that_wants_no_more_says_until_when(
    place: Place, network: Network, ours: Outgoing, fault: str
) -> None:
    prepared = network.prepare(ours, {})
    method, path = POSTING[place.network]
    place.lossy.next(fault, method=method, path=path)
    with pytest.raises(NotNow) as told:
        network.publish(ours, prepared)
    if ":" in fault:
        assert told.value.until is not None
        assert 60 < (told.value.until - ours.at).total_seconds() < 120
    assert network.publish(ours, prepared).remote_id


def test_a_server_in_maintenance_is_not_now_before_posting(
    place: Place, network: Network, ours: Outgoing
) -> None:
    place.lossy.at_random({"503": 1}, random.Random(1))
    with pytest.raises(NotNow):
        network.prepare(ours, {})


def test_uploads_are_used_again(place: Place, network: Network, ours: Outgoing) -> None:
    two = replace(ours, images=(*ours.images, picture("Its second half", "#402060")))
    first = network.prepare(two, {})
    assert network.prepare(two, first) == first


def test_taking_down_twice_is_no_error(network: Network, ours: Outgoing) -> None:
    receipt = network.publish(ours, network.prepare(ours, {}))
    network.delete(receipt.remote_id)
    network.delete(receipt.remote_id)
    assert receipt.remote_id not in [seen.remote_id for seen in islice(network.timeline(), 5)]
