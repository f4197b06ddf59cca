"""Every answer carries its headers; strange names, strange pages, large bodies are refused."""

from dataclasses import replace

import httpx
import pytest
from msgspec import structs

from bot.config import Project
from bot.errors import UsageError
from bot.settings import Config, WebSettings
from bot.web.app import create_app
from bot.web.serving import Way
from bot.web.shield import HEADERS, USUAL_BODY, name_in
from bot.web.site import Site
from tests.web.chromium import served
from tests.web.conftest import browser


def reached(site: Site, host: str = "127.0.0.1", *, proxy: bool = False, **settings) -> Site:
    config = structs.replace(Config(), web=WebSettings(**settings))
    return replace(site, project=Project(config), host=host, behind_proxy=proxy)


ANSWERS = [
    ("GET", "/", 303),
    ("GET", "/welcome", 200),
    ("GET", "/nothing", 404),
    ("DELETE", "/welcome", 405),
    ("GET", "/static/pullquote.css", 200),
    ("GET", "/static/../app.py", 404),
    ("GET", "/static/%2e%2e/app.py", 404),
    ("GET", "/fonts/Inter-Medium.ttf", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/docs", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_the_headers(visitor, method, path, status):
    answer = visitor.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"]


def test_every_page_that_may_be_got_is_asked_nobody_else(people):
    stranger = browser(people)
    for path, methods in create_app(people).openapi()["paths"].items():
        if path not in ("/signin", "/healthz"):
            for method in methods:
                answer = stranger.request(method, path.replace("{", "").replace("}", ""))
                refused = (403, 404) if path.startswith("/speaker/") else (303, 401)
                assert answer.status_code in refused, path
                assert answer.headers.get("location", "/signin?").startswith("/signin?")


NAMES = [
    ("127.0.0.1:8000", {}, 200),
    ("localhost:8000", {}, 200),
    ("[::1]:8000", {}, 200),
    ("LOCALHOST", {}, 200),
    ("evil.example", {}, 421),
    ("127.0.0.1.evil.example", {}, 421),
    ("localhost@evil.example", {}, 421),
    ("192.168.1.5:8000", {}, 421),
    ("", {}, 421),
    ("[", {}, 421),
]


@pytest.mark.parametrize(("name", "settings", "status"), NAMES)
def test_names_it_answers_to(site, name, settings, status):
    answer = browser(reached(site, **settings)).get("/welcome", headers={"Host": name})
    assert answer.status_code == status
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("name", "status"),
    [("quotes.example.org", 303), ("192.168.1.5", 303), ("evil.example", 421)],
)
def test_names_from_outside(site, name, status):
    known = reached(site, "0.0.0.0", hosts=["Quotes.example.org"])
    assert browser(known).get("/", headers={"Host": name}).status_code == status


def test_a_proxy_nobody_spoke_of_is_refused(visitor):
    assert visitor.get("/welcome", headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 421


SENDERS = [
    ({}, 303),
    ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 303),
    ({"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://127.0.0.1:3000"}, 403),
    ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://["}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), SENDERS)
def test_changes_come_from_its_own_pages(visitor, headers, status):
    token = visitor.token()
    answer = visitor.post("/sample", data={"csrf": token}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("token", ["", "0" * 64, "ü" * 20])
def test_a_change_without_its_token_is_refused(visitor, site, token):
    visitor.get("/welcome")
    for refused in (
        visitor.post("/sample", data={"csrf": token}),
        visitor.post("/sample", files={"csrf": ("file", b"x")}),
        visitor.post("/sample", headers={"X-CSRF-Token": token.encode("latin-1", "replace")}),
    ):
        assert refused.status_code == 403
    assert not site.library.talks()


def test_the_token_of_another_visit_is_refused(visitor, site):
    assert visitor.post("/sample", data={"csrf": browser(site).token()}).status_code == 403


@pytest.mark.parametrize("path", ["/library?q=a%00b", "/quotes/a%00b", "/people/of?name=%00"])
def test_a_text_that_no_library_holds_is_refused(visitor, path):
    assert visitor.get(path).status_code == 422
    assert visitor.submit("/people/of", name="Ada", seen="", role="a\0b").status_code == 422


def test_the_token_may_come_as_a_header(visitor):
    assert visitor.post("/sample", headers={"X-CSRF-Token": visitor.token()}).status_code == 303


def dripping(size: int):
    """A body whose length is not told."""
    for _ in range(0, size, 50_000):
        yield b"a" * 50_000


@pytest.mark.parametrize("path", ["/signin", "/sample"])
def test_too_large_is_told_while_it_comes(visitor, path):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    chunked = visitor.post(path, content=dripping(2 * USUAL_BODY), headers=form)
    counted = visitor.post(path, content=b"a" * (USUAL_BODY + 1), headers=form)
    assert (chunked.status_code, counted.status_code) == (413, 413)
    assert "1 MB" in counted.text


@pytest.mark.parametrize(("megabytes", "status"), [(2, 405), (3, 413)])
def test_uploads_may_be_larger(site, megabytes, status):
    visitor = browser(reached(site, max_upload_mb=2))
    answer = visitor.put("/talks", content=b"a" * (megabytes * 1_000_000))
    assert answer.status_code == status


BEHIND = [(True, "__Secure-pullquote_"), (False, "pullquote_")]


@pytest.mark.parametrize(("believed", "cookie"), BEHIND)
def test_what_a_proxy_says_is_believed_when_asked_for(site, believed, cookie):
    known = reached(site, hosts=["quotes.example.org"], proxy=True)
    said = {
        "Host": "quotes.example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "198.51.100.9",
    }
    with served(known, Way("127.0.0.1", 0, behind_proxy=believed)) as url:
        answer = httpx.get(f"{url}/signin", headers=said)
    assert answer.status_code == 200
    assert answer.headers["set-cookie"].startswith(cookie)


STARTS = [
    ("127.0.0.1", {}, True),
    ("::1", {}, True),
    ("0.0.0.0", {}, False),
    ("192.168.1.5", {}, False),
    ("127.0.0.1", {"proxy": True}, False),
    ("127.0.0.1", {"hosts": ["quotes.example.org"]}, False),
]


@pytest.mark.parametrize(("host", "more", "may"), STARTS)
def test_without_users_it_starts_for_this_machine_alone(site, host, more, may):
    site = reached(site, host, **more)
    if may:
        site.check_may_start()
        return
    with pytest.raises(UsageError, match=r"no users.*pullquote web adduser"):
        site.check_may_start()


def test_users_removed_later_open_nothing(site):
    answer = browser(reached(site, "0.0.0.0")).get("/")
    assert answer.headers["location"].startswith("/signin")


@pytest.mark.parametrize(
    ("host", "name"), [("a:80", "a"), ("[::1]:80", "::1"), ("A.b.", "a.b"), ("a b", "a b")]
)
def test_the_name_in_a_host_header(host, name):
    assert name_in(host) == name
