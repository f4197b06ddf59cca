"""HTTP of the page: bytes on the wire to a real server on loopback, over a library of its own."""

import logging
import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

import uvicorn

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot.config import Project
from bot.errors import InputError
from bot.library.query import find_quotes
from bot.settings import Config
from bot.store import open_store
from bot.store.connecting import driver_of
from bot.web.app import create_app
from bot.web.links import make_link
from bot.web.site import Site
from bot.web.tokens import form_token

_VISIT = "v" * 43  # a visitor's cookie
_WAIT_S = 20
_PAUSE_S = 0.02  # a server answers what it refuses at once, before we hang up
_GETS = (
    "/", "/inbox?talk={talk}&status=candidate", "/quotes/{quote}", "/quotes/{quote}/stage",
    "/quotes/{quote}/text",
    "/quotes/{quote}/posts", "/quotes/{quote}/misheard?heard=Bindle&meant=Bindel",
    "/library?q=speaker:marit&first=0",
    "/library/export?as=csv&q=libraries", "/library?q=libraries&done=x", "/people",
    "/people/of?name=Marit+Oyelaran",
    "/talks", "/talks/{talk}", "/talks/{talk}/transcript?at=60000", "/talks/{talk}/media",
    "/talks/reading/aaaaaaaaaaaa",
    "/posts?week=2026-11-23&done=x&number=1", "/posts/1", "/posts/history?first=0",
    "/posts/unconfirmed?first=0",
    "/pictures/" + "0" * 64, "/welcome", "/signin?then=/talks", "/speaker/@LINK@",
    "/speaker/@LINK@/cards/{quote}",
    "/static/pullquote.css?v=1", "/fonts/Inter-Medium.ttf", "/healthz",
    "/quotes/{quote}/tiles/square/paper",
    "/openapi.json", "/quotes/{quote}/preview/landscape/midnight",
)  # fmt: skip
_POSTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/quotes/{quote}/decision", {"action": "approve", "confirmed": "yes", "revision": "0"}),
    ("/quotes/{quote}/undo", {"revision": "0"}),
    ("/quotes/{quote}/tags", {"add": "ropes knots", "remove": "x"}),
    ("/quotes/{quote}/note", {"text": "for the autumn"}),
    ("/quotes/{quote}/check", {"words": "It was two buses and a tractor."}),
    ("/quotes/{quote}/words", {"words": "It was two buses and a tractor, but I'm here."}),
    ("/quotes/{quote}/misheard", {"heard": "Bindle", "meant": "Bindel"}),
    ("/library/many", {"act": "reject", "ids": "{quote}", "tag": "ropes", "q": "libraries"}),
    ("/people/of", {"name": "Marit Oyelaran", "role": "Librarian", "x": "@marit", "seen": "{}"}),
    ("/people/takedown", {"name": "Nobody Here", "sure": "yes"}),
    ("/talks/{talk}", {"title": "On maps", "date": "2026-11-24", "url": "https://example.org/",
                       "embargo_until": "",
                       "permission": "granted", "speakers": "Marit Oyelaran", "seen": "{}"}),
    ("/talks/{talk}/move", {}),
    ("/talks/{talk}/links", {"speaker": "Marit Oyelaran", "days": "14"}),
    ("/talks/{talk}/links/1/revoke", {}),
    ("/talks/{talk}/lines", {"start": "60000",
                             "text": "It was two buses and a tractor, but I'm here."}),
    ("/posts/1/there", {"at": "https://x.com/i/status/1"}),
    ("/posts/1/again", {"looked": "yes"}),
    ("/posts/1/move", {"day": "2026-11-30", "time": "09:30", "was": "2026-11-27T09:00:00+00:00"}),
    ("/posts/1/cancel", {}),
    ("/posts/1/restore", {}),
    ("/speaker/@LINK@/quotes/{quote}", {"answer": "yes", "sure": "yes"}),
    ("/speaker/@LINK@/lines", {"start": "60000", "text": "It was two buses and a tractor."}),
    ("/signin", {"name": "Ed", "password": "lantern orbit velvet mole", "then": "/talks"}),
    ("/signout", {}),
)  # fmt: skip
_FILE = (
    b'--xx\r\nContent-Disposition: form-data; name="files"; filename="talk.vtt"\r\n'
    b"Content-Type: text/vtt\r\n\r\n"
    b"WEBVTT\n\n00:00.000 --> 00:02.000\nSmall libraries win.\r\n--xx--\r\n"
)


