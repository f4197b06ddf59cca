"""What networks answer: each of their verbs, with one answer of its server damaged.

What is asserted beside: a post is told not to be there only by an answer of 4xx, and none is found
absent by an answer that says nothing.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice

from benchmarks.doors.answering import Answering, answering
from benchmarks.fuzz_door import Door, Sample
from bot.networks import NETWORKS, Network, NotNow, Refused, SignedOut
from bot.networks import Door as Entrance
from bot.post import Absent, Image, Key, Limits, Outgoing, Words
from bot.publishing.posts import Source, Style, compose

_AT = datetime(2026, 11, 27, 9, 0, 0, 500_000, tzinfo=UTC)
_ID = "1990000000000000000"
_TEXT = "“Small libraries win.” – Ada Quill https://example.org/v"
_PICTURE = Image(b"\x89PNG\r\n\x1a\n", "image/png", 64, 48, "A card: “Small libraries win.”")
_DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
_MINE = {"x": "7", "bluesky": _DID, "mastodon": "1@example.org"}
_MOST_SEEN = 200


def _answer(body: object, status: str = "200 OK", *headers: str) -> bytes:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def _token(seconds: int) -> str:
    """A JSON Web Token that nobody signed."""
    parts = ({"alg": "ES256K", "typ": "at+jwt"}, {"scope": "com.atproto.appPass", "sub": _DID,
             "iat": seconds, "exp": seconds + 7200, "aud": "did:web:example.org",
             "jti": "a"})  # fmt: skip
    packed = (
        base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts
    )
    return ".".join((*packed, "AAAA"))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a network: where its answer is damaged, and the answers there may be.

    The first of ``answers`` is the usual one.
    """

    at: str
    answers: tuple[bytes, ...]


