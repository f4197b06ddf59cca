"""A small X that remembers posts, pictures and limits, and what it was told wrong.

Every request, and every answer that is a success, is judged by X's own OpenAPI where there is one
(``x_spec.py``); what it finds stands in ``wrong``, and the request is refused.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from urllib.parse import urlencode

from tests.networks.x_spec import Asked, judge

SECRETS = {
    "API_KEY": "key",
    "API_SECRET": "key-secret",
    "ACCESS_TOKEN": "2244994945-token",
    "ACCESS_SECRET": "token-secret",
}
PIN = "1234567"
_EPOCH_MS = 1_288_834_974_657
_LINK = re.compile(r"https?://\S+|\bexample\.\w+")
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # all other letters weigh two
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@dataclass(frozen=True)
class Said:
    """An answer: what a fault has X say, or what X says by itself."""

    status: int
    body: object
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """A post that was made, with the media it has; ``at_s`` by the clock of this machine."""

    id: str
    text: str
    media: tuple[str, ...]
    at_s: float


def weight(text: str) -> int:
    """How long X finds a text. https://docs.x.com/fundamentals/counting-characters."""
    plain = _LINK.sub("", text)
    light = sum(any(low <= ord(one) <= high for low, high in _LIGHT) for one in plain)
    return 23 * len(_LINK.findall(text)) + 2 * len(plain) - light


def problem(status: int, detail: str, title: str = "", kind: str = "about:blank") -> Said:
    """A refusal as X words them."""
    return Said(
        status, {"title": title or "Error", "detail": detail, "type": kind, "status": status}
    )


