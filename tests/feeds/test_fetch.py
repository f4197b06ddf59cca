"""Downloads within limits, and only from where they may come."""

import gzip
import socket
import time

import pytest

from bot.errors import NetworkError
from bot.feeds.fetch import Limits, fetch
from tests.serving import Answer, serving

INSIDE = Limits(timeout_s=5, max_bytes=100_000, private=True)


def test_the_bytes_come_with_their_marks():
    with serving() as web:
        url = web.put("/a", "words", headers={"ETag": '"1"', "Last-Modified": "today"})
        found = fetch(url, INSIDE)
    assert (found.raw, found.etag, found.modified) == (b"words", '"1"', "today")


def test_what_did_not_change_is_not_sent_again():
    with serving() as web:
        web.pages["/a"] = lambda headers: Answer(status=304 if "If-None-Match" in headers else 200)
        assert fetch(web.url + "/a", INSIDE, {"If-None-Match": '"1"'}).raw is None
        assert fetch(web.url + "/a", INSIDE).raw == b""


def test_a_few_redirects_are_followed_and_no_more():
    with serving() as web:
        for at in range(7):
            web.put(f"/{at}", "", status=302, headers={"Location": f"/{at + 1}"})
        web.put("/7", "there")
        assert fetch(web.url + "/2", INSIDE).raw == b"there"
        with pytest.raises(NetworkError, match="leads on more than 5 times"):
            fetch(web.url + "/0", INSIDE)


def test_too_many_bytes_are_refused_as_they_come():
    with serving() as web:
        url = web.put("/a", b"x" * 200_000)
        packed = gzip.compress(b"\0" * 5_000_000)
        bomb = web.put("/b", packed, headers={"Content-Encoding": "gzip"})
        for address in (url, bomb):
            with pytest.raises(NetworkError, match="over the limit"):
                fetch(address, INSIDE)


def test_a_server_that_dawdles_is_left():
    with serving() as web:
        url = web.put("/a", b"x" * 1000, drip_s=0.05)
        begun = time.monotonic()
        with pytest.raises(NetworkError, match=r"took more than 0\.3 seconds"):
            fetch(url, Limits(timeout_s=0.3, private=True))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(("status", "remedy"), [(404, "in a browser"), (503, "later")])
def test_a_refusal_is_told_with_what_to_do(status, remedy):
    with serving() as web:
        url = web.put("/a", "", status=status)
        with pytest.raises(NetworkError, match=f"answers {status} .*{remedy}"):
            fetch(url, INSIDE)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "10.1.2.3", "192.168.0.1", "169.254.1.1"),
        *("[::ffff:127.0.0.1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[fd00::1]", "224.0.0.1"),
        *("2130706433", "0x7f000001", "127.1", "100.64.0.1", "[2002:7f00:1::]"),
    ],
)
def test_addresses_inside_are_refused_before_anything_is_sent(host, monkeypatch):
    def nowhere(*_):
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", nowhere)
    with pytest.raises(NetworkError, match=r"address of this machine|is not known"):
        fetch(f"http://{host}:9/a", Limits())


def looked_up(monkeypatch, names):
    """Answer the names of a test with numbers of its own."""
    real = socket.getaddrinfo

    def answer(host, port, *rest, **more):
        return real(names.get(host, host), port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_a_redirect_to_the_inside_is_refused(monkeypatch):
    with serving() as web:
        port = web.url.rpartition(":")[2]
        web.put("/a", "", status=302, headers={"Location": f"http://inside.example:{port}/b"})
        secret = web.put("/b", "secret")
        looked_up(monkeypatch, {"outside.example": "127.0.0.1", "inside.example": "10.0.0.1"})
        monkeypatch.setattr("bot.feeds.fetch._is_public", lambda number: number == "127.0.0.1")
        with pytest.raises(NetworkError, match=r"inside\.example is an address of this machine"):
            fetch(f"http://outside.example:{port}/a", Limits())
        assert web.asked == ["/a"], secret


def test_the_connection_goes_to_the_number_that_was_judged(monkeypatch):
    """A name that leads elsewhere when asked again leads nowhere: it is asked once."""
    asked = []
    real = socket.getaddrinfo

    def answer(host, *rest, **more):
        asked.append(host)
        return real("127.0.0.1" if host == "show.example" else host, *rest, **more)

    with serving() as web:
        url = web.put("/a", "words").replace("127.0.0.1", "show.example")
        seen = {}
        web.pages["/a"] = lambda headers: seen.update(headers) or Answer(b"words")
        monkeypatch.setattr(socket, "getaddrinfo", answer)
        assert fetch(url, INSIDE).raw == b"words"
    assert asked.count("show.example") == 1
    assert seen["Host"].startswith("show.example:")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "http://[::1", "gopher://x", ""])
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(NetworkError, match="is no http or https address"):
        fetch(url, INSIDE)


def test_nobody_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NetworkError, match="cannot be fetched"):
        fetch(f"http://127.0.0.1:{port}/a", INSIDE)