_RATE = ("x-rate-limit-limit: 100", "x-rate-limit-remaining: 9", "x-rate-limit-reset: 1795000000")
_X_POST = {
    "id": _ID, "text": "“Small libraries win.” – Ada Quill https://t.co/a https://t.co/b",
    "created_at": "2026-11-27T09:00:01.000Z", "attachments": {"media_keys": ["3_1"]},
    "entities": {"urls": [
        {"url": "https://t.co/a", "expanded_url": "https://example.org/v", "start": 1, "end": 2},
        {"url": "https://t.co/b", "expanded_url": "https://x.com/a/status/1/photo/1",
         "media_key": "3_1"}]},
}  # fmt: skip
_X_PAGE = {
    "data": [_X_POST], "meta": {"result_count": 1},
    "includes": {"media": [{"media_key": "3_1", "type": "photo", "alt_text": _PICTURE.alt}]},
}  # fmt: skip
_REFUSED = {
    "title": "Forbidden",
    "detail": "You are not allowed to.",
    "type": "about:blank",
    "status": 403,
}
X: dict[str, Verb] = {
    "whoami": Verb("/users/me", (_answer({"data": {"id": "7", "username": "ada", "name": "Ada"}}),
                                 )),
    "prepare": Verb("/media/upload", (
        _answer({"data": {"id": "1", "media_key": "3_1", "expires_after_secs": 86400}}),)),
    "describe": Verb("/media/metadata", (_answer({"data": {"id": "1"}}),)),
    "publish": Verb("POST /2/tweets", (
        _answer({"data": {"id": _ID, "text": "x"}}, "201 Created", *_RATE),
        _answer(_REFUSED, "403 Forbidden"),
        _answer({"title": "Too Many Requests"}, "429 Too Many Requests", *_RATE))),
    "reconcile": Verb("GET /2/users/7/tweets", (_answer(_X_PAGE),)),
    "timeline": Verb("GET /2/users/7/tweets", (
        _answer({**_X_PAGE, "meta": {"result_count": 1, "next_token": "n"}}), _answer(_X_PAGE))),
    "delete": Verb("DELETE", (_answer({"data": {"deleted": True}}),
                              _answer({"title": "Not Found Error", "detail": "none"},
                                      "404 Not Found"))),
    "login": Verb("/oauth/", (
        _answer(b"oauth_token=a&oauth_token_secret=s&oauth_callback_confirmed=true&screen_name=ada"),)),
}  # fmt: skip
_SESSION = {
    "did": _DID, "handle": "ada.bsky.social", "email": "a@example.org", "active": True,
    "accessJwt": _token(4_000_000_000), "refreshJwt": _token(4_000_000_000),
}  # fmt: skip
_URI = f"at://{_DID}/app.bsky.feed.post/2222222222222"
_CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
_RECORD = {
    "uri": _URI, "cid": _CID,
    "value": {"$type": "app.bsky.feed.post", "text": _TEXT, "createdAt": "2026-11-27T09:00:00.500Z",
              "embed": {"$type": "app.bsky.embed.images", "images": [{"alt": "A card",
                                                                      "image": {}}]}},
}  # fmt: skip
_BLOB = {"blob": {"$type": "blob", "ref": {"$link": _CID}, "mimeType": "image/png", "size": 8}}
BLUESKY: dict[str, Verb] = {
    "session": Verb("createSession", (_answer(_SESSION),)),
    "renewal": Verb("refreshSession", (_answer(_SESSION),)),
    "whoami": Verb("getSession", (_answer({key: _SESSION[key] for key in ("did", "handle")}),
                                  _answer({"error": "ExpiredToken", "message": "old"}, "400 Bad"))),
    "prepare": Verb("uploadBlob", (_answer(_BLOB),)),
    "publish": Verb("putRecord", (
        _answer({"uri": _URI, "cid": _CID, "validationStatus": "valid"}, "200 OK",
                "ratelimit-remaining: 9"),
        _answer({"error": "InvalidSwap", "message": "is there"}, "400 Bad Request"),
        _answer({"error": "RateLimitExceeded"}, "429 Too Many", "ratelimit-reset: 1795000000"))),
    "reconcile": Verb("getRecord", (_answer(_RECORD), _answer({"error": "RecordNotFound"},
                                                              "400 Bad"))),
    "timeline": Verb("listRecords", (_answer({"records": [_RECORD], "cursor": "c"}),)),
    "delete": Verb("deleteRecord", (_answer({"commit": {"cid": _CID, "rev": "3aaa"}}),)),
}  # fmt: skip
_INSTANCE = {
    "domain": "example.org", "title": "E", "version": "4.5.0", "source_url": "", "description": "",
    "usage": {"users": {"active_month": 1}}, "languages": ["en"], "rules": [], "registrations": {},
    "configuration": {
        "statuses": {"max_characters": 500, "characters_reserved_per_url": 23,
                     "max_media_attachments": 4},
        "media_attachments": {"supported_mime_types": ["image/png"], "image_size_limit": 16777216,
                              "image_matrix_limit": 33177600, "description_limit": 1500}},
}  # fmt: skip
_ACCOUNT = {"id": "1", "username": "ada", "acct": "ada", "url": "https://example.org/@ada"}
_MEDIA = {
    "id": "5",
    "type": "image",
    "url": "https://example.org/5.png",
    "description": _PICTURE.alt,
}
_STATUS = {
    "id": "100", "created_at": "2026-11-27T09:00:01.000Z", "url": "https://example.org/@ada/100",
    "content": f"<p>{_TEXT}</p>", "media_attachments": [_MEDIA], "account": _ACCOUNT,
    "visibility": "public",
}  # fmt: skip
_SCOPES = "read:accounts read:statuses write:media write:statuses"
_LIMIT = ("X-RateLimit-Limit: 300", "X-RateLimit-Remaining: 9",
          "X-RateLimit-Reset: 2026-11-27T09:05:00.000Z",
          "Date: Fri, 27 Nov 2026 09:00:00 GMT")  # fmt: skip
MASTODON: dict[str, Verb] = {
    "whoami": Verb("verify_credentials", (_answer(_ACCOUNT, "200 OK", *_LIMIT),)),
    "limits": Verb("/api/v2/instance", (_answer(_INSTANCE, "200 OK", *_LIMIT),)),
    "prepare": Verb("POST /api/v2/media", (
        _answer(_MEDIA, "200 OK", *_LIMIT), _answer(_MEDIA, "202 Accepted"))),
    "media": Verb("GET /api/v1/media", (_answer(_MEDIA), _answer({"error": "none"},
                                                                 "404 Not Found"))),
    "publish": Verb("POST /api/v1/statuses", (
        _answer(_STATUS, "200 OK", *_LIMIT), _answer({"error": "Validation failed"},
                                                     "422 Unprocessable"),
        _answer({"error": "Too many requests"}, "429 Too Many", *_LIMIT))),
    "reconcile": Verb("accounts/1/statuses", (_answer([_STATUS], "200 OK", *_LIMIT),)),
    "timeline": Verb("accounts/1/statuses", (_answer([_STATUS], "200 OK", *_LIMIT),)),
    "delete": Verb("DELETE", (_answer(_STATUS), _answer({"error": "Record not found"},
                                                        "404 Not Found"))),
    "login": Verb("POST /", (_answer({"client_id": "a", "client_secret": "b", "access_token": "t",
                                      "id": "1",
                                      "name": "pullquote",
                                      "scope": _SCOPES,
                                      "token_type": "Bearer", "created_at": 1795000000}),)),
}  # fmt: skip
_SECRETS = {
    "x": {"API_KEY": "a", "API_SECRET": "b", "ACCESS_TOKEN": "7-a", "ACCESS_SECRET": "c"},
    "bluesky": {"HANDLE": "ada.bsky.social", "APP_PASSWORD": "abcd-efgh-ijkl-mnop"},
    "mastodon": {"TOKEN": "t"},
}


