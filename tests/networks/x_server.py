"""The small X of ``x_fake.py`` on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from bot.networks import NETWORKS, Door, Network
from tests.networks.x_fake import SECRETS, FakeX
from tests.networks.x_spec import Asked


class _Handler(BaseHTTPRequestHandler):
    fake: FakeX

    def _take(self) -> None:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(place.query))
        said = self.fake.answer(Asked(self.command, place.path, query, dict(self.headers), body))
        raw = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
        rates = {
            "x-rate-limit-limit": "100",
            "x-rate-limit-remaining": str(self.fake.left),
            "x-rate-limit-reset": str(int(time.time()) + 900),
            "Content-Type": "application/json",
            "Content-Length": str(len(raw)),
        }
        self.send_response(said.status)
        for name, value in {**rates, **said.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_DELETE = _take  # noqa: N815 - names of http.server

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name there
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = False  # wait for each answer's thread, so that its socket is closed


@contextmanager
def fake_x() -> Iterator[FakeX]:
    """An X on a free port of 127.0.0.1, until the end of the block."""
    fake = FakeX()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def opened(fake: FakeX, **more: object) -> Network:
    """The account there, signed in."""
    door = Door(SECRETS, fake.url, **{"timeout_s": 5, **more})  # type: ignore[arg-type]
    return NETWORKS["x"].open(door)


@contextmanager
def x_server() -> Iterator[tuple[FakeX, Network]]:
    """A fake X and its account, signed in."""
    with fake_x() as fake:
        yield fake, opened(fake)
