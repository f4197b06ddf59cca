"""What X's refusals, and answers that never come, do to a post."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.networks import Network, NotNow, Refused, SignedOut, Unclear
from bot.post import Outgoing
from tests.networks.posts import post
from tests.networks.proxy import Lossy, X, proxy
from tests.networks.x_fake import FakeX, Said, problem
from tests.networks.x_server import fake_x, opened

POSTING, UPLOAD, ALT = "POST /2/tweets", "POST /2/media/upload", "POST /2/media/metadata"
NEVER = "http://127.0.0.1:9"  # nobody listens on this port


@pytest.fixture
def fake() -> Iterator[FakeX]:
    with fake_x() as fake:
        yield fake
        assert not fake.wrong


@pytest.fixture
def network(fake: FakeX) -> Network:
    return opened(fake)


@pytest.fixture
def ours(fake: FakeX) -> Outgoing:
    return post("x", fake.account)


def attempt(network: Network, ours: Outgoing) -> None:
    network.publish(ours, network.prepare(ours, {}))


V1 = {"errors": [{"code": 187, "message": "Status is a duplicate."}]}
READ_ONLY = "Your client app is not configured with the appropriate oauth1 app permissions."
PERMISSIONS = "https://api.twitter.com/2/problems/oauth1-permissions"
ENROLLED = "https://api.twitter.com/2/problems/client-forbidden"
CAPPED = "https://api.twitter.com/2/problems/usage-capped"
TOO_LONG = "Your Tweet text is too long. For more information on how length is determined see …"
REFUSALS = [
    ("duplicate", POSTING,
     problem(403, "You are not allowed to create a Tweet with duplicate content."),
     Unclear, "look at the account"),
    ("duplicate, old words", POSTING, Said(403, V1), Unclear, "look at the account"),
    ("too long", POSTING, problem(403, TOO_LONG), Refused, "shorten"),
    ("too long, as a bad request", POSTING, problem(400, "text must not exceed 280 characters"),
     Refused, "shorten"),
    ("picture gone", POSTING, problem(400, "Your media IDs are invalid."),
     Refused, "uploaded anew"),
    ("a reply", POSTING, problem(403, "Reply to this conversation is not allowed"),
     Refused, "by itself"),
    ("anything else", POSTING, problem(403, "You are not permitted to perform this action."),
     Refused, "mend"),
    ("bad picture", UPLOAD, problem(400, "media type unrecognized."), Refused, "look at the card"),
    ("picture too large", UPLOAD, Said(413, b""), Refused, "smaller"),
    ("bad alt text", ALT, problem(400, "Invalid alt_text"), Refused, "mend"),
    ("suspended", POSTING, problem(403, "Your account is suspended."), SignedOut, "settle it"),
    ("suspended, old code", POSTING,
     Said(401, {"errors": [{"code": 64, "message": "Your account is suspended"}]}),
     SignedOut, "settle it"),
    ("locked", POSTING, problem(403, "This account is temporarily locked."),
     SignedOut, "settle it"),
    ("revoked", POSTING, problem(401, "Unauthorized", "Unauthorized"), SignedOut, "network login"),
    ("revoked without a word", POSTING, Said(401, b""), SignedOut, "network login"),
    ("revoked in mid-upload", ALT, problem(401, "Unauthorized", "Unauthorized"),
     SignedOut, "network login"),
    ("read only", POSTING, problem(403, READ_ONLY, "Forbidden", PERMISSIONS),
     SignedOut, "Read and write"),
    ("no project", POSTING,
     Said(403, {"title": "Client Forbidden", "reason": "client-not-enrolled", "type": ENROLLED}),
     SignedOut, "project"),
    ("wrong clock", POSTING,
     Said(401, {"errors": [{"code": 135, "message": "Timestamp out of bounds."}]}),
     NotNow, "clock"),
    ("no credits", POSTING,
     problem(402, "Your enrolled account does not have any credits.", "CreditsDepleted"),
     NotNow, "credits"),
    ("payment wanted", UPLOAD, Said(402, b""), NotNow, "credits"),
    ("capped", POSTING,
     problem(429, "Usage cap exceeded: Monthly product cap", "UsageCapExceeded", CAPPED),
     NotNow, "raise the limit"),
    ("day's limit", POSTING, problem(403, "User is over daily status update limit."),
     NotNow, "tried again"),
    ("too many", POSTING, Said(429, {"title": "Too Many Requests"}), NotNow, "tried again"),
    ("request lost on its way in", POSTING, Said(408, b""), NotNow, "tried again"),
    ("somebody's page", POSTING, Said(403, b"<html>Access denied</html>"), NotNow, "proxy"),
    ("somebody's list", POSTING, Said(403, []), NotNow, "proxy"),
    ("maintenance", POSTING, problem(503, "Service Unavailable"), Unclear, "may be there"),
    ("broken server", POSTING, Said(500, b"<html>"), Unclear, "may be there"),
    ("led elsewhere", POSTING, Said(302, b"", {"Location": "/2/users/me"}),
     Unclear, "may be there"),
    ("a page for an answer", POSTING, Said(201, b"<html>"), Unclear, "may be there"),
    ("no number", POSTING, Said(201, b'{"data": {}}'), Unclear, "may be there"),
    ("a list for an answer", POSTING, Said(201, b"[]"), Unclear, "may be there"),
    ("a number that is none", POSTING, Said(201, b'{"data": {"id": "abc"}}'),
     Unclear, "may be there"),
    ("a number beyond all ages", POSTING, Said(201, b'{"data": {"id": "%s"}}' % (b"9" * 30)),
     Unclear, "may be there"),
    ("brackets without end", POSTING, Said(201, b"[" * 100_000), Unclear, "may be there"),
    ("brackets for a refusal", POSTING, Said(403, b"[" * 100_000), NotNow, "proxy"),
    ("maintenance of uploads", UPLOAD, problem(503, "Service Unavailable"), NotNow, "tried again"),
    ("a page for an upload", UPLOAD, Said(200, b"<html>"), NotNow, "tried again"),
    ("no number of an upload", UPLOAD, Said(200, b"{}"), NotNow, "tried again"),
]  # fmt: skip


def rows(table: list[tuple]) -> list:
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@pytest.mark.parametrize(("at", "said", "error", "remedy"), rows(REFUSALS))
def test_a_refusal_says_what_happens_next(fake, network, ours, at, said, error, remedy) -> None:
    fake.faults.append((at, said))
    with pytest.raises(error) as told:
        attempt(network, ours)
    assert remedy in told.value.remedy
    assert str(told.value).startswith("X: ")
    assert "\n" not in str(told.value)
    assert fake.posts == []


ODD_PAGES = [
    b'{"data": [7]}', b'{"data": [{"id": 7}]}', b'{"data": [{"id": "x"}]}', b'{"meta": []}',
    b'{"data": [{"id": "7", "text": []}]}', b'{"data": [{"id": "7", "entities": {"urls": ["x"]}}]}',
    b'{"includes": {"media": [null]}}', b'{}', b'{"errors": [{"title": "Not Found Error"}]}',
    b'{"data": [{"id": "7", "attachments": {"media_keys": [[]]}}]}',
]  # fmt: skip


@pytest.mark.parametrize("body", ODD_PAGES)
def test_a_page_of_another_shape_is_asked_for_again(fake, network, body) -> None:
    fake.faults.append(("GET /2/users", Said(200, body)))
    with pytest.raises(NotNow, match="makes no sense"):
        list(network.timeline())


@pytest.mark.parametrize("seconds", [-5, 0, 10**40, 1e300, "null"])
def test_an_upload_that_lives_for_no_time_lives_as_usual(fake, network, ours, seconds) -> None:
    body = b'{"data": {"id": "7", "expires_after_secs": %s}}' % str(seconds).encode()
    fake.faults.append((UPLOAD, Said(200, body)))
    fake.media["7"] = ""
    made = network.prepare(ours, {})
    assert made["media"][0]["id"] == "7"


SOON = int((datetime.now(UTC) + timedelta(hours=5)).timestamp())
DAY = "x-user-limit-24hour"
RESETS = [
    ("of the quarter", {"x-rate-limit-reset": str(SOON)}, SOON),
    ("of the day", {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": str(SOON)},
     SOON),
    ("none", {"x-rate-limit-reset": ""}, None),
    ("not a time", {"x-rate-limit-reset": "soon"}, None),
    ("passed", {"x-rate-limit-reset": "1700000000"}, None),
    ("in another age", {"x-rate-limit-reset": "99999999999"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "until"), rows(RESETS))
def test_too_many_says_until_when(fake, network, ours, headers, until) -> None:
    fake.faults.append((POSTING, Said(429, {"title": "Too Many Requests"}, headers)))
    with pytest.raises(NotNow) as told:
        attempt(network, ours)
    assert told.value.until == (None if until is None else datetime.fromtimestamp(until, UTC))


def test_what_no_limit_of_time_ends_has_no_time(fake, network, ours) -> None:
    fake.faults.append((POSTING, problem(402, "No credits", "CreditsDepleted")))
    with pytest.raises(NotNow) as told:
        attempt(network, ours)
    assert told.value.until is None


@pytest.fixture
def lossy(fake: FakeX) -> Iterator[Lossy]:
    with proxy(fake.url, X) as lossy:
        yield lossy


@pytest.mark.parametrize("fault", ["drop_answer", "half_body", "delay:0.6", "refuse", "503"])
def test_an_answer_that_never_comes_leaves_only_the_post_unclear(fake, lossy, ours, fault) -> None:
    network = opened(fake, timeout_s=0.3)
    network._client.server = lossy.url
    lossy.next(fault, path="/2/media/upload")
    with pytest.raises(NotNow):
        network.prepare(ours, {})
    prepared = network.prepare(ours, {})
    lossy.next(fault, path="/2/tweets")
    with pytest.raises(Unclear):
        network.publish(ours, prepared)
    assert len(fake.posts) == (0 if fault in ("refuse", "503") else 1)


@pytest.mark.parametrize("server", [NEVER, "http://x.invalid", "no-address"])
def test_what_never_left_is_not_posted(fake: FakeX, ours: Outgoing, server: str) -> None:
    fake.url = server
    with pytest.raises(NotNow, match="cannot be reached"):
        opened(fake).publish(ours, {})


def test_a_revoked_or_suspended_account_is_signed_out_wherever_it_asks(fake, network, ours) -> None:
    for state in ("revoked", "suspended"):
        setattr(fake, state, True)
        for call in (network.whoami, lambda: list(network.reconcile(ours, {}))):
            with pytest.raises(SignedOut):
                call()
        setattr(fake, state, False)
