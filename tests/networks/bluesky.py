"""What tests of Bluesky share: a real server, the lossy proxy before it, accounts, posts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.networks import NETWORKS, Door, Network
from bot.networks.bluesky_record import rkey
from bot.post import Image, Outgoing, Receipt
from tests.networks import posts
from tests.networks.conftest import Servers
from tests.networks.pds import Pds, Person, running
from tests.networks.proxy import Lossy

AT = datetime(2026, 11, 27, 9, 30, 0, 123456, UTC)
_sessions: dict[tuple[str, str], dict[str, str]] = {}


def post(person: Person, text: str = "Small libraries win.", **more) -> Outgoing:
    """A post of a quote that no other test has, without a picture."""
    made = posts.post("bluesky", person.did, text)
    return replace(made, **{"images": (), "at": AT, "language": None, **more})


def noise(size: int) -> Image:
    """A picture of that many bytes."""
    drawn = posts.picture()
    return replace(drawn, data=drawn.data.ljust(size, b"\0"))


def door(server: Pds, person: Person, url: str = "", **more) -> Door:
    """The door to somebody's account, who signs in once: that takes a server long."""
    url = url or server.url
    kept = _sessions.setdefault((url, person.did), {})
    return Door(secrets=person.secrets | kept, server=url, keep=kept.update, **more)


def opened(*where, **more) -> Network:
    """The account behind a ``door``."""
    return NETWORKS["bluesky"].open(door(*where, **more))


def make(network: Network, made: Outgoing) -> Receipt:
    """Prepare and publish."""
    return network.publish(made, network.prepare(made, {}))


def there(server: Pds, person: Person, made: Outgoing) -> list[dict]:
    """The records of a post, of all that are there."""
    return [one for one in server.posts(person) if one["uri"].endswith(rkey(made.key))]


@pytest.fixture(scope="module")
def server() -> Pds:
    return running()


@pytest.fixture(scope="module")
def person(server: Pds) -> Person:
    """Somebody who is never suspended."""
    return server.person()


@pytest.fixture(scope="module")
def network(server: Pds, person: Person) -> Network:
    return opened(server, person)


@pytest.fixture
def lossy(servers: Servers) -> Lossy:
    return servers("bluesky").lossy
