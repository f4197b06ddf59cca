"""What every answer carries and every request must be: headers, a known name, a bounded size.

The outer layers of the app, each plain ASGI: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.answers import of_error, told
from bot.web.site import Site

USUAL_BODY = 1_000_000  # bytes of a form; words, never files

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer browsers send forms without their origin, which is what tells them apart.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Below:
    """Tells the layers inside below which path of its host a proxy puts the page."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app, self._root_path = app, root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on with its root path, which its own path begins with."""
        below = {**scope, "root_path": self._root_path}
        if scope["type"] != "http" or f"{scope['path']}/".startswith(f"{self._root_path}/"):
            await self._app(below, receive, send)
            return
        words = f"the page is below {self._root_path}; a proxy passes the whole path on"
        await told(Request(below), 404, words)(below, receive, send)


class Headers:
    """Adds the security headers to every answer, also to those of the other layers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and add to what comes back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Catch:
    """Turns whatever is raised below into a page; what broke after its beginning is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and answer for it if it fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun:
                raise
            await of_error(Request(scope), error)(scope, receive, send)


class KnownName:
    """Refuses requests to a name that is not ours, and those of a proxy where none should be."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on if it is meant for this page."""
        if scope["type"] != "http" or not (refused := self._refused(Request(scope))):
            await self._app(scope, receive, send)
            return
        await told(Request(scope), 421, refused)(scope, receive, send)

    def _refused(self, request: Request) -> str:
        name = name_in(request.headers.get("host", ""))
        if not self._site.answers_to(name):
            return f"the page is not called '{name}'; `web.hosts` in config.yaml lists its names"
        brought = {"forwarded", "x-forwarded-for", "via"} & set(request.headers)
        if self._site.private and brought:
            return "a proxy brought this; start with --behind-proxy to allow that"
        return ""


class Bounded:
    """Stops reading a body at its limit, whether or not its length was told before."""

    def __init__(self, app: ASGIApp, uploads: dict[str, int]) -> None:
        self._app, self._uploads = app, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and count what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, come = Request(scope), 0
        most = self._most(request)
        too_large = HTTPException(413, f"that is more than {most / 1e6:g} MB, the most taken here")
        told_length = request.headers.get("content-length", "0")
        if not told_length.isdigit() or int(told_length) > most:
            await told(request, 413, too_large.detail)(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise too_large
            return message

        await self._app(scope, counted, send)

    def _most(self, request: Request) -> int:
        return self._uploads.get(route_path(request.scope), USUAL_BODY)


def route_path(scope: Scope) -> str:
    """The path without what a proxy puts before it."""
    return str(scope["path"]).removeprefix(str(scope.get("root_path", "")))


def name_in(host: str) -> str:
    """The name in a Host header, in small letters, without port; empty if it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
