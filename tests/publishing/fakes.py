"""A network in memory that does what it is told: takes a post, loses the answer, refuses."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bot.library import Library
from bot.networks import NotNow, Refused, SignedOut, Unclear
from bot.post import (
    Absent,
    Account,
    Doubtful,
    Draft,
    Found,
    Identity,
    Image,
    Key,
    Limits,
    Receipt,
    Seen,
    Words,
)
from bot.publishing import accounts, ledger, queue
from bot.publishing.outlets import Outlet
from bot.publishing.sending import Sender
from bot.publishing.worker import Worker

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PICTURE = Image(b"a picture", "image/png", 1080, 1080, "Quote card")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        return self.at

    def wait(self, **of):
        self.at += timedelta(**of)


@dataclass
class Server:
    """What a network has: posts by id, each with its key; ``looks`` counts how often it is read.

    ``faults`` are used up one a call: ``lost`` takes the post and loses the answer, ``nothing``
    loses both; ``later`` is 429, ``rest`` with a time, ``refused`` and ``signed_out``.
    """

    clock: Clock
    faults: list[str] = field(default_factory=list)
    posts: dict[str, tuple[Key, Seen]] = field(default_factory=dict)
    lag: timedelta = timedelta(0)
    looks: int = 0
    uploads: int = 0
    calls: int = 0

    def take(self, key, text, alts=()):
        name = str(len(self.posts) + 1)
        self.posts[name] = key, Seen(name, self.clock(), text, f"https://example.org/{name}", alts)
        return name

    def timeline(self):
        self.looks += 1
        visible = [one for _, one in self.posts.values() if one.at + self.lag <= self.clock()]
        return sorted(visible, key=lambda one: (one.at, int(one.remote_id)), reverse=True)

    def copies(self, quote):
        return sum(key is not None and key.quote == quote for key, _ in self.posts.values())


@dataclass
class Network:
    """One account of the server; ``surely``: its timeline does not lag, absent is absent."""

    server: Server
    keyed: bool = False
    surely: bool = False
    id: str = "42"

    def whoami(self):
        return Identity(self.id, "pullquote")

    def limits(self):
        return Limits(counting="plain", most=500)

    def prepare(self, post, known):
        if "media" in known:
            return known
        self.server.uploads += 1
        return {"media": [f"m{self.server.uploads}"]}

    def publish(self, post, prepared):
        self.server.calls += 1
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "later":
            raise NotNow("too many", place="fake")
        if fault == "rest":
            raise NotNow("too many", place="fake", until=self.server.clock() + timedelta(hours=1))
        if fault == "refused":
            raise Refused("is too long", place="fake", remedy="shorten its wording")
        if fault == "signed_out":
            raise SignedOut("the token was revoked", place="fake")
        if fault == "nothing":
            raise Unclear("no answer came", place="fake")
        if fault == "raises":
            raise ValueError("a fault of the program")
        mine = [name for name, (key, _) in self.server.posts.items() if key == post.key]
        if self.keyed and mine:
            name = mine[0]
        else:
            name = self.server.take(post.key, post.words.text, tuple(i.alt for i in post.images))
        if fault == "lost":
            raise Unclear("no answer came", place="fake")
        return Receipt(name, f"https://example.org/{name}", self.server.clock())

    def reconcile(self, post, prepared):
        if self.server.faults and self.server.faults[0] == "blind":
            self.server.faults.pop(0)
            raise Unclear("no answer came", place="fake")
        for one in self.server.timeline():
            if one.text == post.words.text:
                return Found(Receipt(one.remote_id, one.url, one.at))
        return Absent() if self.surely else Doubtful("it is not on the timeline yet")

    def timeline(self, after=None):
        for one in self.server.timeline():
            if one.remote_id == after:
                return
            yield one

    def delete(self, remote_id):
        self.server.posts.pop(remote_id, None)


@dataclass
class World:
    """A library with approved quotes, one account, its server, and who works there."""

    library: Library
    quotes: tuple
    clock: Clock
    server: Server
    account: Account
    heard: list = field(default_factory=list)
    alerts: list = field(default_factory=list)

    @property
    def store(self):
        return self.library.store

    def network(self, **how):
        return Network(self.server, id=self.account.id, **how)

    def outlet(self, *, late=None, retry_unknown=False, **how):
        network = self.network(**how)
        found = Outlet(self.account, lambda: network, retry_unknown=retry_unknown)
        return replace(found, late=late) if late else found

    def draft(self, place=0, *, due=NOW, occasion=1, account=None):
        quote = self.quotes[place]
        of = account or self.account
        return Draft(
            key=Key(of.network, of.id, quote.id, occasion),
            due=due,
            words=Words(f"“{quote.shown}” – {quote.speaker}"),
            images=(PICTURE,),
            shown=quote.shown,
            speaker=quote.speaker,
        )

    def plan(self, *places, **how):
        with self.store.write() as connection:
            return [ledger.plan(connection, self.draft(one, **how), self.clock()) for one in places]

    def match(self):
        """Say that the timeline is known."""
        with self.store.write() as connection:
            accounts.matched(connection, self.account, None, self.clock())

    def worker(self, name="w1"):
        sender = Sender(self.store, self.clock, self.heard.append, Random(1))
        return Worker(name, sender, self.alerts.append)

    def run(self, *outlets):
        return self.worker().run(outlets or [self.outlet()])

    def events(self):
        return [one.event for one in self.heard]


def states(world):
    with world.store.read() as connection:
        return [one.state for one in queue.listing(connection)]


def posts(world):
    with world.store.read() as connection:
        return queue.listing(connection)


def until_done(world, outlet, *, hours=3):
    """Run every half minute until nothing is in hand any more."""
    for _ in range(hours * 120):
        world.run(outlet)
        if not {"planned", "sending"} & set(states(world)):
            return
        world.clock.wait(seconds=30)
