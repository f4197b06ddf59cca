"""A server of each network on loopback, with the lossy proxy before it.

``SERVERS``: name → context manager that gives a ``Place``, started once for all tests.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import httpx

from bot.networks import NETWORKS, Door, Network, open_account
from tests.networks.pds import running
from tests.networks.proxy import BLUESKY, MASTODON, Lossy, X, proxy
from tests.networks.x_fake import SECRETS
from tests.networks.x_server import fake_x


@dataclass(frozen=True)
class Place:
    """A running server: its account is opened through the proxy, which can lose answers."""

    network: str
    lossy: Lossy
    secrets: Mapping[str, str]

    def open(self, **more: object) -> Network:
        """The account, signed in."""
        door = Door(self.secrets, self.lossy.url, **{"timeout_s": 5, **more})  # type: ignore[arg-type]
        return open_account(NETWORKS[self.network], door)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def mastodon_server() -> Iterator[Place]:
    """mastodon-mock, everything in memory."""
    port = free_port()
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory"]
    quiet = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "critical"]
    media = tempfile.TemporaryDirectory()
    server = subprocess.Popen(
        [*command, *quiet],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": media.name},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api/v2/instance", server)
        with proxy(address, MASTODON) as lossy:
            yield Place("mastodon", lossy, {"TOKEN": "mock_token"})
    finally:
        server.terminate()
        server.wait(10)
        media.cleanup()


@contextmanager
def x_server() -> Iterator[Place]:
    """Our own X, as X has none; its requests are judged by X's specification where it is there."""
    with fake_x() as fake, proxy(fake.url, X) as lossy:
        yield Place("x", lossy, SECRETS)
        assert not fake.wrong


@contextmanager
def bluesky_server() -> Iterator[Place]:
    """A real one, and somebody new there who is signed in."""
    server = running()
    with proxy(server.url, BLUESKY) as lossy:
        secrets = dict(server.person().secrets)
        Place("bluesky", lossy, secrets).open(keep=secrets.update).whoami()
        yield Place("bluesky", lossy, secrets)


def wait_for(address: str, server: "subprocess.Popen[bytes]", most_s: float = 60) -> None:
    """Wait until a server answers; an error when it ended instead."""
    ends = time.monotonic() + most_s
    while time.monotonic() < ends and server.poll() is None:
        try:
            if httpx.get(address).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} never answered; the server's code: {server.poll()}")


SERVERS: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "x": x_server,
    "bluesky": bluesky_server,
    "mastodon": mastodon_server,
}
