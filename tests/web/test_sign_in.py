"""Signing in and out: right, wrong, unknown, too often, expired; what each role may."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.store.schema import sessions, sign_ins
from bot.web.app import create_app
from bot.web.passwords import _nobodys, matches, protected
from bot.web.sign_ins import BY_ADDRESS, BY_NAME, WITHIN
from bot.web.users import remove_user, set_password
from tests.web.conftest import KEPT, PASSWORD, Browser, browser


@pytest.fixture
def pia(people):
    visitor = browser(people)
    assert visitor.sign_in("Pia").status_code == 303
    return visitor


def test_a_stranger_is_led_to_sign_in_and_back(people):
    stranger = browser(people)
    sent = stranger.get("/talks?page=2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/signin?then=%2Ftalks%3Fpage%3D2")
    back = stranger.submit("/signin", name="Pia", password=PASSWORD, then="/talks?page=2")
    assert back.headers["location"] == "/talks?page=2"
    assert stranger.get("/people").status_code == 200


@pytest.mark.parametrize(
    "then", ["//evil.example", "https://evil.example", "/\\evil", "/a\r\nb", ""]
)
def test_it_leads_nowhere_else(people, then):
    answer = browser(people).submit("/signin", name="Pia", password=PASSWORD, then=then)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("name", ["pia", " PIA ", "Ｐｉａ"])
def test_a_name_is_the_same_however_it_is_typed(people, name):
    assert browser(people).sign_in(name).status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("Pia", "not her word"), ("nobody", PASSWORD), ("nobody", "of nobody")]
)
def test_what_is_wrong_is_not_told(people, name, password):
    stranger = browser(people)
    answer = stranger.sign_in(name, password)
    assert answer.status_code == 401
    assert "Name and password do not go together" in answer.text
    assert password not in answer.text
    assert stranger.get("/people").status_code == 303


def test_an_unknown_name_takes_the_same_work():
    both = protected(PASSWORD), _nobodys()
    ours, nobodys = (re.match(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$", one)[0] for one in both)
    assert ours == nobodys
    assert not matches("of nobody", None)


def test_the_cookie_is_new_hidden_and_kept_as_a_hash(people):
    stranger = browser(people)
    stranger.get("/signin")
    before = stranger.cookies[people.cookie]
    set_cookie = stranger.sign_in("Pia").headers["set-cookie"]
    token = stranger.cookies[people.cookie]
    assert token != before
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(set_cookie.split("; "))
    assert "Secure" not in set_cookie
    with people.store.read() as connection:
        kept = connection.execute(select(sessions)).one()
    assert token not in str(tuple(kept))


def test_over_tls_the_cookie_is_secure(people):
    stranger = browser(people, base_url="https://127.0.0.1:8000")
    header = stranger.sign_in("Pia").headers["set-cookie"]
    assert header.startswith("__Secure-")
    assert "Secure" in header.split("; ")


def test_signed_out_is_out_for_good(pia, people):
    token = pia.cookies[people.cookie]
    assert pia.submit("/signout").status_code == 303
    pia.cookies.clear()
    pia.cookies.set(people.cookie, token)
    assert pia.get("/people").status_code == 303


def test_a_session_lasts_while_it_is_used(pia, clock):
    for _ in range(4):
        clock.wait(days=13)
        assert pia.get("/people").status_code == 200
    clock.wait(days=14, seconds=1)
    assert pia.get("/people").status_code == 303


def test_no_session_lasts_for_ever(pia, clock):
    answers = []
    for _ in range(10):
        clock.wait(days=13)
        answers.append(pia.get("/people").status_code)
    assert (answers[0], answers[-1]) == (200, 303)


@pytest.mark.parametrize(
    "ended", [lambda c: remove_user(c, "Pia"), lambda c: set_password(c, "Pia", KEPT)]
)
def test_who_is_removed_or_has_a_new_password_is_out(pia, people, ended):
    with people.store.write() as connection:
        ended(connection)
    assert pia.get("/people").status_code == 303


def test_too_many_tries_for_a_name(people, clock):
    stranger = browser(people)
    for _ in range(BY_NAME):
        assert stranger.sign_in("Pia", "not her word").status_code == 401
    refused = browser(people).sign_in("pia")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert browser(people).sign_in("Ed").status_code == 303
    clock.wait(seconds=WITHIN.total_seconds() + 1)
    assert browser(people).sign_in("Pia").status_code == 303


def test_too_many_tries_from_an_address(people):
    stranger = browser(people)
    for number in range(BY_ADDRESS):
        assert stranger.sign_in(f"name {number}", "wrong").status_code == 401
    assert stranger.sign_in("Pia").status_code == 429
    assert browser(people, client=("198.51.100.7", 1)).sign_in("Pia").status_code == 303


def test_many_tries_at_once_are_counted_like_many_in_turn(people):
    app = create_app(people)

    def wrong(_: int) -> int:
        visitor = Browser(app, base_url="http://127.0.0.1:8000")
        return visitor.sign_in("Pia", "not her word").status_code

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(wrong, range(BY_NAME + 4)))
    assert answers == [401] * BY_NAME + [429] * 4


def test_tries_that_succeed_are_forgotten_and_names_are_not_kept(people):
    assert browser(people).sign_in("Pia").status_code == 303
    browser(people).sign_in("my own password", "x")
    with people.store.read() as connection:
        rows = connection.execute(select(sign_ins)).all()
    assert len(rows) == 1
    assert "my own password" not in str(rows)


def test_a_network_is_one_customer():
    from bot.web.sign_ins import _network

    assert _network("2001:db8::1") == _network("2001:db8::ffff") != _network("2001:db8:0:1::1")
    assert _network("::ffff:192.0.2.1") == "192.0.2.1"
    assert _network("testclient") == "testclient"


@pytest.mark.parametrize(
    ("name", "status", "after"), [("Ed", 403, "candidate"), ("Pia", 303, "approved")]
)
def test_only_publishers_approve(people, harvested, name, status, after):
    quote = harvested.library.quotes(limit=1)[0]
    visitor = browser(people)
    visitor.sign_in(name)
    path = f"/quotes/{quote.id}/decision"
    answer = visitor.submit(path, action="approve", confirmed="true")
    assert answer.status_code == status
    assert harvested.library.quote(quote.id).status == after
    assert {one.who for one in harvested.library.history(quote.id)} <= {name}


def test_an_editor_sees_no_button_for_it(people, harvested):
    visitor = browser(people)
    visitor.sign_in("Ed")
    page = visitor.get("/").text
    assert 'class="stage"' in page
    assert "Approve" not in page


def test_without_users_the_person_at_this_machine_decides(harvested):
    quote = harvested.library.quotes(limit=1)[0]
    answer = browser(harvested).submit(
        f"/quotes/{quote.id}/decision", action="approve", confirmed="true"
    )
    assert answer.status_code == 303
    assert [one.who for one in harvested.library.history(quote.id)] == ["ada"]


def test_the_first_user_closes_the_door(visitor, people):
    assert visitor.get("/people").status_code == 303


def test_a_session_over_is_told_inside_the_page(people):
    answer = browser(people).get("/people", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "<html" not in answer.text
    assert "Sign in" in answer.text


@pytest.mark.about_the_file
def test_a_session_that_cannot_be_prolonged_still_reads(pia, people, place, clock):
    from dataclasses import replace

    from bot.store import open_store

    clock.wait(days=2)
    with open_store(f"sqlite:///file:{place}?mode=ro&uri=true") as frozen:
        reader = browser(replace(people, store=frozen))
        reader.cookies.set(replace(people, store=frozen).cookie, pia.cookies[people.cookie])
        assert reader.get("/people").status_code == 200
