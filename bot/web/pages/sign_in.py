"""Sign in and out."""

from datetime import timedelta
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.web import sessions, sign_ins
from bot.web.answers import told
from bot.web.gate import set_cookie
from bot.web.passwords import matches
from bot.web.site import Site
from bot.web.templating import page, path_to
from bot.web.users import kept_password
from bot.web.visit import Here, Served, visit_of

router = APIRouter()


@router.get("/signin", name="signin")
def form(request: Request, then: str = "/") -> Response:
    """The sign-in form; who is in already goes on."""
    if visit_of(request).user:
        return RedirectResponse(_address(request, then), 303)
    return page(request, "sign_in.html", then=then, name="", wrong=False)


@router.post("/signin")
def sign_in(
    request: Request,
    site: Served,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    then: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Look at a name and a password: a new session, or the form again."""
    address = request.client.host if request.client else ""
    with site.store.write() as connection:
        tried = sign_ins.begin_try(connection, name, address, site.now())
        kept = kept_password(connection, name)
    if isinstance(tried, timedelta):
        return _wait(request, tried)
    if not matches(password, kept):
        return page(request, "sign_in.html", 401, then=then, name=name, wrong=True)
    return _begin(request, site, name, tried, _address(request, then))


@router.post("/signout", name="signout")
def sign_out(request: Request, site: Served, visit: Here) -> Response:
    """End the session, here and in the library."""
    with site.store.write() as connection:
        sessions.end(connection, visit.token)
    answer = RedirectResponse(path_to(request, "signin"), 303)
    set_cookie(answer.headers, request, site, "")
    return answer


def _begin(request: Request, site: Site, name: str, tried: int, where: str) -> Response:
    with site.store.write() as connection:
        sign_ins.forget_try(connection, tried)
        sessions.end(connection, visit_of(request).token)
        token = sessions.begin(connection, name, site.now(), site.session_length)
    answer = RedirectResponse(where, 303)
    set_cookie(answer.headers, request, site, token)
    return answer


def _wait(request: Request, wait: timedelta) -> Response:
    minutes = ceil(wait / timedelta(minutes=1))
    words = f"too many tries to sign in; wait {minutes} minute{'s' if minutes > 1 else ''}"
    return told(request, 429, words, {"Retry-After": str(ceil(wait.total_seconds()))})


def _address(request: Request, then: str) -> str:
    """Where to go on: a path of this page, never another site's address."""
    own = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return path_to(request, "inbox").removesuffix("/") + (then if own else "/")
