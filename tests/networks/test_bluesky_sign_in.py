"""Signing in at Bluesky: app passwords, sessions that are kept, accounts that are closed."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.networks import bluesky_calls
from bot.networks.base import Door, Network, SignedOut
from bot.networks.bluesky import KIND
from tests.networks.bluesky import (
    door,
    lossy,
    make,
    network,
    opened,
    person,
    post,
    server,
    there,
)
from tests.networks.pds import Pds, Person
from tests.networks.posts import picture
from tests.networks.proxy import Answered, Lossy

__all__ = ["lossy", "network", "person", "server"]

PUT, SIGN_IN, SESSION = "repo.putRecord", "server.createSession", "server.getSession"


def wrong(server: Pds, person: Person) -> Person:
    return replace(person, app_password="abcd-efgh-ijkl-mnop")


def revoked(server: Pds, person: Person) -> Person:
    server.revoke(person)
    return person


def suspended(server: Pds, person: Person) -> Person:
    server.judge(person, takedown=True)
    return person


def deactivated(server: Pds, person: Person) -> Person:
    server.judge(person, deactivated=True)
    return person


def empty(server: Pds, person: Person) -> Person:
    return replace(person, app_password="")


@pytest.mark.parametrize("become", [wrong, revoked, suspended, deactivated, empty])
def test_who_may_not_sign_in_is_signed_out(
    server: Pds, become: Callable[[Pds, Person], Person]
) -> None:
    person = become(server, server.person())
    with pytest.raises(SignedOut) as told:
        make(opened(server, person), post(person))
    assert told.value.remedy


@pytest.mark.parametrize("become", [suspended, deactivated])
def test_who_is_suspended_in_the_middle_is_signed_out(
    server: Pds, become: Callable[[Pds, Person], Person]
) -> None:
    person = server.person()
    network = opened(server, person)
    made = post(person, images=(picture(),))
    prepared = network.prepare(made, {})
    become(server, person)
    with pytest.raises(SignedOut):
        network.publish(made, prepared)


def test_nothing_goes_to_another_account_than_it_was_planned_for(
    server: Pds, network: Network
) -> None:
    other = server.person()
    with pytest.raises(SignedOut, match=f"the post is for {other.did}"):
        make(network, post(other))
    assert server.posts(other) == []


@contextmanager
def kept(server: Pds, person: Person, lossy: Lossy) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Secrets that are kept, and the calls made with them."""
    opened(server, person, lossy.url).whoami()
    secrets = dict(door(server, person, lossy.url).secrets)
    lossy.forget()
    calls: list[str] = []
    yield secrets, calls
    calls += [asked.path.partition("com.atproto.")[2].partition("?")[0] for asked in lossy.asked]


def test_a_session_is_kept_so_that_logins_are_few(
    server: Pds, person: Person, lossy: Lossy
) -> None:
    with kept(server, person, lossy) as (secrets, calls):
        assert KIND.open(Door(secrets, server=lossy.url)).whoami().id == person.did
    assert calls == [SESSION, SESSION]


def test_a_session_that_ran_out_is_made_anew(server: Pds, person: Person, lossy: Lossy) -> None:
    with kept(server, person, lossy) as (secrets, calls):
        mark, _, session = secrets["SESSION"].partition(" ")
        parts = session.split(":::")
        parts[2] = parts[2][:-4] + "AAAA"  # its signature
        secrets["SESSION"] = f"{mark} {':::'.join(parts)}"
        assert KIND.open(Door(secrets, server=lossy.url, keep=secrets.update)).whoami()
    assert calls == [SESSION, SIGN_IN, SESSION]
    assert secrets["SESSION"] != session


def test_a_session_near_its_end_is_refreshed_and_kept(
    server: Pds, person: Person, lossy: Lossy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atproto import Client

    with kept(server, person, lossy) as (secrets, calls):
        before = secrets["SESSION"]
        soon = Client().get_current_time() + timedelta(hours=1, minutes=50)
        monkeypatch.setattr(Client, "get_current_time", lambda self: soon)
        assert KIND.open(Door(secrets, server=lossy.url, keep=secrets.update)).whoami()
    assert "server.refreshSession" in calls and SIGN_IN not in calls
    assert secrets["SESSION"] != before


def test_an_account_that_moved_is_found_at_its_new_server(
    server: Pds, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky_calls, "PUBLIC", server.url)
    secrets = dict(person.secrets)
    KIND.open(Door(secrets, keep=secrets.update)).whoami()
    parts = secrets["SESSION"].split(":::")
    secrets["SESSION"] = ":::".join([*parts[:4], "http://127.0.0.1:9"])
    assert KIND.open(Door(secrets)).whoami().id == person.did


def test_a_session_of_another_handle_is_not_used(server: Pds, person: Person, lossy: Lossy) -> None:
    other = server.person()
    with kept(server, person, lossy) as (secrets, calls):
        changed = secrets | other.secrets
        assert KIND.open(Door(changed, server=lossy.url)).whoami().id == other.did
    assert SIGN_IN in calls


@pytest.mark.parametrize("session", ["", "nothing", "{mark} nothing", "{mark} a:::b:::c:::d:::e"])
def test_a_session_that_cannot_be_read_is_made_anew(
    server: Pds, person: Person, lossy: Lossy, session: str
) -> None:
    with kept(server, person, lossy) as (secrets, _):
        secrets["SESSION"] = session.format(mark=secrets["SESSION"].split()[0])
        assert KIND.open(Door(secrets, server=lossy.url)).whoami().id == person.did


def test_a_token_that_dies_in_the_middle_is_replaced(
    server: Pds, person: Person, lossy: Lossy, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = opened(server, person, lossy.url)
    made = post(person)
    prepared = network.prepare(made, {})
    network.whoami()
    lossy.forget()
    expired = Answered(400, (("Content-Type", "application/json"),), b'{"error": "ExpiredToken"}')
    answers, as_before = iter([expired]), lossy.answer
    monkeypatch.setattr(lossy, "answer", lambda asked: next(answers, None) or as_before(asked))
    network.publish(made, prepared)
    assert len(there(server, person, made)) == 1
    assert [PUT in asked.path for asked in lossy.asked] == [True, False, True]


class Typed:
    """Somebody who answers questions from a list."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.said = list(answers), ""

    def say(self, text: str) -> None:
        self.said += text + "\n"

    def ask(self, question: str, *, secret: bool = False) -> str:
        assert secret == ("password" in question)
        return self.answers.pop(0)


def test_signing_in_leads_to_an_app_password(server: Pds, person: Person) -> None:
    typed = Typed(f" @{person.handle}", "the-main-one", person.app_password)
    assert KIND.login
    secrets = KIND.login(typed, Door({}, server=server.url))
    assert set(KIND.secrets) < set(secrets)
    assert "App passwords" in typed.said and "looks like abcd-" in typed.said
    assert person.app_password not in typed.said
    assert KIND.open(Door(secrets, server=server.url)).whoami().id == person.did


def test_the_client_is_imported_only_when_an_account_is_opened() -> None:
    script = (
        "import sys, bot.networks; sys.exit('atproto' in sys.modules or 'httpx' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
