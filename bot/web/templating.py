"""Templates: everything in them is text unless it says otherwise, addresses come from routes."""

from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.routing import NoMatchFound

from bot import __version__
from bot.clock import clock
from bot.errors import LibraryError
from bot.library.decide import is_inferred
from bot.publishing.health import for_people
from bot.publishing.reasons import local
from bot.web.plain import capital, day, moment, plain, when
from bot.web.visit import site_of, visit_of

STATIC = Path(__file__).with_name("static")
NAVIGATION = (
    ("inbox", "Inbox"),
    ("library", "Library"),
    ("posts", "Posts"),
    ("talks", "Talks"),
    ("people", "People"),
)

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {"capital": capital, "clock": clock, "day": day, "moment": moment}
_templates.filters |= {"plain": plain, "when": when, "local": local}
_templates.tests["a_guess"] = is_inferred


def page(request: Request, template: str, /, status: int = 200, **context: Any) -> HTMLResponse:
    """A template filled in: a whole page, or the piece of one that htmx asked for.

    Beside the context, it knows ``visit``, ``path`` (address of a route), ``asset`` (of a file in
    ``static/``), ``here`` (the route's name), ``navigation`` and ``attention()``, how much of
    publishing waits for a person.
    """
    route = request.scope.get("route")
    known = {
        "visit": visit_of(request),
        "path": _Paths(request),
        "asset": _Paths(request).asset,
        "here": getattr(route, "name", ""),
        "navigation": [(name, words) for name, words in NAVIGATION if _has(request, name)],
        "attention": partial(_waiting, request),
        "version": __version__,
    }
    body = _templates.get_template(template).render(known | context)
    return HTMLResponse(body, status, {"Cache-Control": "no-store"})


def wants_piece(request: Request) -> bool:
    """Whether htmx asks, which shows the answer inside the page that is there."""
    return request.headers.get("hx-request") == "true"


def path_to(request: Request, route: str, **parts: Any) -> str:
    """The address of a route on this host, below the root path a proxy puts it."""
    root = str(request.app.state.site.root_path)
    return root + str(request.app.url_path_for(route, **parts))


class _Paths:
    def __init__(self, request: Request) -> None:
        self._request = request

    def __call__(self, route: str, **parts: Any) -> str:
        return path_to(self._request, route, **parts)

    def asset(self, name: str) -> str:
        return f"{self('static', path=name)}?v={_version_of(name)}"


def _waiting(request: Request) -> int:
    try:
        with site_of(request).store.read() as connection:
            return for_people(connection)
    except LibraryError:  # what could not be read is told by the page itself
        return 0


def _has(request: Request, route: str) -> bool:
    try:
        request.app.url_path_for(route)
    except NoMatchFound:
        return False
    return True


@cache
def _version_of(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]
