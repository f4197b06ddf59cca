"""What workers of ``benchmarks.together`` do: harvest talks, tag one quote, publish to a file."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, select

from bot.library import Library
from bot.model import Details
from bot.networks import Network
from bot.pipeline import Cast, Terms, harvest, read_talk
from bot.post import (
    WAITING,
    Absent,
    Account,
    Found,
    Identity,
    Limits,
    Outgoing,
    Receipt,
    Reconciled,
    Seen,
)
from bot.publishing.outlets import Outlet
from bot.publishing.sending import Sender
from bot.publishing.worker import Worker
from bot.store.again import again, seen
from bot.store.connecting import url_of
from bot.store.engine import Store
from bot.store.publishing import posts

_KEEP = 40  # quotes of a talk, as the settings have it
_CALL_S, _LEASE_S = 0.02, 3.0  # of a network, of a post
PAPER = "paper"  # the file of the network


@dataclass(frozen=True)
class Task:
    """What one worker is given: its number, the talks it harvests, how often it tags the quote."""

    number: int
    place: str
    folder: Path
    talks: Sequence[Path]
    account: Account
    quote: str
    tags: int


@dataclass(frozen=True)
class Report:
    """What a worker saw: seconds it waited for the writers' lock and held it, by kind of work."""

    harvested: int
    tried: int
    held: Mapping[str, Sequence[float]]
    waited: Mapping[str, Sequence[float]]


class Timed(Store):
    """A library that notes how long a writer waits for the lock, and how long others wait then."""

    def __init__(self, place: str) -> None:
        super().__init__(url_of(place), create=False)
        self.doing = ""
        self.held: dict[str, list[float]] = defaultdict(list)
        self.waited: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As the library writes."""
        asked = time.monotonic()
        with super().write() as connection:
            began = time.monotonic()
            yield connection
        self.waited[self.doing].append(began - asked)
        self.held[self.doing].append(time.monotonic() - began)


@dataclass(frozen=True)
class Paper:
    """A network without a key: each call appends a line to a file, so copies can be counted."""

    file: Path

    keyed = False

    def whoami(self) -> Identity:
        """Whose it is."""
        return Identity("1", "paper")

    def limits(self) -> Limits:
        """How much it takes."""
        return Limits(counting="plain", most=5000)

    def prepare(self, post: Outgoing, known: Mapping[str, object]) -> Mapping[str, object]:
        """Nothing to upload."""
        return known

    def publish(self, post: Outgoing, prepared: Mapping[str, object]) -> Receipt:
        """Append the post in one piece."""
        time.sleep(_CALL_S)
        now = datetime.now(UTC)
        line = json.dumps({"id": os.urandom(8).hex(), "text": post.words.text, "at": str(now)})
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(handle, f"{line}\n".encode())
        finally:
            os.close(handle)
        return Receipt(json.loads(line)["id"], None, now)

    def reconcile(self, post: Outgoing, prepared: Mapping[str, object]) -> Reconciled:
        """Whether it stands there: a file does not lag."""
        for one in self.timeline():
            if one.text == post.words.text:
                return Found(Receipt(one.remote_id, None, one.at))
        return Absent()

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """What stands there, the latest first."""
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        for line in reversed(lines):
            said = json.loads(line)
            if said["id"] == after:
                return
            yield Seen(said["id"], datetime.fromisoformat(said["at"]), said["text"], None)

    def delete(self, remote_id: str) -> None:
        """Nobody asks for it here."""


def texts(folder: Path) -> list[str]:
    """The words of all that was published, as the file has it."""
    return [json.loads(line)["text"] for line in (folder / PAPER).read_text().splitlines()]


def work(task: Task) -> Report:
    """Harvest each talk, tag and publish in between, until all that is due is out."""
    with Timed(task.place) as store:
        library, tried = Library(store), 0
        share = -(-task.tags // max(len(task.talks), 1))
        for place, talk in enumerate(task.talks):
            tried += _harvest(library, store, talk)
            store.doing = "tag"
            for tag in range(place * share, min((place + 1) * share, task.tags)):
                _tag(library, task.quote, f"w{task.number}-{tag}")
            _publish(task, store)
        while _is_any_left(store):
            if not _publish(task, store):
                time.sleep(_LEASE_S / 4)
    return Report(len(task.talks), tried, dict(store.held), dict(store.waited))


def _harvest(library: Library, store: Timed, talk: Path) -> int:
    """Read a talk and keep its quotes; how often that was tried."""
    reading, tried = read_talk(talk, Cast(), max_mb=16), 0
    details = Details(title=talk.stem, url=f"https://example.org/{talk.stem}")
    store.doing = "harvest"

    def once() -> None:
        nonlocal tried
        tried += 1
        harvest(reading, details, library, Terms(_KEEP), _now())

    again(once)
    return tried


def _tag(library: Library, quote: str, name: str) -> None:
    again(lambda: library.tag([quote], "me", _now(), add=[name]))


def _publish(task: Task, store: Timed) -> int:
    store.doing = "publish"
    paper: Network = Paper(task.folder / PAPER)
    sender = Sender(store, _now, lambda _told: None, Random(task.number), first_wait_s=0.1)
    worker = Worker(f"w{task.number}", sender, print, lease=timedelta(seconds=_LEASE_S))
    return worker.run([Outlet(task.account, lambda: paper)])


def _is_any_left(store: Store) -> bool:
    left = select(posts.c.id).where(posts.c.state.in_(WAITING)).limit(1)
    return seen(store, lambda connection: connection.scalar(left)) is not None


def _now() -> datetime:
    return datetime.now(UTC)
