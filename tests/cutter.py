"""A door before a PostgreSQL server that cuts connections where it is told to.

    with cutter(server.address.port) as door:
        door.cut(COMMIT, nth=2, heard=True)

The connection ends at the n-th message from now on that holds these bytes: before the server hears
of it, or (``heard``) once the server has answered, and that answer is lost. ``shut`` lets nobody
in, as a server that is not there.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

COMMIT = b"COMMIT\x00"  # not READ COMMITTED
_MOST = 1 << 16


@dataclass
class Door:
    """Where to connect instead (``port``), and what it did: messages that matched, cuts."""

    server: int
    listening: socket.socket
    shut: bool = False
    seen: int = 0
    cuts: int = 0
    _text: bytes = b""
    _nth: int = 0
    _heard: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 it listens on."""
        return int(self.listening.getsockname()[1])

    def cut(self, text: bytes, nth: int = 1, *, heard: bool = False) -> None:
        """Cut at the n-th message that holds this text; with ``nth=0`` only count them."""
        with self._lock:
            self._text, self._nth, self._heard, self.seen = text, nth, heard, 0

    def serve(self) -> None:
        """Let people in until it is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                if self.shut:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self.server))
                lost = threading.Event()
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(client, server, lost), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError), client, server:
            while data := client.recv(_MOST):
                is_it = self._is_it(data)
                if is_it and not self._heard:
                    break
                if is_it:
                    lost.set()
                server.sendall(data)
            _end(client, server)

    def _answer(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(_MOST):
                if lost.is_set():
                    break
                client.sendall(data)
        _end(client, server)

    def _is_it(self, data: bytes) -> bool:
        with self._lock:
            if not self._text or self._text not in data:
                return False
            self.seen += 1
            self.cuts += self.seen == self._nth
            return self.seen == self._nth


def _end(*ends: socket.socket) -> None:
    for one in ends:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutter(port: int) -> Iterator[Door]:
    """A door before the server on this port of 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        door = Door(port, listening)
        threading.Thread(target=door.serve, daemon=True).start()
        yield door
        _end(listening)
