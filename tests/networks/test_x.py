"""X, before a small X that remembers: prices, pictures, late timelines, signing in."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.networks import NETWORKS, Door, NotNow, Refused, SignedOut, Unclear
from bot.networks.x import LIMITS
from bot.networks.x_login import SECRETS as NAMES
from bot.post import Doubtful, Facet, Found, Outgoing, Words
from tests.networks.posts import picture, post
from tests.networks.x_fake import PIN, SECRETS, FakeX, Said, problem
from tests.networks.x_server import fake_x, opened
from tests.networks.x_spec import SPEC, Asked, judge

NEVER = "http://127.0.0.1:9"  # nobody listens on this port


@pytest.fixture
def fake() -> Iterator[FakeX]:
    with fake_x() as fake:
        yield fake
        assert not fake.wrong


@pytest.fixture
def ours(fake: FakeX) -> Outgoing:
    return post("x", fake.account)


@dataclass
class Purse:
    """What was spent, to the month's budget."""

    budget: float = 10.0
    spent: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, what: str, dollars: float) -> None:
        if sum(one for _, one in self.spent) + dollars > self.budget:
            raise NotNow("the month's budget is spent")
        self.spent.append((what, dollars))


LINK = "https://example.org/talk"
PRICES = [
    pytest.param("Ship it.", (), 0, [("a post", 0.015)], id="words"),
    pytest.param("Ship it.", (), 2, [("alt text", 0.005)] * 2 + [("a post", 0.015)], id="pictures"),
    pytest.param(f"Ship it. {LINK}", (), 0, [("a post with a link", 0.2)], id="link"),
    pytest.param(
        "Ship it. example.org",
        (Facet("link", 9, 20, "example.org"),),
        0,
        [("a post with a link", 0.2)],
        id="bare link",
    ),
]


@pytest.mark.parametrize(("text", "facets", "pictures", "spent"), PRICES)
def test_what_a_post_costs_is_said(fake, ours, text, facets, pictures, spent) -> None:
    purse = Purse()
    network = opened(fake, spend=purse)
    images = tuple(picture(f"Card {number}") for number in range(pictures))
    ours = replace(ours, words=Words(text, facets), images=images)
    network.publish(ours, network.prepare(ours, {}))
    assert purse.spent == spent


def test_nothing_is_posted_over_the_budget(fake: FakeX, ours: Outgoing) -> None:
    network = opened(fake, spend=Purse(budget=0.01))
    prepared = network.prepare(ours, {})
    with pytest.raises(NotNow, match="budget"):
        network.publish(ours, prepared)
    assert fake.posts == []
    assert [one.path for one in fake.asked] == ["/2/media/upload", "/2/media/metadata"]


def test_reading_is_paid_by_the_page(fake: FakeX, ours: Outgoing) -> None:
    purse = Purse()
    network = opened(fake, spend=purse)
    for number in range(12):
        network.publish(replace(ours, words=Words(f"Post {number}"), images=()), {})
    purse.spent.clear()
    assert [seen.text for seen in network.timeline()] == [f"Post {n}" for n in range(11, -1, -1)]
    assert purse.spent == [("reading 5 posts", 0.005), ("reading 100 posts", 0.1)]


@pytest.mark.parametrize(
    ("hours", "uploads"), [(0, 1), (23, 1), (24, 2), (30, 2)], ids=lambda value: str(value)
)
def test_an_upload_is_used_again_while_it_lives(fake, ours, hours: int, uploads: int) -> None:
    first = opened(fake).prepare(ours, {})
    later = datetime.now(UTC) + timedelta(hours=hours)
    second = opened(fake, now=lambda: later).prepare(ours, first)
    assert [one.path for one in fake.asked].count("/2/media/upload") == uploads
    assert (second == first) is (uploads == 1)


def test_another_picture_is_uploaded_anew(fake: FakeX, ours: Outgoing) -> None:
    network = opened(fake)
    first = network.prepare(ours, {})
    changed = replace(ours, images=(picture("Other words"),))
    assert network.prepare(changed, first)["media"][0]["id"] != first["media"][0]["id"]
    assert list(fake.media.values()) == [ours.images[0].alt, "Other words"]


