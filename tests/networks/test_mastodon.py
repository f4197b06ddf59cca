"""Mastodon: what its answers mean, what is sent, and a post looked for among others."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.errors import UsageError
from bot.networks import NETWORKS, Door, NotNow, Refused, SignedOut, Unclear, open_account
from bot.networks.mastodon import address_of
from bot.networks.mastodon_account import MastodonAccount, idempotency_key
from bot.networks.mastodon_text import plain, same_words
from bot.post import Absent, Doubtful, Found, Key, Outgoing
from tests.networks.conftest import Servers
from tests.networks.instance import Instance, instance
from tests.networks.posts import post
from tests.networks.servers import Place, free_port
from tests.serving import Answer

__all__ = ["instance"]
STATUSES = "/api/v1/statuses"
MEDIA = "/api/v2/media"


@pytest.fixture
def place(servers: Servers) -> Place:
    return servers("mastodon")


@pytest.fixture
def account(place: Place) -> MastodonAccount:
    return place.open()  # type: ignore[return-value]


@pytest.fixture
def ours(account: MastodonAccount) -> Outgoing:
    return post("mastodon", account.whoami().id)


def test_an_id_is_of_its_instance(account: MastodonAccount) -> None:
    assert re.fullmatch(r"\d+@[\w.:-]+", account.whoami().id)


def test_all_of_a_post_is_sent(place: Place, account: MastodonAccount, ours: Outgoing) -> None:
    warned = replace(ours, visibility="unlisted", warning="Talks of loss", language="de")
    account.publish(warned, account.prepare(warned, {}))
    sent = next(asked for asked in place.lossy.asked if asked.path == STATUSES)
    assert sent.headers["Idempotency-Key"] == idempotency_key(ours.key)
    assert sent.headers["User-Agent"] == "pullquote"
    body = dict(httpx.QueryParams(sent.body.decode()))
    assert body["visibility"] == "unlisted" and body["language"] == "de"
    assert body["spoiler_text"] == "Talks of loss" and body["status"] == ours.words.text


def test_the_key_is_of_the_post_alone() -> None:
    key = Key("mastodon", "1@a", "q1")
    assert idempotency_key(key) == idempotency_key(Key("mastodon", "1@a", "q1", 1))
    assert len({idempotency_key(one) for one in (key, replace(key, occasion=2))}) == 2


def test_sent_again_it_is_the_same_post(account: MastodonAccount, ours: Outgoing) -> None:
    prepared = account.prepare(ours, {})
    assert account.publish(ours, prepared) == account.publish(ours, prepared)


@pytest.mark.parametrize(
    ("fault", "path", "kind"),
    [
        ("401", MEDIA, SignedOut),
        ("403", MEDIA, SignedOut),
        ("422", MEDIA, Refused),
        ("503", MEDIA, NotNow),
        ("429:60", MEDIA, NotNow),
        ("refuse", MEDIA, NotNow),
        ("drop_answer", MEDIA, NotNow),
        ("401", STATUSES, SignedOut),
        ("403", STATUSES, SignedOut),
        ("422", STATUSES, Refused),
        ("408", STATUSES, NotNow),
        ("429", STATUSES, NotNow),
        ("500", STATUSES, Unclear),
        ("503", STATUSES, Unclear),
        ("504", STATUSES, Unclear),
        ("refuse", STATUSES, Unclear),
        ("half_body", STATUSES, Unclear),
        ("drop_answer", STATUSES, Unclear),
        ("200", STATUSES, Unclear),  # of an instance that says {}
    ],
)
def test_what_a_failure_means(
    place: Place, account: MastodonAccount, ours: Outgoing, fault: str, path: str, kind: type
) -> None:
    place.lossy.next(fault, method="POST", path=path)
    with pytest.raises(kind) as told:
        account.publish(ours, account.prepare(ours, {}))
    assert type(told.value) is kind
    assert "mock_token" not in str(told.value)


def test_a_late_answer_is_unclear(place: Place, ours: Outgoing) -> None:
    account = place.open(timeout_s=0.4)
    prepared = account.prepare(ours, {})
    place.lossy.next("delay:0.8", method="POST", path=STATUSES)
    with pytest.raises(Unclear):
        account.publish(ours, prepared)
    assert isinstance(account.reconcile(ours, prepared), Found)


@pytest.mark.parametrize("ahead_s", [-3600, 3600])
def test_a_wrong_clock_hides_no_post(place: Place, ours: Outgoing, ahead_s: float) -> None:
    """The mock dates posts by the true clock; ours is ``ahead_s`` wrong, and mended later."""

    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead_s)

    account, mended = place.open(now=wrong), place.open()
    late = replace(ours, at=wrong())
    prepared = account.prepare(late, {})
    account.publish(late, prepared)
    assert isinstance(mended.reconcile(late, prepared), Found)
    bare = replace(late, images=())
    assert isinstance(account.reconcile(bare, {}), Found)


@pytest.mark.parametrize("server", ["http://127.0.0.1:{}", "http://nobody.invalid:{}"])
def test_nobody_there_is_not_now(server: str, ours: Outgoing) -> None:
    door = Door({"TOKEN": "t"}, server.format(free_port()), timeout_s=2)
    account = open_account(NETWORKS["mastodon"], door)
    with pytest.raises(NotNow, match="cannot be reached"):
        account.publish(ours, {"media": {}} if not ours.images else _prepared(ours))


def _prepared(ours: Outgoing, media: str = "7", hours: float = 0) -> dict[str, object]:
    from bot.networks.mastodon_account import _name

    at = datetime.now(UTC) - timedelta(hours=hours)
    return {"at": at.isoformat(), "media": {_name(image): media for image in ours.images}}


def test_too_long_is_refused_in_the_instances_words(
    account: MastodonAccount, ours: Outgoing
) -> None:
    long = replace(ours, words=replace(ours.words, text="word " * 400))
    with pytest.raises(Refused, match=r"(?i)character"):
        account.publish(long, account.prepare(long, {}))


def test_without_a_token_or_an_instance_it_is_not_opened() -> None:
    with pytest.raises(SignedOut):
        open_account(NETWORKS["mastodon"], Door({}, "mastodon.social"))
    with pytest.raises(UsageError, match="server"):
        open_account(NETWORKS["mastodon"], Door({"TOKEN": "t"}))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("mastodon.social", "https://mastodon.social"),
        ("https://mastodon.social/", "https://mastodon.social"),
        ("@ann@chaos.example", "https://chaos.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_instances_are_named_as_people_do(written: str, address: str) -> None:
    assert address_of(written) == address


@pytest.mark.parametrize(
    ("html", "sent"),
    [
        ("<p>“Ship it.” – Ann</p>", "“Ship it.” – Ann"),
        ("<p>One<br />two</p><p>three &amp; four</p>", "One\ntwo\n\nthree & four"),
        (
            '<p>see <a href="https://ex.org/long"><span class="invisible">https://</span>'
            '<span class="ellipsis">ex.org/lo</span><span class="invisible">ng</span></a></p>',
            "see https://ex.org/long",
        ),
        (
            '<p>by <span class="h-card"><a href="https://a.ex/@ann">@<span>ann</span></a></span>'
            ' <a href="x" class="mention hashtag">#<span>talk</span></a></p>',
            "by @ann@a.ex #talk",
        ),
    ],
)
def test_words_come_back_as_they_were_sent(html: str, sent: str) -> None:
    assert same_words(plain(html), sent)


def test_no_words_are_nobodys() -> None:
    assert not same_words("", "")


OURS = post("mastodon", "5@a.ex", "“Ship it.” – Ann")


@pytest.mark.parametrize(
    ("posts", "outcome"),
    [
        ([], Absent),
        ([(0, "other", "1")], Absent),
        ([(0, "other", "1"), (3600, OURS.words.text, "7")], Absent),  # older than its upload
        ([(0, "words an edit changed", "7")], Found),
        ([(0, OURS.words.text, "")], Found),
        ([(0, "other", "1")] * 90 + [(5, OURS.words.text, "")], Found),  # on the third page
        ([(0, "other", "1")] * 801, Doubtful),
    ],
)
def test_where_a_post_is_looked_for(instance: Instance, posts, outcome: type) -> None:
    for seconds, text, media in posts:
        instance.add(datetime.now(UTC) - timedelta(seconds=seconds), text, media)
    assert isinstance(instance.open().reconcile(OURS, _prepared(OURS)), outcome)


def test_a_timeline_half_read_tells_nothing(instance: Instance) -> None:
    for _ in range(50):
        instance.add(datetime.now(UTC))
    account = instance.open()
    second = next(path for path in instance.served.pages if "max_id" in path)
    instance.served.put(second, "down", status=502)
    with pytest.raises(NotNow):
        account.reconcile(OURS, _prepared(OURS))


def test_a_picture_in_a_post_already_is_not_uploaded_again(instance: Instance) -> None:
    with pytest.raises(Unclear, match="in a post already"):
        instance.open().prepare(OURS, _prepared(OURS))


def test_a_picture_that_is_taken_in_is_waited_for(instance: Instance) -> None:
    answers = iter([206, 206, 200])
    body = json.dumps({"id": "7", "type": "image", "url": None}).encode()
    instance.served.pages["/api/v1/media/7"] = lambda _: Answer(body, next(answers))
    prepared = _prepared(OURS)
    assert instance.open().prepare(OURS, prepared) == prepared
    assert next(answers, None) is None


def test_limits_are_the_instances(instance: Instance) -> None:
    rules = {
        "statuses": {"max_characters": 5000, "characters_reserved_per_url": 30},
        "media_attachments": {
            "supported_mime_types": ["image/png", "video/mp4"],
            "image_size_limit": 99,
            "image_matrix_limit": 98,
            "description_limit": 97,
        },
    }
    account = instance.open()
    instance.served.put("/api/v2/instance/", json.dumps({"configuration": rules}))
    limits = account.limits()
    assert (limits.counting, limits.most, limits.url, limits.images) == ("reserved", 5000, 30, 4)
    assert (limits.image_bytes, limits.image_pixels, limits.alt) == (99, 98, 97)
    assert limits.mimes == ("image/png",)