def _requests() -> Sequence[Sample]:
    """A request of each route, as a browser of this machine sends it; several as htmx does."""
    with prepared.library() as library:
        quote = library.quotes(limit=4)[3]
    named = {"quote": quote.id, "talk": quote.talk}
    made = [_request("GET", _filled(path, named)) for path in _GETS]
    for path, fields in _POSTS:
        form = urlencode({name: _filled(value, named) for name, value in fields.items()}).encode()
        kind = "application/x-www-form-urlencoded"
        made.append(_request("POST", _filled(path, named), form, kind))
    made.append(_request("POST", "/talks", _FILE, "multipart/form-data; boundary=xx"))
    return [Sample(f"{raw.split(b' HTTP')[0].decode()} {at}".replace(":", "."), raw, ("bytes",
                                                                                      "request"))
            for at, raw in enumerate(made)]  # fmt: skip


def _filled(text: str, named: dict[str, str]) -> str:
    return text.format(**named) if "{" in text and text != "{}" else text


def _request(method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: @COOKIE@={_VISIT}",
             f"X-CSRF-Token: {form_token(_VISIT)}", "Connection: close"]  # fmt: skip
    if method == "POST":
        lines += [f"Content-Type: {kind}", "Content-Length: @LENGTH@"]
    if len(path) % 3 == 0:
        lines.append("HX-Request: true")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Heard(logging.Handler):
    """What the server logs as wrong; people are told nothing of it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, and the error behind it."""
        cause = record.exc_info[1] if record.exc_info else None
        self.lines.append(f"{record.getMessage().partition(chr(10))[0]} {cause!r}")


@dataclass(frozen=True, slots=True)
class _Served:
    """A running page: where, its site, a speaker's link, what it logged, its library as it was."""

    port: int
    site: Site
    link: str
    heard: _Heard
    kept: prepared.Kept


@cache
def _page() -> _Served:
    store = open_store(prepared.folder() / "page.db")
    prepared.fill(store)
    site = Site(store, Project(Config()), lambda: prepared.NOW, login="Ed")
    with store.write() as connection:
        talk = find_quotes(connection, limit=1)[0].talk
        link = make_link(connection, talk, "Marit Oyelaran", "Ed", prepared.NOW, timedelta(days=14))
    with store.read() as connection:
        kept = prepared.Kept(driver_of(connection))
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    heard = _Heard()
    for name in ("uvicorn.error", "pullquote.web", "asyncio"):
        logging.getLogger(name).addHandler(heard)
    config = uvicorn.Config(create_app(site), log_config=None, server_header=False)
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return _Served(listening.getsockname()[1], site, link, heard, kept)


def _asked(_: str, raw: bytes) -> str:
    """Send it, and read the answer: anything but a 5xx, and nothing in the server's log."""
    page = _page()
    page.heard.lines.clear()
    raw = raw.replace(b"@COOKIE@", page.site.cookie.encode()).replace(b"@LINK@", page.link.encode())
    body = raw.partition(b"\r\n\r\n")[2]
    raw = raw.replace(b"@LENGTH@", b"%d" % len(body), 1)
    try:
        answer = _sent(page.port, raw)
    finally:
        if not raw.startswith((b"GET ", b"HEAD ")):
            with page.site.store.read() as connection:
                page.kept.put_back(driver_of(connection))
    if page.heard.lines:
        raise AssertionError(f"logged: {page.heard.lines[0]}")
    found = re.match(rb"HTTP/1\.[01] (\d)\d\d", answer)
    if found and found[1] == b"5":
        raise AssertionError(answer.partition(b"\r\n")[0].decode("latin-1"))
    if not found or found[1] == b"4":
        raise InputError("refused by the page")
    return f"{found[1].decode()}xx"


def _sent(port: int, raw: bytes) -> bytes:
    """The answer to some bytes; empty when the server hangs up on them."""
    with socket.create_connection(("127.0.0.1", port), timeout=_WAIT_S) as connection:
        answer = b""
        try:
            connection.sendall(raw)
            if not _is_whole(raw):
                time.sleep(_PAUSE_S)
                connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(262_144):
                answer += piece
        except TimeoutError as error:
            raise AssertionError(f"no answer in {_WAIT_S} s") from error
        except OSError:
            pass  # it hung up on us
        return answer


def _is_whole(raw: bytes) -> bool:
    """Whether a server has all it waits for; of the others we say that no more will come."""
    head, end, body = raw.partition(b"\r\n\r\n")
    told = re.findall(rb"(?im)^content-length:[ \t]*(\d+)[ \t]*\r?$", head)
    chunked = re.search(rb"(?im)^(?:transfer-encoding|expect|upgrade):", head)
    closes = re.search(rb"(?im)^connection:[ \t]*close[ \t]*\r?$", head)
    return bool(end and closes) and not chunked and all(int(one[:9]) <= len(body) for one in told)


DOOR = Door("page", _requests, _asked, share=16, seconds=10, mb=300)