WRITTEN = [
    "“Ship it & rest <well>.” – Zoë, 10:30",
    f"“Ship it.” {LINK}/ #shipping",
    "“Ship it.” – example.org, day 2\n\n#shipping",
    "“Zoe\u0308 ships.”",
]


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("pictures", [0, 1])
def test_a_post_is_known_again_in_xs_own_spelling(fake, ours, text: str, pictures: int) -> None:
    network = opened(fake)
    ours = replace(ours, words=Words(text), images=ours.images[:pictures])
    receipt = network.publish(ours, network.prepare(ours, {}))
    found = network.reconcile(ours, {})
    assert isinstance(found, Found)
    assert found.receipt.remote_id == receipt.remote_id


def test_a_post_with_links_nobody_expanded_is_known_again(fake: FakeX, ours: Outgoing) -> None:
    text = {"id": "2126277287430062082", "text": "See https://t.co/a1 https://t.co/b2"}
    fake.faults.append(("/tweets", Said(200, {"data": [text]})))
    ours = replace(ours, words=Words(f"See {LINK}"), images=())
    assert isinstance(opened(fake).reconcile(ours, {}), Found)


def test_a_late_timeline_leaves_it_doubtful_until_it_shows(fake: FakeX, ours: Outgoing) -> None:
    network = opened(fake)
    network.publish(ours, network.prepare(ours, {}))
    fake.lag_s = 120
    doubtful = network.reconcile(ours, {})
    assert isinstance(doubtful, Doubtful)
    assert "late" in doubtful.why
    fake.lag_s = 0
    assert isinstance(network.reconcile(ours, {}), Found)


