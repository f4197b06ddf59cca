"""X: pictures uploaded in one piece, paid by the call, and no key that keeps a post from doubling.

After a lost answer only the account's own posts can tell, and they lag: what is not there may
still come, so a person decides.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.networks.base import Door, Kind, Network, Prepared, Refused, SignedOut
from bot.networks.x_login import SECRETS, login
from bot.post import Doubtful, Found, Identity, Limits, Outgoing, Receipt, Reconciled, Seen

if TYPE_CHECKING:
    from bot.networks.x_answers import Named
    from bot.networks.x_client import Client

# "Content: Create", "Content: Create (with URL)", "Content: Manage", "Interaction: Delete", "User:
# Read" and, of one's own posts, "Owned Reads": https://docs.x.com/x-api/getting-started/pricing
COSTS = {
    "a post": 0.015,
    "a post with a link": 0.2,
    "alt text": 0.005,
    "taking a post down": 0.01,
    "who is signed in": 0.01,
    "reading a post": 0.001,
}

# https://docs.x.com/fundamentals/counting-characters, https://docs.x.com/x-api/media/introduction
LIMITS = Limits(
    counting="weighted",
    most=280,
    url=23,
    image_bytes=5_000_000,
    images=4,
    alt=1000,
    mimes=("image/png", "image/jpeg", "image/gif", "image/webp"),
)
_EARLIER = timedelta(seconds=60)  # clocks differ
_LIVES = timedelta(hours=24)  # of an upload, where X does not say
_SPARE = timedelta(minutes=10)
_FIRST_PAGE, _PAGE = 5, 100  # posts, X's least and most; a page is booked before it is read


class X:
    """One account of X."""

    keyed = False

    def __init__(self, door: Door, client: "Client") -> None:
        self._door, self._client = door, client
        self._me: Identity | None = None

    def whoami(self) -> Identity:
        """Who the tokens belong to, asked once."""
        if self._me is None:
            self._spend("who is signed in")
            told = self._client.me()
            self._me = Identity(told.id, told.username, f"https://x.com/{told.username}")
        return self._me

    def limits(self) -> Limits:
        """X's published limits: it tells none."""
        return LIMITS

    def prepare(self, post: Outgoing, known: Prepared) -> Prepared:
        """Upload what is not there already, or will not be for long."""
        self._check_whose(post)
        now = self._door.now()
        kept = {
            one["picture"]: one
            for one in known.get("media", ())
            if datetime.fromisoformat(one["until"]) > now + _SPARE
        }
        media = []
        for number, image in enumerate(post.images, 1):
            picture = sha256(image.data + image.alt.encode()).hexdigest()
            if picture not in kept:
                name = f"card-{number}.{image.mime.rpartition('/')[2]}"
                told = self._client.upload(name, image.data, image.mime)
                if image.alt:
                    self._spend("alt text")
                    self._client.describe(told.id, image.alt)
                kept[picture] = {
                    "picture": picture,
                    "id": told.id,
                    "until": (now + _lives(told)).astimezone(UTC).isoformat(),
                }
            media.append(kept[picture])
        return {"media": media}

    def publish(self, post: Outgoing, prepared: Prepared) -> Receipt:
        """Make the post."""
        from bot.networks.x_errors import resting
        from bot.networks.x_timeline import address, made_at

        self._spend("a post with a link" if _has_link(post) else "a post")
        media = [one["id"] for one in prepared.get("media", ())]
        made, answer = self._client.post(post.words.text, media)
        return Receipt(made, address(made), made_at(made), resting(answer, self._door.now()))

    def reconcile(self, post: Outgoing, prepared: Prepared) -> Reconciled:
        """Look for the post among the account's own since just before it was claimed."""
        from bot.networks.x_timeline import same_pictures, same_words

        self._check_whose(post)
        since = (post.at - _EARLIER).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        akin = ""
        try:
            for seen in self._read(post.key.account, start_time=since):
                if not same_words(post, seen):
                    continue
                if same_pictures(post, seen):
                    return Found(Receipt(seen.remote_id, seen.url, seen.at))
                akin = f"{seen.url} has its words but other pictures"
        except Refused as error:  # it speaks of the look, not of the post
            return Doubtful(str(error))
        return Doubtful(akin or "not among the account's posts yet, which X shows late")

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """Its own posts but replies and reposts, the newest 3,200."""
        since = {"since_id": after} if after else {}
        return self._read(self._owner(), **since)

    def delete(self, remote_id: str) -> None:
        """Take a post down; X takes money for it."""
        from bot.networks.x_errors import Gone

        self._spend("taking a post down")
        try:
            self._client.take_down(remote_id)
        except Gone:
            return

    def _owner(self) -> str:
        """The id of who is signed in; most tokens begin with it, and asking costs money."""
        owner = self._door.secrets.get("ACCESS_TOKEN", "").partition("-")[0]
        return owner if owner.isdigit() else self.whoami().id

    def _check_whose(self, post: Outgoing) -> None:
        """``SignedOut`` when the tokens are another account's than the post is for."""
        if post.key.account != (mine := self._owner()):
            reason = f"the post is for the account {post.key.account}, signed in is {mine}"
            raise SignedOut(reason, place="X", remedy="sign in anew, to the post's account")

    def _spend(self, what: str) -> None:
        self._door.spend(what, COSTS[what])

    def _read(self, account: str, **since: str) -> Iterator[Seen]:
        from bot.networks.x_timeline import seen_on

        most = _FIRST_PAGE
        while True:
            self._door.spend(f"reading {most} posts", most * COSTS["reading a post"])
            page = self._client.posts(account, most, **since)
            yield from seen_on(page)
            if not page.following:
                return
            since, most = {**since, "pagination_token": page.following}, _PAGE


def _lives(told: "Named") -> timedelta:
    """How long an upload lives; what is no such time, X does not mean."""
    seconds = told.expires_after_secs
    if seconds is None or not 0 < seconds < _LIVES.total_seconds():
        return _LIVES
    return timedelta(seconds=seconds)


def _has_link(post: Outgoing) -> bool:
    """Whether X will make a link of something, and charge it."""
    marked = any(facet.kind == "link" for facet in post.words.facets)
    return marked or "://" in post.words.text


def _open(door: Door) -> Network:
    from bot.networks.x_client import Client

    return X(door, Client(door.secrets, door.server, door.timeout_s, door.now))


KIND = Kind(
    name="x",
    title="X",
    limits=LIMITS,
    open=_open,
    login=login,
    secrets=SECRETS,
    costs=COSTS,
)