@cache
def _server() -> Answering:
    return answering()


def _after_empty(network: str) -> Mapping[str, bytes]:
    """The usual answers, where the second page of a timeline is empty."""
    pages = {"mastodon": {"max_id": _answer([])}, "bluesky": {"cursor=": _answer({"records": []})},
             "x": {"pagination_token": _answer({"meta": {"result_count": 0}})}}  # fmt: skip
    return pages[network]


def _post(network: str) -> Outgoing:
    key = Key(network, _MINE[network], "abcdef")
    return Outgoing(key=key, words=Words(_TEXT), images=(_PICTURE,), at=_AT, language="en")


def _used(limits: Limits) -> None:
    """What the limits of a server are good for."""
    compose(Source("Small libraries win.", "Ada Quill"), Style("{quote} {speaker}"), limits)
    if not all(isinstance(one, str) for one in limits.mimes) or limits.images + limits.alt < 0:
        raise AssertionError(f"limits that are none: {limits!r}"[:200])


class _Person:
    """Somebody who signs in and types what is asked for."""

    def say(self, text: str) -> None:
        """Nothing is shown."""

    def ask(self, question: str, *, secret: bool = False) -> str:
        """One answer fits all questions."""
        return "abcd-efgh-ijkl-mnop"


def _call(network: Network, verb: str, entrance: Entrance, name: str) -> None:
    made = _post(name)
    calls: dict[str, Callable[[], object]] = {
        "limits": lambda: _used(network.limits()),
        "publish": lambda: network.publish(made, network.prepare(made, {})),
        "reconcile": lambda: network.reconcile(made, {}),
        "timeline": lambda: [*islice(network.timeline(), _MOST_SEEN)],
        "delete": lambda: network.delete(
            f"at://{_DID}/app.bsky.feed.post/1" if name == "bluesky" else "1"
        ),
        "login": lambda: NETWORKS[name].login(_Person(), entrance),  # type: ignore[misc]
        "whoami": network.whoami,
    }
    found = calls.get(verb, lambda: network.prepare(made, {}))()
    if isinstance(found, Absent) and not re.match(rb"HTTP/\d\.\d [24]\d\d", _told[-1]):
        raise AssertionError("found absent by an answer that says nothing")


_told: list[bytes] = [b""]  # the damaged answer of this case


def _run(name: str, verbs: Mapping[str, Verb], sample: str, raw: bytes) -> str:
    verb = sample.partition(" ")[0]
    server, usual = _server(), {one.at: one.answers[0] for one in verbs.values() if one.answers}
    _told[-1] = raw
    server.say({**_after_empty(name), **usual}, first=raw, at=verbs[verb].at)
    entrance = Entrance(_SECRETS[name], server.url, timeout_s=2, now=lambda: _AT)
    try:
        _call(NETWORKS[name].open(entrance), verb, entrance, name)
    except (Refused, NotNow, SignedOut) as error:
        if verb == "publish" and not re.search(rb"\b4\d\d\b", raw.partition(b"\n")[0]):
            raise AssertionError(f"told not to be posted: {error}") from error
        raise
    return verb


def _samples(verbs: Mapping[str, Verb]) -> Sequence[Sample]:
    return [
        Sample(f"{name} {number}", raw, ("bytes", "answer"))
        for name, verb in verbs.items()
        for number, raw in enumerate(verb.answers, 1)
    ]


def _door(name: str, verbs: Mapping[str, Verb]) -> Door:
    return Door(name, partial(_samples, verbs), partial(_run, name, verbs), share=7, mb=400)


DOORS = tuple(
    _door(name, verbs) for name, verbs in (("x", X), ("bluesky", BLUESKY), ("mastodon", MASTODON))
)
