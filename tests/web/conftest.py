"""The page over a library in a folder: open to this machine, or with people who sign in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from bot import pipeline
from bot.config import Project
from bot.library import Library
from bot.model import Details
from bot.settings import Config
from bot.store import open_store
from bot.web.app import create_app
from bot.web.site import Site
from bot.web.users import User, add_user
from tests.conftest import NewPlace
from tests.web.chromium import address, chromium, complaints, meant, tab, visit

__all__ = ["address", "chromium", "complaints", "meant", "tab", "visit"]

PASSWORD = "lantern orbit velvet mole"
KEPT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)  # cheap to check
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
_ROUTES: dict[str, list[BaseRoute]] = {}


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


class Browser(TestClient):
    """A visitor: keeps cookies, follows no redirect unasked, sends forms as a page would."""

    def token(self) -> str:
        """What a form of this visit carries: one of the smallest page."""
        text = self.get("/welcome", follow_redirects=True).text
        return re.search(r'name="csrf" value="(\w+)"|X-CSRF-Token": "(\w+)"', text)[0].split('"')[
            -2
        ]

    def submit(self, path: str, **fields: str):
        """A form, with its token."""
        return self.post(path, data={"csrf": self.token(), **fields})

    def sign_in(self, name: str, password: str = PASSWORD):
        return self.submit("/signin", name=name, password=password)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A real browser stays with SQLite: it takes long, and the pages behind it run on both."""
    if "chromium" in metafunc.fixturenames:
        metafunc.definition.add_marker("about_the_file")


@pytest.fixture
def place(backend: str, new_place: NewPlace, tmp_path: Path) -> str:
    """The address of an empty library; of SQLite the path of its file."""
    return str(tmp_path / "library.db") if backend == "sqlite" else new_place()


@pytest.fixture
def site(place: str, clock: Clock) -> Iterator[Site]:
    with open_store(place) as store:
        yield Site(store, Project(Config()), clock, login="ada")


@pytest.fixture(scope="session")
def found(sample: Path) -> pipeline.Harvest:
    """What the sample talk gives."""
    reading = pipeline.read_talk(sample, pipeline.Cast(("Marit Oyelaran",)), 64)
    with open_store("sqlite://") as store:
        return pipeline.harvest(reading, Details(), Library(store), pipeline.Terms(40), NOW)


@pytest.fixture
def harvested(site: Site, found: pipeline.Harvest) -> Site:
    """The same, with the sample talk in its library."""
    said = Details(title=found.kept.talk.title, speakers=found.kept.talk.speakers)
    site.library.keep(said, found.reading.transcript, found.ranked.candidates, NOW)
    return site


@pytest.fixture
def people(site: Site) -> Site:
    """The same, with an editor and a publisher."""
    with site.store.write() as connection:
        add_user(connection, User("Ed", "editor", NOW), KEPT)
        add_user(connection, User("Pia", "publisher", NOW), KEPT)
    return site


def browser(site: Site, **more) -> Browser:
    """A visitor of the page; its routes, a tenth of a second's work, are built once for all."""
    options = {"base_url": "http://127.0.0.1:8000", "follow_redirects": False, **more}
    app = create_app(site)
    app.router.routes = _ROUTES.setdefault("all", app.router.routes)
    return Browser(app, **options)


@pytest.fixture
def visitor(site: Site) -> Browser:
    return browser(site)
