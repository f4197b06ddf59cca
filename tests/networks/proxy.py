"""A proxy on loopback that loses what networks say: asked for, or by chance.

    with proxy(server_url) as lossy:
        lossy.next("drop_answer", method="POST", path="/statuses")

A fault meets the next request that its filter lets through, once; several wait in their order.

    drop_answer   the server has it, its answer never comes
    delay:2       the server has it at once, its answer comes 2 s later
    stall:2       the server has it 2 s later, whoever sent it alive or not
    half_body     the server has it, its answer ends half-way
    429, 503      the server never hears of it; 429:60 names a time 60 s ahead, as ``Reset`` says
    refuse        the server never hears of it, the connection ends without a word
"""

import random
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_WAIT_S = 60  # for the server
_BETWEEN_TWO = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass(frozen=True)
class Reset:
    """The header with which a network says when it listens again, and how it writes times."""

    header: str = "x-rate-limit-reset"
    iso: bool = False

    def value(self, after_s: float) -> str:
        """What the header says now."""
        at = datetime.now(UTC) + timedelta(seconds=after_s)
        return at.isoformat().replace("+00:00", "Z") if self.iso else str(int(at.timestamp()))


X = Reset()
BLUESKY = Reset("RateLimit-Reset")
MASTODON = Reset("X-RateLimit-Reset", iso=True)


@dataclass(frozen=True)
class Asked:
    """A request as it came, and the fault it met."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    fault: str


@dataclass(frozen=True)
class Answered:
    """What goes back to the client; without a status the connection just ends."""

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    sent: int | None = None  # bytes of the body that arrive, None for all


@dataclass
class Lossy:
    """A running proxy: its address, what it was asked, the faults that wait."""

    url: str
    target: str
    reset: Reset
    keep_host: bool
    ahead_s: float = 0  # of the server's clock, as its answers tell the time
    asked: list[Asked] = field(default_factory=list)
    _waiting: list[tuple[str, str, str]] = field(default_factory=list)
    _chances: Mapping[str, float] = field(default_factory=dict)
    _random: random.Random = field(default_factory=random.Random)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, fault: str, *, method: str = "", path: str = "") -> None:
        """Let the next request of that method, with that part in its path, meet a fault."""
        with self._lock:
            self._waiting.append((fault, method, path))

    def at_random(self, chances: Mapping[str, float], seeded: random.Random) -> None:
        """From now on requests meet each fault with its chance; what ``next`` asked comes first."""
        with self._lock:
            self._chances, self._random = chances, seeded

    def forget(self) -> None:
        """No more faults, and nothing was asked."""
        with self._lock:
            self._waiting.clear()
            self.asked.clear()
            self._chances, self.ahead_s = {}, 0

    def fault_of(self, method: str, path: str) -> str:
        """The fault a request meets, taken from those that wait; empty for none."""
        with self._lock:
            for waiting in self._waiting:
                fault, wanted, part = waiting
                if wanted in ("", method) and part in path:
                    self._waiting.remove(waiting)
                    return fault
            drawn = self._random.random() if self._chances else 1.0
            for fault, chance in self._chances.items():
                if drawn < chance:
                    return fault
                drawn -= chance
            return ""

    def answer(self, asked: Asked) -> Answered:
        """Ask the server, or not, as the fault has it."""
        kind, _, more = asked.fault.partition(":")
        if kind == "refuse":
            return Answered()
        if kind.isdigit():
            after_s = 60.0 if more == "reset" else float(more or 0)
            told = ((self.reset.header, self.reset.value(after_s)),) if more else ()
            return Answered(int(kind), told, b"{}")
        if kind == "stall":
            time.sleep(float(more))
        answered = self._forward(asked)
        if kind == "delay":
            time.sleep(float(more))
        if kind == "half_body":
            return Answered(
                answered.status, answered.headers, answered.body, len(answered.body) // 2
            )
        return Answered() if kind == "drop_answer" else answered

    def _forward(self, asked: Asked) -> Answered:
        place = urlsplit(self.target)
        kept = {
            name: value
            for name, value in asked.headers.items()
            if name.lower() not in _BETWEEN_TWO or (self.keep_host and name.lower() == "host")
        }
        server = HTTPConnection(place.hostname or "", place.port, timeout=_WAIT_S)
        try:
            path = place.path.rstrip("/") + asked.path
            server.request(asked.method, path, asked.body or None, {**kept, "Connection": "close"})
            said = server.getresponse()
            body = said.read()
        except (OSError, HTTPException):
            return Answered()
        finally:
            server.close()
        headers = [pair for pair in said.getheaders() if pair[0].lower() not in _BETWEEN_TWO]
        if self.ahead_s:
            told = format_datetime(datetime.now(UTC) + timedelta(seconds=self.ahead_s), usegmt=True)
            headers = [(name, told if name.lower() == "date" else its) for name, its in headers]
        return Answered(said.status, tuple(headers), body)


class _Handler(BaseHTTPRequestHandler):
    lossy: Lossy

    def _take(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        fault = self.lossy.fault_of(self.command, self.path)
        body = self.rfile.read(length)
        if len(body) < length:  # its sender died in mid-sentence: no server would take it
            self.close_connection = True
            return
        asked = Asked(self.command, self.path, dict(self.headers), body, fault)
        self.lossy.asked.append(asked)
        with suppress(OSError):  # the client may be dead by now
            self._give(self.lossy.answer(asked))
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _take  # noqa: N815 - names of http.server

    def _give(self, answered: Answered) -> None:
        if answered.status is None:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response_only(answered.status)
        for name, value in answered.headers:
            self.send_header(name, value)
        if answered.status != 204:
            self.send_header("Content-Length", str(len(answered.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.body[: answered.sent])

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name there
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = False  # wait for each answer's thread, so that its socket is closed


@contextmanager
def proxy(target: str, reset: Reset = MASTODON, *, keep_host: bool = False) -> Iterator[Lossy]:
    """A proxy on a free port of 127.0.0.1 before ``target``, until the end of the block.

    The server is told its own name as Host, or with ``keep_host`` the proxy's.
    """
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    lossy = Lossy(f"http://127.0.0.1:{server.server_port}", target, reset, keep_host)
    handler.lossy = lossy  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield lossy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
