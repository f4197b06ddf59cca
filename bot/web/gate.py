"""The gate: who comes by which cookie, and nobody else gets any further than the sign-in page.

Everything below it is for people who are in, except what ``OPEN`` names.
"""

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import LibraryError
from bot.web import sessions
from bot.web.answers import told
from bot.web.shield import route_path
from bot.web.site import Site
from bot.web.templating import path_to, wants_piece
from bot.web.tokens import new_token
from bot.web.users import User, has_users
from bot.web.visit import CHANGES_NOTHING, Visit

OPEN = (
    "/static/",
    "/fonts/",
    "/signin",
    "/speaker/",
    "/healthz",
)  # paths for which nobody signs in
_NO_COOKIE = ("/static/", "/fonts/", "/healthz")


class Gate:
    """Finds out who visits; strangers are sent to sign in, changes from other pages refused."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on with ``state.visit``, or answer instead."""
        if scope["type"] != "http" or route_path(scope).startswith(_NO_COOKIE):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given = request.cookies.get(cookie_name(request, self._site), "")
        visit = await run_in_threadpool(visit_by, self._site, given)
        scope.setdefault("state", {})["visit"] = visit
        refused = self._refused(request, visit)
        if visit.token != given:
            send = _giving(request, self._site, visit.token, send)
        await (refused or self._app)(scope, receive, send)

    def _refused(self, request: Request, visit: Visit) -> Response | None:
        if request.method not in CHANGES_NOTHING and not is_from_own_page(request):
            return told(request, 403, "another page sent this")
        if visit.user or route_path(request.scope).startswith(OPEN):
            return None
        if wants_piece(request) or request.method not in CHANGES_NOTHING:
            return told(request, 401)
        back = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        where = urlencode({"then": route_path({**request.scope, "path": back})})
        return RedirectResponse(f"{path_to(request, 'signin')}?{where}", 303)


def visit_by(site: Site, token: str) -> Visit:
    """Whose cookie that is; without users the person at this machine needs none."""
    now, length = site.now(), site.session_length
    with site.store.read() as connection:
        user = sessions.user_of(connection, token, now) if token else None
        aged = user is not None and sessions.wants_longer(connection, token, now, length)
        alone = user is None and site.private and not has_users(connection)
    if aged:
        _prolong(site, token)
    if alone:
        user = User(site.login, "publisher", now)
    known = token if _is_token(token) else new_token()
    return Visit(known, user, signed_in=user is not None and not alone)


def _prolong(site: Site, token: str) -> None:
    """A library that cannot be written now can still be read; the session then ends earlier."""
    try:
        with site.store.write() as connection:
            sessions.prolong(connection, token, site.now(), site.session_length)
    except LibraryError:
        return


def _is_token(token: str) -> bool:
    return len(token) == len(new_token()) and token.isascii()


def is_from_own_page(request: Request) -> bool:
    """Whether a browser sends this from a page of this very host and port; others do not say."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site not in ("same-origin", "none"):
        return False
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")


def cookie_name(request: Request, site: Site) -> str:
    """Over TLS the name says so, and browsers keep to it."""
    return f"__Secure-{site.cookie}" if request.url.scheme == "https" else site.cookie


def set_cookie(headers: MutableHeaders, request: Request, site: Site, token: str) -> None:
    """Give the visitor their cookie, for as long as a session may last unused."""
    answer = Response()
    answer.set_cookie(
        cookie_name(request, site),
        token,
        max_age=int(site.session_length.total_seconds()),
        path=site.root_path or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    headers.append("set-cookie", answer.headers["set-cookie"])


def _giving(request: Request, site: Site, token: str, send: Send) -> Send:
    """Adds the cookie of a new visitor, unless the answer gives one of its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "set-cookie" not in headers:
                set_cookie(headers, request, site, token)
        await send(message)

    return sending
