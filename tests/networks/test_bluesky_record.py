"""A post as a Bluesky record: what a real server has of it afterwards."""

import io
import re
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from PIL import Image as Picture

from bot.networks.base import Network, Unclear
from bot.networks.bluesky import LIMITS
from bot.networks.bluesky_failures import Failure, meaning
from bot.networks.bluesky_record import record, rkey, seen
from bot.networks.bluesky_shapes import Record
from bot.post import Facet, Image, Key, Words
from tests.networks.bluesky import AT, make, network, noise, person, post, server, there
from tests.networks.pds import Pds, Person
from tests.networks.posts import picture

__all__ = ["network", "person", "server"]


def wide() -> Image:
    written = io.BytesIO()
    Picture.new("RGB", (60, 20), "navy").save(written, "jpeg")
    return Image(written.getvalue(), "image/jpeg", 60, 20, "A wide one")


def test_a_record_has_pictures_their_words_their_shape_and_the_language(
    server: Pds, person: Person, network: Network
) -> None:
    made = post(person, images=(picture(), wide()), language="de")
    receipt = make(network, made)
    [found] = there(server, person, made)
    value = found["value"]
    assert value["createdAt"] == "2026-11-27T09:30:00.123Z"
    assert value["langs"] == ["de"]
    images = value["embed"]["images"]
    assert [image["aspectRatio"] for image in images] == [
        {"width": 64, "height": 48},
        {"width": 60, "height": 20},
    ]
    assert [image["image"]["mimeType"] for image in images] == ["image/png", "image/jpeg"]
    assert [image["alt"] for image in images] == ["A card: “Ship it.”", "A wide one"]
    key = receipt.remote_id.rpartition("/")[2]
    assert receipt.url == f"https://bsky.app/profile/{person.handle}/post/{key}"


@pytest.mark.parametrize(
    "text",
    [
        "See #libraries and @{handle} at example.org/talk",
        "👩‍👩‍👧 “小さな図書館” – #libraries, @{handle}: example.org/talk 🎤",
        "ﷺ é́ #libraries @{handle}\nexample.org/talk",
    ],
)
def test_facets_stand_on_their_bytes(
    server: Pds, person: Person, network: Network, text: str
) -> None:
    text = text.format(handle=person.handle)
    marks = [
        ("tag", "#libraries", "libraries"),
        ("mention", f"@{person.handle}", person.handle),
        ("link", "example.org/talk", "https://example.org/talk?t=61"),
    ]
    facets = [
        Facet(kind, text.index(part), text.index(part) + len(part), target)
        for kind, part, target in marks
    ]
    made = post(person, words=Words(text, tuple(facets)))
    make(network, made)
    [found] = there(server, person, made)
    raw = found["value"]["text"].encode()
    said = {}
    for facet in found["value"]["facets"]:
        index, [feature] = facet["index"], facet["features"]
        part = raw[index["byteStart"] : index["byteEnd"]].decode()
        said[part] = feature.get("uri") or feature.get("did") or feature.get("tag")
    assert said == {
        "#libraries": "libraries",
        f"@{person.handle}": person.did,
        "example.org/talk": "https://example.org/talk?t=61",
    }


def test_a_mention_of_nobody_is_plain_words(server: Pds, person: Person, network: Network) -> None:
    words = Words("By @nobody.test", (Facet("mention", 3, 15, "nobody.test"),))
    made = post(person, words=words)
    make(network, made)
    [found] = there(server, person, made)
    assert "facets" not in found["value"]


def test_the_limits_are_what_the_server_takes(
    server: Pds, person: Person, network: Network
) -> None:
    assert network.limits() == LIMITS
    full = replace(noise(LIMITS.image_bytes), alt="ä" * LIMITS.alt)
    make(network, post(person, "é" * LIMITS.most, images=(full,) * LIMITS.images))


def test_keys_are_valid_and_differ() -> None:
    key = Key("bluesky", "did:plc:abc", "quote", 1)
    keys = {
        rkey(one)
        for one in (
            key,
            replace(key, account="did:plc:abd"),
            replace(key, quote="quote2"),
            replace(key, occasion=2),
            *(replace(key, quote=f"q{n}") for n in range(1000)),
        )
    }
    assert len(keys) == 1004
    assert all(re.fullmatch("[2-7a-j][2-7a-z]{12}", one) for one in keys)
    assert rkey(key) == "256djfovshfwl"


def test_a_record_is_the_same_whatever_zone_its_time_is_said_in() -> None:
    person = Person("did:plc:abc", "marit.test", "", "")
    made = post(person)
    elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert record(replace(made, at=elsewhere), {}) == record(made, {})


@pytest.mark.parametrize(
    ("value", "alts"),
    [
        ({"embed": 7}, ()),
        ({"embed": {"images": "x"}}, ()),
        ({"embed": {"images": [7, {"alt": "A card"}]}}, ("", "A card")),
        ({"embed": {"$type": "app.bsky.embed.recordWithMedia", "media": []}}, ()),
        ({"createdAt": "0001-01-01T00:00:00+14:00"}, ()),
        ({"createdAt": ["soon"]}, ()),
    ],
)
def test_a_record_that_somebody_wrote_oddly_is_listed(value, alts) -> None:
    found = seen(Record("at://did:plc:abc/app.bsky.feed.post/1", value), "marit.test")
    assert (found.alts, found.at.year) == (alts, 1970)


@pytest.mark.parametrize("status", [100, 302, 304, 408, 409, 500, 599, None])
def test_only_a_refusal_says_that_it_is_not_there(status) -> None:
    told = meaning(Failure(status), place="Bluesky", posting=True)
    assert type(told) is Unclear