OTHERS = {
    "other pictures": lambda one: replace(one, images=(picture("Another card"),)),
    "no pictures": lambda one: replace(one, images=()),
    "other words": lambda one: replace(one, words=Words("Something else")),
    "before it was claimed": lambda one: replace(one, at=one.at + timedelta(minutes=5)),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_another_post_is_not_taken_for_it(fake: FakeX, ours: Outgoing, other: str) -> None:
    network = opened(fake)
    network.publish(ours, network.prepare(ours, {}))
    doubtful = network.reconcile(OTHERS[other](ours), {})
    assert isinstance(doubtful, Doubtful)
    assert ("has its words but other pictures" in doubtful.why) is ("pictures" in other)


def test_a_duplicate_is_looked_for_and_found(fake: FakeX, ours: Outgoing) -> None:
    network = opened(fake)
    prepared = network.prepare(ours, {})
    receipt = network.publish(ours, prepared)
    with pytest.raises(Unclear, match="duplicate content"):
        network.publish(ours, prepared)
    found = network.reconcile(ours, prepared)
    assert isinstance(found, Found)
    assert found.receipt.remote_id == receipt.remote_id
    assert len(fake.posts) == 1


def test_a_look_that_is_refused_says_nothing_of_the_post(fake: FakeX, ours: Outgoing) -> None:
    fake.faults.append(("/tweets", problem(400, "'start_time' must be earlier", "Invalid Request")))
    assert isinstance(opened(fake).reconcile(ours, {}), Doubtful)


def test_both_names_of_a_posts_fields_are_understood(fake: FakeX, ours: Outgoing) -> None:
    network = opened(fake)
    fake.old_names = True
    network.publish(ours, network.prepare(ours, {}))
    assert isinstance(network.reconcile(ours, {}), Found)
    assert isinstance(network.reconcile(ours, {}), Found)
    assert [len(one.query) for one in fake.asked if one.method == "GET"] == [6] * 3


def test_the_last_post_of_a_quarter_says_until_when_to_rest(fake: FakeX, ours: Outgoing) -> None:
    fake.left = 1
    network = opened(fake)
    receipt = network.publish(ours, network.prepare(ours, {}))
    assert receipt.rest_until is not None
    assert 800 < (receipt.rest_until - datetime.now(UTC)).total_seconds() <= 900
    with pytest.raises(NotNow) as told:
        network.publish(replace(ours, words=Words("One more")), {})
    assert told.value.until is not None


class Person:
    """Who answers the questions, and what they were shown."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.shown, self.secret = list(answers), "", []

    def say(self, text: str) -> None:
        self.shown += text + "\n"

    def ask(self, question: str, *, secret: bool = False) -> str:
        self.secret.append(secret)
        return self.answers.pop(0)


def test_signing_in_leads_to_secrets_that_work(fake: FakeX) -> None:
    person = Person(" key ", "key-secret", f"{PIN} ")
    secrets = NETWORKS["x"].login(person, Door({}, fake.url))
    assert secrets == SECRETS
    assert tuple(secrets) == NAMES == NETWORKS["x"].secrets
    assert person.secret == [False, True, False]
    for told in (
        "$0.20",
        "Read and write",
        "API Key and Secret",
        "/oauth/authorize?oauth_token=",
        "@",
    ):
        assert told in person.shown


WRONG = [
    pytest.param(("wrong", "key-secret"), SignedOut, "API Key and Secret", id="keys"),
    pytest.param(("key", "key-secret", "0"), SignedOut, "PIN", id="pin"),
]


@pytest.mark.parametrize(("answers", "error", "words"), WRONG)
def test_a_sign_in_that_fails_says_what_to_do(fake, answers, error, words: str) -> None:
    with pytest.raises(error, match=words) as told:
        NETWORKS["x"].login(Person(*answers), Door({}, fake.url))
    assert told.value.remedy


@pytest.mark.parametrize(
    "said",
    [Said(503, b"over capacity"), Said(200, b"<html>"), Said(200, b"a=b"), Said(200, b"[" * 9999)],
    ids=["maintenance", "page", "no token", "brackets without end"],
)
def test_a_sign_in_at_a_server_in_maintenance_is_for_later(fake: FakeX, said: Said) -> None:
    fake.faults.append(("oauth", said))
    with pytest.raises(NotNow):
        NETWORKS["x"].login(Person("key", "key-secret", PIN), Door({}, fake.url))


def test_a_sign_in_without_a_network_is_for_later() -> None:
    with pytest.raises(NotNow, match="cannot be reached"):
        NETWORKS["x"].login(Person("key", "key-secret"), Door({}, NEVER))


@pytest.mark.parametrize(
    "error_of",
    [
        lambda fake, ours: opened(fake).publish(replace(ours, words=Words("…" * 141)), {}),
        lambda fake, ours: opened(fake).prepare(
            replace(ours, images=(replace(picture(), data=b"%PDF"),)), {}
        ),
        lambda fake, ours: opened(fake).prepare(
            replace(ours, images=(replace(picture(), data=b"\x89PNG" + b"0" * 5_000_000),)), {}
        ),
        lambda fake, ours: opened(fake).publish(ours, {"media": [{"id": "1"}]}),
    ],
    ids=["words too long", "no picture", "picture too large", "unknown picture"],
)
def test_what_breaks_the_limits_is_refused(fake: FakeX, ours: Outgoing, error_of) -> None:
    with pytest.raises(Refused) as told:
        error_of(fake, ours)
    assert told.value.remedy
    assert LIMITS.most == 280 and LIMITS.image_bytes == 5_000_000


BAD = {
    "no picture": ("POST", "/2/media/upload", {}, b'{"media_category": "tweet_image"}'),
    "no media ids": ("POST", "/2/tweets", {}, b'{"text": "a", "media": {"media_ids": [1]}}'),
    "a page too long": ("GET", "/2/users/1/tweets", {"max_results": "500"}, b""),
    "another parameter": ("GET", "/2/users/1/tweets", {"tweet.fields": "text"}, b""),
    "alt text as a list": ("POST", "/2/media/metadata", {}, b'{"id": "x"}'),
}


@pytest.mark.parametrize("bad", BAD)
def test_xs_specification_where_it_is_refuses_what_is_wrong(bad: str) -> None:
    method, path, query, body = BAD[bad]
    headers = {"Content-Type": "application/json", "Authorization": "OAuth a"}
    assert bool(judge().request(Asked(method, path, query, headers, body))) is bool(SPEC)
    assert not judge().request(Asked("GET", "/2/users/me", {}, headers, b""))