@dataclass
class FakeX:
    """What the server knows; ``faults`` are answers to the next request of a method and path."""

    url: str = ""
    account: str = "2244994945"
    handle: str = "pullquote"
    posts: list[Post] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)  # id → alt text
    faults: list[tuple[str, Said]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lag_s: float = 0
    left: int = 100  # posts of this quarter of an hour
    suspended: bool = False
    revoked: bool = False
    old_names: bool = False  # speaks of tweet.fields
    doubles: bool = False  # takes the same words again, as X does when it forgets
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, asked: Asked) -> Said:
        """What X says, judged."""
        with self._lock:
            self.asked.append(asked)
            if asked.path.startswith("/oauth/"):
                return self._fault(asked) or self._oauth(asked)
            if not self.old_names and (found := judge().request(asked)):
                self.wrong.append(found)
                return problem(400, found, "Invalid Request")
            said = self._fault(asked) or self._refusal(asked) or self._routed(asked)
            if 200 <= said.status < 300 and not isinstance(said.body, bytes):
                body = json.dumps(said.body).encode()
                if found := judge().answer(asked, said.status, body):
                    self.wrong.append(found)
            return said

    def _fault(self, asked: Asked) -> Said | None:
        for waiting in self.faults:
            if re.search(waiting[0], f"{asked.method} {asked.path}"):
                self.faults.remove(waiting)
                return waiting[1]
        return None

    def _refusal(self, asked: Asked) -> Said | None:
        signed = asked.headers.get("Authorization", "")
        if self.revoked or f'oauth_token="{SECRETS["ACCESS_TOKEN"]}"' not in signed:
            return problem(401, "Unauthorized", "Unauthorized")
        if self.suspended:
            return problem(
                403, "Your account is suspended and is not permitted to access this feature."
            )
        return None

    def _routed(self, asked: Asked) -> Said:
        match asked.method, asked.path.split("/")[1:]:
            case "GET", ["2", "users", "me"]:
                return Said(
                    200, {"data": {"id": self.account, "username": self.handle, "name": "P"}}
                )
            case "POST", ["2", "media", "upload"]:
                return self._upload(asked)
            case "POST", ["2", "media", "metadata"]:
                return self._describe(json.loads(asked.body))
            case "POST", ["2", "tweets"]:
                return self._post(json.loads(asked.body))
            case "DELETE", ["2", "tweets", number]:
                return self._delete(number)
            case "GET", ["2", "users", _, "tweets"]:
                return self._timeline(asked.query)
        return problem(404, "Not Found", "Not Found")

    def _upload(self, asked: Asked) -> Said:
        boundary = asked.content_type.partition("boundary=")[2].encode()
        parts = [part.partition(b"\r\n\r\n") for part in asked.body.split(b"--" + boundary)]
        picture = next((body[:-2] for head, _, body in parts if b'name="media";' in head), b"")
        if not picture.startswith(_MAGIC):
            return problem(400, "media type unrecognized.", "Invalid Request")
        if len(picture) > 5_000_000:
            return problem(413, "Request Entity Too Large", "Request Entity Too Large")
        number = self._number()
        self.media[number] = ""
        made = {"id": number, "media_key": f"3_{number}", "expires_after_secs": 86400}
        return Said(200, {"data": {**made, "size": len(picture)}})

    def _describe(self, told: dict) -> Said:
        alt = told["metadata"]["alt_text"]["text"]
        if len(alt) > 1000 or told["id"] not in self.media:
            return problem(400, "alt_text must be at most 1000 characters", "Invalid Request")
        self.media[told["id"]] = alt
        return Said(200, {"data": {"id": told["id"]}})

    def _post(self, told: dict) -> Said:
        text, media = told.get("text", ""), tuple(told.get("media", {}).get("media_ids", ()))
        if self.left <= 0:
            return Said(429, {"title": "Too Many Requests", "detail": "Too Many Requests"})
        if not self.doubles and any(one.text == text for one in self.posts):
            return problem(
                403, "You are not allowed to create a Tweet with duplicate content.", "Forbidden"
            )
        if weight(text) > 280:
            return problem(403, "Your Tweet text is too long.", "Forbidden")
        if not set(media) <= set(self.media):
            return problem(400, "Your media IDs are invalid.", "Invalid Request")
        self.left -= 1
        made = Post(self._number(), text, media, time.time())
        self.posts.append(made)
        return Said(
            201, {"data": {"id": made.id, "text": text, "edit_history_post_ids": [made.id]}}
        )

    def _delete(self, number: str) -> Said:
        if number not in [one.id for one in self.posts]:
            return problem(404, "Could not find tweet with id.", "Not Found Error")
        self.posts = [one for one in self.posts if one.id != number]
        return Said(200, {"data": {"deleted": True}})

    def _timeline(self, query: dict[str, str]) -> Said:
        fields = "tweet.fields" if self.old_names else "post.fields"
        if unknown := [name for name in query if name.endswith("t.fields") and name != fields]:
            told = f"The query parameter [{unknown[0]}] is not one of [{fields}]"
            return Said(400, {"errors": [{"message": told}], "title": "Invalid Request"})
        after = int(query.get("since_id", 0))
        since = datetime.fromisoformat(query.get("start_time", "2010-11-06T00:00:00Z")).timestamp()
        shown = [
            one
            for one in reversed(self.posts)
            if int(one.id) > after and since <= one.at_s <= time.time() - self.lag_s
        ]
        first, most = int(query.get("pagination_token", 0)), int(query.get("max_results", 10))
        page = shown[first : first + most]
        meta: dict[str, object] = {"result_count": len(page)}
        if first + most < len(shown):
            meta["next_token"] = str(first + most)
        if not page:
            return Said(200, {"meta": meta})
        media = [{"media_key": f"3_{one}", "type": "photo", "alt_text": self.media[one]}
                 for post in page for one in post.media]  # fmt: skip
        return Said(
            200,
            {
                "data": [self._shown(one) for one in page],
                "includes": {"media": media},
                "meta": meta,
            },
        )

    def _shown(self, post: Post) -> dict[str, object]:
        """A post as X gives it: short links, one more for its pictures, & as &amp;."""
        text, urls = post.text.replace("&", "&amp;"), []
        whole = [(url, {}) for url in _LINK.findall(text)]
        if post.media:
            photo = f"https://x.com/{self.handle}/status/{post.id}/photo/1"
            text += f" {photo}"
            whole.append((photo, {"media_key": f"3_{post.media[0]}"}))
        for number, (url, more) in enumerate(whole):
            short = f"https://t.co/{post.id[-6:]}{number}"
            at = text.index(url)
            text = text.replace(url, short, 1)
            longer = url if "://" in url else f"http://{url}"
            urls.append(
                {"start": at, "end": at + len(short), "url": short, "expanded_url": longer, **more}
            )
        shown: dict[str, object] = {"id": post.id, "text": text, "entities": {"urls": urls}}
        return {**shown, "attachments": {"media_keys": [f"3_{one}" for one in post.media]}}

    def _oauth(self, asked: Asked) -> Said:
        signed = asked.headers.get("Authorization", "")
        if f'oauth_consumer_key="{SECRETS["API_KEY"]}"' not in signed:
            return problem(401, "Could not authenticate you.")
        if asked.path == "/oauth/request_token":
            told = {
                "oauth_token": "asked",
                "oauth_token_secret": "s",
                "oauth_callback_confirmed": "true",
            }
        elif f'oauth_verifier="{PIN}"' in signed:
            told = {
                "oauth_token": SECRETS["ACCESS_TOKEN"],
                "oauth_token_secret": SECRETS["ACCESS_SECRET"],
                "screen_name": self.handle,
            }
        else:
            return problem(
                401, "Error processing your OAuth request: Invalid oauth_verifier parameter"
            )
        return Said(200, urlencode(told).encode())

    def _number(self) -> str:
        """A number as X gives them: its upper bits are the time."""
        return str((int(time.time() * 1000) - _EPOCH_MS << 22) + next(self._numbers))
