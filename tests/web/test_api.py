"""Whatever is sent to any route, the answer is one of ours: no 5xx, and always with its headers."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Project
from bot.settings import Config
from bot.store import Store, open_store
from bot.web.app import create_app
from bot.web.shield import HEADERS
from bot.web.site import Site
from bot.web.tokens import form_token, new_token
from tests.web.conftest import NOW

COOKIE = new_token()


def site_of(store: Store) -> Site:
    return Site(store, Project(Config()), lambda: NOW, login="ada")


def routes() -> list[tuple[str, str]]:
    """Every path and method there is."""
    with open_store("sqlite://") as store:
        paths = create_app(site_of(store)).openapi()["paths"]
    return [(path, method) for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def stores() -> Iterator[dict[str, Store]]:
    """One library of each kind, which all routes share."""
    with ExitStack() as closing:
        yield (opened := {})
        for store in opened.values():
            closing.enter_context(store)


@pytest.fixture
def site(backend, stores, request, tmp_path_factory) -> Site:
    if backend not in stores:
        if backend == "sqlite":  # a file: uploads are read in a thread beside, memory has none
            place = str(tmp_path_factory.mktemp("api") / "library.db")
        else:
            place = str(request.getfixturevalue("server").create())
        stores[backend] = open_store(place)
    return site_of(stores[backend])


@pytest.fixture
def sent(site) -> dict[str, str]:
    """The headers of somebody who is in."""
    return {
        "Host": "127.0.0.1:8000",
        "Cookie": f"{site.cookie}={COOKIE}",
        "X-CSRF-Token": form_token(COOKIE),
    }


@pytest.mark.parametrize(("path", "method"), routes())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_route_fails(asked, sent, path, method, data):
    answer = data.draw(asked[path][method].as_strategy()).call(headers=sent)
    assert answer.status_code < 500, answer.text
    assert answer.headers["x-frame-options"] == [HEADERS["X-Frame-Options"]]
    assert "Traceback" not in (answer.text or "")


@pytest.fixture
def asked(site, sent) -> schemathesis.BaseSchema:
    """What the page says may be asked of it."""
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(site), headers=sent)
