"""Bluesky, judged by a real server: one post whatever is lost, and what each failure means."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.networks.base import Door, Network, NotNow, Refused, SignedOut, Unclear
from bot.networks.bluesky import KIND
from bot.post import Absent, Found, Words
from tests.networks.bluesky import (
    AT,
    door,
    lossy,
    make,
    network,
    noise,
    opened,
    person,
    post,
    server,
    there,
)
from tests.networks.pds import Pds, Person
from tests.networks.posts import picture
from tests.networks.proxy import Answered, Asked, Lossy

__all__ = ["lossy", "network", "person", "server"]

PUT, UPLOAD, SIGN_IN = "repo.putRecord", "repo.uploadBlob", "server.createSession"


FAULTS: list[tuple[str, str, type[Exception], int]] = [
    ("drop_answer", PUT, Unclear, 1),
    ("half_body", PUT, Unclear, 1),
    ("delay:3", PUT, Unclear, 1),
    ("refuse", PUT, Unclear, 0),
    ("503", PUT, Unclear, 0),
    ("502", PUT, Unclear, 0),
    ("409", PUT, Unclear, 0),
    ("429:60", PUT, NotNow, 0),
    ("429", PUT, NotNow, 0),
    ("404", PUT, NotNow, 0),
    ("401", PUT, SignedOut, 0),
    ("400", PUT, Refused, 0),
    ("drop_answer", UPLOAD, NotNow, 0),
    ("half_body", UPLOAD, NotNow, 0),
    ("delay:3", UPLOAD, NotNow, 0),
    ("503", UPLOAD, NotNow, 0),
    ("429:60", UPLOAD, NotNow, 0),
    ("413", UPLOAD, Refused, 0),
    ("403", UPLOAD, SignedOut, 0),
    ("drop_answer", SIGN_IN, NotNow, 0),
    ("503", SIGN_IN, NotNow, 0),
    ("429:60", SIGN_IN, NotNow, 0),
]


@pytest.mark.parametrize(("fault", "call", "error", "posted"), FAULTS)
def test_a_failure_says_what_became_of_the_post_and_the_next_try_makes_it_one(
    server: Pds, person: Person, lossy: Lossy, fault: str, call: str, error, posted: int
) -> None:
    into = door(server, person, lossy.url, timeout_s=2 if "delay" in fault else 30)
    network = KIND.open(replace(into, secrets=person.secrets) if call == SIGN_IN else into)
    made = post(person, images=(picture(),))
    lossy.next(fault, path=call)
    with pytest.raises(error) as told:
        make(network, made)
    assert str(told.value).startswith(f"Bluesky, @{person.handle}: ")
    assert "\n" not in str(told.value) and told.value.remedy
    if fault == "429:60":
        assert timedelta(0) < told.value.until - datetime.now(UTC) <= timedelta(seconds=60)
    before = there(server, person, made)
    assert len(before) == posted
    found = network.reconcile(made, {})
    assert isinstance(found, Found if posted else Absent)
    receipt = make(network, made)
    after = there(server, person, made)
    assert [one["uri"] for one in after] == [receipt.remote_id]
    assert not before or before == after


def test_a_server_that_is_not_there_is_tried_again(person: Person) -> None:
    network = KIND.open(Door(person.secrets, server="http://127.0.0.1:9"))
    with pytest.raises(NotNow, match="cannot be reached"):
        make(network, post(person))


def test_a_repeat_is_the_same_post_to_the_byte(server: Pds, person: Person) -> None:
    made = post(person, images=(picture(),), language="en")
    first = make(opened(server, person), made)
    before = there(server, person, made)
    assert make(opened(server, person), made) == first
    assert there(server, person, made) == before
    assert opened(server, person).reconcile(made, {}) == Found(first)


def test_other_words_under_the_same_key_are_the_post_that_is_there(
    server: Pds, person: Person, network: Network
) -> None:
    made = post(person)
    first = make(network, made)
    other = replace(made, words=Words("Small libraries lose."), at=AT + timedelta(days=1))
    assert make(network, other) == first
    assert [one["value"]["text"] for one in there(server, person, made)] == ["Small libraries win."]


def test_of_many_at_once_one_is_made(server: Pds, person: Person) -> None:
    made = post(person, images=(picture(),))
    networks = [opened(server, person) for _ in range(6)]
    prepared = networks[0].prepare(made, {})
    with ThreadPoolExecutor() as pool:
        receipts = set(pool.map(lambda network: network.publish(made, prepared), networks))
    assert [one.remote_id for one in receipts] == [
        one["uri"] for one in there(server, person, made)
    ]


def test_a_post_that_the_server_took_down_is_not_made_again(
    server: Pds, person: Person, network: Network
) -> None:
    made = post(person)
    make(network, made)
    server.take_down(there(server, person, made)[0])
    with pytest.raises(Refused, match="took it down"):
        make(network, replace(made, words=Words("Other words.")))


def test_when_the_server_has_enough_the_receipt_says_until_when(
    server: Pds, person: Person, lossy: Lossy, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = (("RateLimit-Remaining", "0"), ("RateLimit-Reset", "1795773600"))
    as_before = lossy.answer

    def answer(asked: Asked) -> Answered:
        answered = as_before(asked)
        return replace(answered, headers=answered.headers + spent)

    monkeypatch.setattr(lossy, "answer", answer)
    receipt = make(opened(server, person, lossy.url), post(person))
    assert receipt.rest_until == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def test_pictures_that_the_server_dropped_are_uploaded_again(server: Pds, network: Network) -> None:
    other = server.person()  # a server drops what nobody names; here it was never told
    made = post(other, images=(picture(),))
    prepared = network.prepare(made, {})
    receipt = opened(server, other).publish(made, prepared)
    assert [one["uri"] for one in server.posts(other)] == [receipt.remote_id]


@pytest.mark.parametrize(("minutes", "uploads"), [(0, 2), (59, 2), (61, 4)])
def test_uploads_are_used_again_while_the_server_keeps_them(
    server: Pds, person: Person, lossy: Lossy, minutes: int, uploads: int
) -> None:
    def network(now: datetime) -> Network:
        return opened(server, person, lossy.url, now=lambda: now)

    made = post(person, images=(picture(), picture("Its second half", "#402060")))
    known = network(AT).prepare(made, {})
    again = network(AT + timedelta(minutes=minutes)).prepare(made, known)
    assert again["blobs"] == known["blobs"]
    assert sum(UPLOAD in asked.path for asked in lossy.asked) == uploads


REFUSED = {
    "more graphemes": (lambda: ("é" * 301, ()), "grapheme"),
    "more bytes": (lambda: ("👩‍👩‍👧‍👦" * 121, ()), "3000"),
    "no picture": (
        lambda: ("words", (replace(picture(), data=b"%PDF-1.4", mime="application/pdf"),)),
        "image",
    ),
    "too large": (lambda: ("words", (noise(2_000_001),)), "too large|2"),
    "far too large": (lambda: ("words", (noise(6_000_000),)), "too large"),
    "five pictures": (lambda: ("words", tuple(picture(f"{n}") for n in range(5))), "4"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_server_never_takes_is_refused(
    server: Pds, person: Person, network: Network, case: str
) -> None:
    content, reason = REFUSED[case]
    text, images = content()
    made = post(person, text, images=images)
    with pytest.raises(Refused, match=reason):
        make(network, made)
    assert there(server, person, made) == []


def test_the_timeline_is_what_people_see_newest_first(server: Pds) -> None:
    person = server.person()
    network = opened(server, person)
    by_hand = {
        "$type": "app.bsky.feed.post",
        "text": "By hand",
        "createdAt": "2026-11-27T09:29:00Z",
    }
    root = {
        "uri": "at://did:plc:abc/app.bsky.feed.post/3lz2222222222",
        "cid": "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    }
    reply = by_hand | {"text": "A reply", "reply": {"root": root, "parent": root}}
    server.write(person, "3mz2222222222", by_hand)
    server.write(person, "3mz2222222223", reply)
    made = post(person, images=(picture(),))
    receipt = make(network, made)
    later = replace(post(person, "Later."), at=AT + timedelta(hours=1))
    make(network, later)
    listed = list(network.timeline())
    assert [one.text for one in listed] == ["Later.", "Small libraries win.", "By hand"]
    assert [one.alts for one in listed] == [(), (made.images[0].alt,), ()]
    assert (listed[1].remote_id, listed[1].url) == (receipt.remote_id, receipt.url)
    assert [one.text for one in network.timeline(after=receipt.remote_id)] == ["Later."]


def test_a_post_taken_down_is_gone_and_twice_is_no_error(
    server: Pds, person: Person, network: Network
) -> None:
    made = post(person)
    receipt = make(network, made)
    network.delete(receipt.remote_id)
    network.delete(receipt.remote_id)
    assert there(server, person, made) == []
    assert network.reconcile(made, {}) == Absent()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, b'{"error": 5, "message": []}'),
        (400, b'{"error": {"x": 1}}'),
        (500, b'{"error": "RecordNotFound"}'),
        (200, b'{"error": "RecordNotFound"}'),
        (302, b'{"error": "RecordNotFound"}'),
    ],
)
def test_only_a_refusal_by_name_says_that_a_post_is_not_there(
    server: Pds,
    person: Person,
    lossy: Lossy,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    said: bytes,
) -> None:
    network, made = opened(server, person, lossy.url), post(person)
    network.whoami()
    answered = Answered(status, (("Content-Type", "application/json"),), said)
    monkeypatch.setattr(lossy, "answer", lambda _: answered)
    with pytest.raises((NotNow, Refused)):
        network.reconcile(made, {})
