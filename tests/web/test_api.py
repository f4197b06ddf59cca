"""Whatever is sent to any route, the answer is one of ours: no 5xx, and always with its headers."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Asked:
    """What the page says may be asked of it, and the headers of somebody who is in."""

    schema: schemathesis.BaseSchema
    sent: dict[str, str]


def asked_of(site: Site) -> Asked:
    sent = {
        "Host": "127.0.0.1:8000",
        "Cookie": f"{site.cookie}={COOKIE}",
        "X-CSRF-Token": form_token(COOKIE),
    }
    app = create_app(site)
    return Asked(schemathesis.openapi.from_asgi("/openapi.json", app, headers=sent), sent)


@pytest.fixture(scope="module")
def pages() -> Iterator[tuple[dict[str, Asked], ExitStack]]:
    """One page over a library of each kind, which all routes share; and what closes them."""
    with ExitStack() as closing:
        yield {}, closing


@pytest.fixture
def asked(backend, pages, request, tmp_path_factory) -> Asked:
    """What may be asked of the page over a library of a kind."""
    made, closing = pages
    if backend not in made:
        if backend == "sqlite":  # a file: uploads are read in a thread beside, memory has none
            place = str(tmp_path_factory.mktemp("api") / "library.db")
        else:
            place = str(request.getfixturevalue("server").create())
        made[backend] = asked_of(site_of(closing.enter_context(open_store(place))))
    return made[backend]


@pytest.mark.parametrize(("path", "method"), routes())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_route_fails(asked, path, method, data):
    answer = data.draw(asked.schema[path][method].as_strategy()).call(headers=asked.sent)
    assert answer.status_code < 500, answer.text
    assert answer.headers["x-frame-options"] == [HEADERS["X-Frame-Options"]]
    assert "Traceback" not in (answer.text or "")
