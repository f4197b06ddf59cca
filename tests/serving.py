"""A web server on loopback that answers as a test says."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Answer:
    """What the server says to one path; ``drip_s`` waits between single bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0


@dataclass
class Served:
    """A running server: its address, what it answers, what it was asked."""

    url: str
    pages: dict[str, Answer | Callable[[dict[str, str]], Answer]]
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, **more: object) -> str:
        """Answer a path with a body; its address."""
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(raw, **more)  # type: ignore[arg-type]
        return self.url + path


@contextmanager
def serving() -> Iterator[Served]:
    """A server on a free port of 127.0.0.1, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            page = served.pages.get(self.path, Answer(b"gone", 404))
            answer = page(dict(self.headers)) if callable(page) else page
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(len(answer.body) if answer.drip_s else 0):
                    self.wfile.write(answer.body[at : at + 1])
                    time.sleep(answer.drip_s)
                if not answer.drip_s:
                    self.wfile.write(answer.body)
            except OSError:
                pass  # the client had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # wait for each answer's thread, so that its socket is closed
    served = Served(f"http://127.0.0.1:{server.server_port}", {})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def allow_loopback(project: Path, more: str = "") -> None:
    """Let a project's settings read from this machine, without pauses."""
    path = project / "config.yaml"
    text = path.read_text("utf-8")
    text = text.replace("pause_s: 1.0", "pause_s: 0.0")
    text = text.replace("private_addresses: false", "private_addresses: true")
    path.write_text(text + more, "utf-8")
