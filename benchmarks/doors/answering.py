"""A server on loopback that answers with the bytes it is told, whatever they are."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress

_MOST = 4_000_000  # bytes of a question


class Answering:
    """What is answered to whom: by a piece of the question's first line, once the ``first`` bytes.

    A connection is one question, and ends with its answer.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._answers: Mapping[str, bytes] = {}
        self._first: bytes | None = None
        self._at = ""
        self.asked: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def say(self, answers: Mapping[str, bytes], *, first: bytes, at: str = "") -> None:
        """From now on: ``first`` to the first question whose first line has ``at``, then these."""
        self._answers, self._first, self._at, self.asked = answers, first, at, []

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._answered, args=(connection,), daemon=True).start()

    def _answered(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(3)
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        line = _question(connection)
        self.asked.append(line)
        if self._first is not None and self._at in line:
            answer, self._first = self._first, None
        else:
            answer = next((said for at, said in self._answers.items() if at in line), _NOTHING)
        connection.sendall(answer)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):  # what is unread when it is closed would reset it
            pass


_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _question(connection: socket.socket) -> str:
    """The first line of a question, all of which is read."""
    raw = b""
    while b"\r\n\r\n" not in raw and len(raw) < _MOST:
        if not (piece := connection.recv(65_536)):
            break
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    length = next(
        (int(line.partition(b":")[2]) for line in head.split(b"\r\n")
         if line.lower().startswith(b"content-length:")), 0,
    )  # fmt: skip
    while len(body) < min(length, _MOST):
        if not (piece := connection.recv(65_536)):
            break
        body += piece
    return head.partition(b"\r\n")[0].decode("latin-1")


def answering() -> Answering:
    """Such a server, that runs until the process ends."""
    return Answering()
