"""Signing in at a Mastodon instance, as a person at the keyboard does."""

import re
from dataclasses import dataclass, field

import httpx
import pytest

from benchmarks.doors.answering import answering
from bot.networks import NETWORKS, Door, NotNow, SignedOut, open_account
from tests.networks.conftest import Servers
from tests.networks.servers import Place, free_port


@pytest.fixture
def place(servers: Servers) -> Place:
    return servers("mastodon")


@dataclass
class Keyboard:
    """A person who opens the page they are shown, and types what it says."""

    said: list[str] = field(default_factory=list)
    code: str = ""

    def say(self, text: str) -> None:
        self.said.append(text)
        if "/oauth/authorize?" in text and not self.code:
            address = text.strip()
            allowed = {**httpx.URL(address).params, "username": "testuser"}
            answer = httpx.post(address.partition("?")[0], data=allowed)
            self.code = re.findall(r"code: ([^<]+)", answer.text)[0]

    def ask(self, question: str, *, secret: bool = False) -> str:
        return self.code if "code" in question else "http://127.0.0.1"


def test_signing_in_leads_to_an_account_that_posts(place: Place) -> None:
    login = NETWORKS["mastodon"].login
    assert login
    person = Keyboard()
    secrets = login(person, Door({}, place.lossy.url, timeout_s=5))
    account = open_account(NETWORKS["mastodon"], Door(secrets, secrets["SERVER"]))
    assert account.whoami().handle.startswith("testuser@")
    assert any("that is free" in step for step in person.said)


def test_a_wrong_code_says_so(place: Place) -> None:
    login = NETWORKS["mastodon"].login
    assert login
    place.lossy.next("401", method="POST", path="/oauth/token")
    with pytest.raises(SignedOut):
        login(Keyboard(code="wrong"), Door({}, place.lossy.url, timeout_s=5))


def test_an_instance_that_is_not_there_says_so() -> None:
    login = NETWORKS["mastodon"].login
    assert login
    with pytest.raises(NotNow, match="instance"):
        login(Keyboard(), Door({}, f"http://127.0.0.1:{free_port()}", timeout_s=2))


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"{}",
        b"7",
        b'{"client_id": null}',
        b'{"client_id": 77777777777, "client_secret": 1}',
    ],
)
def test_what_is_no_instance_says_so(body: bytes) -> None:
    login = NETWORKS["mastodon"].login
    assert login
    server = answering()
    server.say({}, first=b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
    with pytest.raises(NotNow, match="is no instance that lets one sign in"):
        login(Keyboard(), Door({}, server.url, timeout_s=2))
