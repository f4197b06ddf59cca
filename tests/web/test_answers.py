"""What is wrong is told in our words, in the page's own style, and never with a stack trace."""

from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine

from bot.errors import (
    ConfigError,
    InputError,
    LibraryError,
    NeedsPerson,
    NetworkError,
    Unknown,
    UsageError,
)
from bot.store import open_store
from bot.web.app import create_app
from tests.web.conftest import PASSWORD, Browser, browser

KINDS = [
    (Unknown("there is no quote 'x'"), 404, "There is no quote"),
    (InputError("cannot be read", place="a.vtt"), 422, "A.vtt: cannot be read"),
    (UsageError("two at once"), 422, "Two at once"),
    (NeedsPerson("is this Ann?"), 409, "Is this Ann?"),
    (LibraryError("is locked", place="/srv/q.db"), 503, "Is locked"),
    (NetworkError("did not answer"), 502, "Did not answer"),
    (ConfigError("config.yaml", "is wrong"), 500, "Is wrong"),
    (RuntimeError("secret detail"), 500, "report it as"),
]


def failing(site, error: Exception) -> Browser:
    """The page with one route that raises."""
    app: FastAPI = create_app(site)

    def fail() -> None:
        raise error

    app.add_api_route("/fail", fail)
    return Browser(app, base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize("piece", [False, True], ids=["page", "piece"])
@pytest.mark.parametrize(("error", "status", "words"), KINDS, ids=lambda one: str(one)[:20])
def test_errors_are_told(site, error, status, words, piece):
    headers = {"HX-Request": "true"} if piece else {}
    answer = failing(site, error).get("/fail", headers=headers)
    assert answer.status_code == status
    assert words in answer.text
    assert ("<html" in answer.text) is not piece
    assert answer.headers["x-frame-options"] == "DENY"
    for leaked in ("Traceback", "secret detail", ".py", "/srv/"):
        assert leaked not in answer.text


def test_what_was_unforeseen_is_in_the_log_by_its_number(site, caplog):
    answer = failing(site, RuntimeError("secret detail")).get("/fail")
    number = answer.text.split("report it as ")[1][:8]
    assert f"reference {number}: GET /fail" in caplog.text
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda v: v.get("/nothing"), 404),
        (lambda v: v.get("/quotes/nosuch/decision"), 405),
        (lambda v: v.submit("/quotes/nosuch/decision", action="approve"), 404),
        (lambda v: v.submit("/quotes/nosuch/decision", action="delete"), 422),
        (lambda v: v.submit("/quotes/nosuch/decision"), 422),
        (lambda v: v.get("/%00"), 404),
        (lambda v: v.get("/quotes/" + "a" * 5000), 404),
        (lambda v: v.get("/quotes/" + "a" * 60_000), 404),
        (lambda v: v.get("/talks/" + "a" * 60_000), 404),
    ],
)
def test_refusals_look_like_the_page(visitor, send, status):
    answer = send(visitor)
    assert answer.status_code == status
    assert f'<p class="code">{status}</p>' in answer.text
    assert "/static/pullquote.css" in answer.text


@pytest.mark.about_the_file
def test_a_locked_library_is_told(harvested, place):
    engine = create_engine(f"sqlite:///{place}")
    quote = harvested.library.quotes(limit=1)[0]
    with open_store(f"sqlite:///{place}?timeout=0.05") as hurried, engine.connect() as other:
        visitor = browser(replace(harvested, store=hurried))
        token = visitor.token()
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        fields = {"csrf": token, "action": "reject"}
        answer = visitor.post(f"/quotes/{quote.id}/decision", data=fields)
        assert (answer.status_code, visitor.get("/").status_code) == (503, 503)
    assert "locked by another program" in answer.text


@pytest.mark.about_the_file
def test_a_library_that_is_read_only_is_told(harvested, place):
    quote = harvested.library.quotes(limit=1)[0]
    with open_store(f"sqlite:///file:{place}?mode=ro&uri=true") as frozen:
        visitor = browser(replace(harvested, store=frozen))
        assert visitor.get("/").status_code == 200
        answer = visitor.submit(f"/quotes/{quote.id}/decision", action="reject")
    assert (answer.status_code, "read-only" in answer.text) == (503, True)
    assert harvested.library.quote(quote.id).status == "candidate"


HOSTILE = '<script>alert("x")</script>'


def test_what_people_write_stays_text(people, site):
    from bot.web.users import User, add_user
    from tests.web.conftest import KEPT, NOW

    with site.store.write() as connection:
        add_user(connection, User(HOSTILE, "publisher", NOW), KEPT)
    visitor = browser(people)
    assert HOSTILE not in visitor.sign_in(HOSTILE, "wrong").text
    visitor.sign_in(HOSTILE)
    page = visitor.get("/people").text
    assert "&lt;script&gt;alert(" in page
    assert HOSTILE not in page


def test_below_a_root_path_every_address_is(harvested):
    visitor = browser(replace(harvested, root_path="/talks"))
    page = visitor.get("/talks/")
    assert 'href="/talks/static/pullquote.css?v=' in page.text
    assert 'href="/talks/talks"' in page.text
    assert 'action="/' not in page.text.replace('action="/talks/', "")
    assert "Path=/talks" in page.headers["set-cookie"]
    found = ("/talks/talks", "/talks/static/pullquote.css", "/talks/fonts/Inter-Medium.ttf")
    assert [visitor.get(path).status_code for path in found] == [200, 200, 200]
    for missed in ("/", "/people", "/static/pullquote.css", "/talksome"):
        assert visitor.get(missed).status_code == 404


def test_below_a_root_path_signing_in_leads_back(people):
    stranger = browser(replace(people, root_path="/talks"))
    sent = stranger.get("/talks/people?a=1")
    assert sent.headers["location"] == "/talks/signin?then=%2Fpeople%3Fa%3D1"
    page = stranger.get(sent.headers["location"]).text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    fields = {"csrf": token, "name": "Pia", "password": PASSWORD, "then": "/people?a=1"}
    answer = stranger.post("/talks/signin", data=fields)
    assert answer.headers["location"] == "/talks/people?a=1"
