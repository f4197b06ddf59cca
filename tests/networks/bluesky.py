"""What tests of Bluesky share: a real server, the lossy proxy before it, accounts, posts."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import pytest
from PIL import Image as Picture

from bot.networks.base import Door, Network
from bot.networks.bluesky import KIND
from bot.networks.bluesky_record import rkey
from bot.post import Image, Key, Outgoing, Receipt, Words
from tests.networks.pds import Pds, Person, running
from tests.networks.proxy import BLUESKY, Lossy, proxy

AT = datetime(2026, 11, 27, 9, 30, 0, 123456, UTC)
_quotes = count(1)
_sessions: dict[tuple[str, str], dict[str, str]] = {}


def picture(mime: str = "image/png", size: tuple[int, int] = (40, 50)) -> Image:
    written = io.BytesIO()
    Picture.new("RGB", size, "navy").save(written, mime.removeprefix("image/"))
    return Image(written.getvalue(), mime, *size, alt="“Small libraries win.” – Marit Oyelaran")


def post(person: Person, text: str = "Small libraries win.", **more) -> Outgoing:
    """A post of a quote that no other test has."""
    key = Key("bluesky", person.did, f"quote-{next(_quotes)}")
    words = Words(text, more.pop("facets", ()))
    return Outgoing(key=key, words=words, images=more.pop("images", ()), at=AT, **more)


def door(server: Pds, person: Person, url: str = "", **more) -> Door:
    """The door to somebody's account, who signs in once: that takes a server long."""
    url = url or server.url
    kept = _sessions.setdefault((url, person.did), {})
    return Door(secrets=person.secrets | kept, server=url, keep=kept.update, **more)


def make(network: Network, made: Outgoing) -> Receipt:
    """Prepare and publish."""
    return network.publish(made, network.prepare(made, {}))


@pytest.fixture(scope="module")
def server() -> Pds:
    return running()


@pytest.fixture(scope="module")
def person(server: Pds) -> Person:
    """Somebody who is never suspended."""
    return server.person()


@pytest.fixture(scope="module")
def network(server: Pds, person: Person) -> Network:
    return KIND.open(door(server, person))


@pytest.fixture(scope="module")
def between(server: Pds) -> Iterator[Lossy]:
    with proxy(server.url, BLUESKY) as lossy:
        yield lossy


@pytest.fixture
def lossy(between: Lossy) -> Lossy:
    between.forget()
    return between


def there(server: Pds, person: Person, made: Outgoing) -> list[dict]:
    """The records of a post, of all that are there."""
    return [one for one in server.posts(person) if one["uri"].endswith(rkey(made.key))]


def noise(size: int) -> bytes:
    """A picture of that many bytes."""
    return picture().data.ljust(size, b"\0")


@contextmanager
def bluesky_server() -> Iterator[Network]:
    """The account of somebody new, open."""
    server = running()
    yield KIND.open(door(server, server.person()))
