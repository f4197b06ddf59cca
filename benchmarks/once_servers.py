"""What ``benchmarks.once`` publishes to: a server of each network with the lossy proxy before it.

They run in a process of their own, as whoever forks workers must have no threads. Posts are counted
on the server itself, by none of the program's code.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random

import httpx

from bot.networks import NETWORKS, Door, open_account
from bot.post import Identity
from tests.networks.proxy import BLUESKY, MASTODON, Lossy, X, proxy

STALL_S = 1.8  # longer than the lease of a network with a key: another has taken the post over
TIMEOUT_S = 1.5
_LAG_S = 0.3  # of X's timelines
_PAGE = 40
_CHANCES = {
    "drop_answer": 0.05,
    "half_body": 0.02,
    "503": 0.02,
    "429": 0.01,
    "429:2": 0.005,
    "refuse": 0.01,
    "delay:0.4": 0.04,
    "delay:1.8": 0.01,
    f"stall:{STALL_S}": 0.02,
}


@dataclass(frozen=True)
class Guest:
    """A new account: where it is reached, what opens it, how its posts are read on the server."""

    lossy: Lossy
    secrets: Mapping[str, str]
    texts: Callable[[], list[str]]


@dataclass(frozen=True)
class Reached:
    """An account as workers open it, and who it is."""

    url: str
    secrets: Mapping[str, str]
    identity: Identity


class Missing(Exception):  # noqa: N818 - what the machine is
    """A server is not installed here; the text says what to do."""


def tools(error: ImportError) -> Missing:
    """What is missing where a package of the tests is not installed."""
    return Missing(f"{error.name} is not installed here: `make test` installs what tests need")


Join = Callable[[ExitStack], Guest]


class Outside:
    """The servers of one network, from the other side of a pipe."""

    def __init__(self, network: str, seed: int) -> None:
        self.network = network
        forking = get_context("fork")
        self._pipe, theirs = forking.Pipe()
        self._process = forking.Process(target=_serve, args=(network, seed, theirs, self._pipe))
        self._process.start()
        theirs.close()

    def started(self) -> None:
        """Wait until they run; ``Missing`` when they cannot."""
        self._answer()

    def join(self) -> Reached:
        """A new account, its network losing answers from now on."""
        self._pipe.send(None)
        joined = self._answer()
        assert isinstance(joined, Reached)
        return joined

    def texts(self, url: str) -> list[str]:
        """The texts of all posts an account has."""
        self._pipe.send(url)
        texts = self._answer()
        assert isinstance(texts, list)
        return texts

    def close(self) -> None:
        """End the servers."""
        self._pipe.close()
        self._process.join()

    def _answer(self) -> object:
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _serve(network: str, seed: int, pipe: Connection, others: Connection) -> None:
    others.close()
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError), ExitStack() as stack:
        try:
            join = stack.enter_context(_SITES[network]())
        except (Missing, ImportError) as error:
            pipe.send(tools(error) if isinstance(error, ImportError) else error)
            return
        pipe.send(None)
        _answer_all(join, pipe, stack, network, Random(seed))


def _answer_all(
    join: Join, pipe: Connection, stack: ExitStack, network: str, chance: Random
) -> None:
    guests: dict[str, Guest] = {}
    while True:
        url = pipe.recv()
        if url:
            pipe.send(guests[url].texts())
            continue
        guest = join(stack)
        guests[guest.lossy.url] = guest
        secrets = dict(guest.secrets)
        door = Door(secrets, guest.lossy.url, keep=secrets.update)
        identity = open_account(NETWORKS[network], door).whoami()
        guest.lossy.at_random(_CHANCES, chance)
        pipe.send(Reached(guest.lossy.url, secrets, identity))


@contextmanager
def _x() -> Iterator[Join]:
    """An X that takes the same words again: nothing but the bot keeps a post from doubling."""
    from tests.networks.x_fake import SECRETS
    from tests.networks.x_server import fake_x

    def join(stack: ExitStack) -> Guest:
        fake = stack.enter_context(fake_x())
        fake.doubles, fake.lag_s, fake.left = True, _LAG_S, 1_000_000
        lossy = stack.enter_context(proxy(fake.url, X))
        return Guest(lossy, SECRETS, lambda: [one.text for one in fake.posts])

    yield join


@contextmanager
def _bluesky() -> Iterator[Join]:
    import pytest

    from tests.networks.pds import running

    try:
        server = running()
    except pytest.skip.Exception as skipped:
        raise Missing(str(skipped)) from None

    def join(stack: ExitStack) -> Guest:
        person = server.person()
        lossy = stack.enter_context(proxy(server.url, BLUESKY))
        posts = partial(server.posts, person)
        return Guest(lossy, person.secrets, lambda: [one["value"]["text"] for one in posts()])

    yield join


@contextmanager
def _mastodon() -> Iterator[Join]:
    from tests.networks.servers import mastodon_server

    with mastodon_server() as place:
        url = place.lossy.target

        def join(stack: ExitStack) -> Guest:
            made = httpx.post(f"{url}/api/v1/_mock/dev_user", json={}).raise_for_status().json()
            lossy = stack.enter_context(proxy(url, MASTODON))
            secrets = {"TOKEN": made["access_token"]}
            return Guest(lossy, secrets, lambda: list(_statuses(url, made["id"])))

        yield join


def _statuses(url: str, account: str) -> Iterator[str]:
    below: dict[str, str] = {}
    while True:
        route = f"{url}/api/v1/accounts/{account}/statuses"
        page = httpx.get(route, params={"limit": _PAGE, **below}).raise_for_status().json()
        if not page:
            return
        yield from (html.unescape(re.sub(r"<[^>]+>", "", one["content"])) for one in page)
        below = {"max_id": page[-1]["id"]}


_SITES: dict[str, Callable[[], AbstractContextManager[Join]]] = {
    "x": _x,
    "bluesky": _bluesky,
    "mastodon": _mastodon,
}
KNOWN = tuple(_SITES)
