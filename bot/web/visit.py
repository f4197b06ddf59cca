"""Who is here and what they may: a page asks for ``Here``, one that approves for ``Publishing``."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from bot.library import Library
from bot.web.site import Site
from bot.web.tokens import form_token, same
from bot.web.users import User

CHANGES_NOTHING = ("GET", "HEAD", "OPTIONS")
HEADER, FIELD = "x-csrf-token", "csrf"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's visitor: by the cookie ``token``, as ``user`` (None: not signed in).

    ``signed_in`` is false for the person at this machine while there are no users.
    """

    token: str
    user: User | None = None
    signed_in: bool = False

    @property
    def who(self) -> str:
        """The name that decisions carry."""
        return self.user.name if self.user else ""

    @property
    def may_publish(self) -> bool:
        """Whether they may approve, reject, retract and make links."""
        return self.user is not None and self.user.role == "publisher"

    @property
    def form_token(self) -> str:
        """What each form of theirs carries."""
        return form_token(self.token)


def site_of(request: Request) -> Site:
    """The site that is served."""
    site: Site = request.app.state.site
    return site


def visit_of(request: Request) -> Visit:
    """Who the gate found; a stranger where it refused before it looked."""
    return request.scope.get("state", {}).get("visit") or Visit("")


def here(request: Request) -> Visit:
    """The visitor, who is somebody; 401 otherwise, though the gate lets no other pass."""
    visit = visit_of(request)
    if visit.user is None:
        raise HTTPException(401)
    return visit


def publishing(request: Request) -> Visit:
    """The visitor, who may publish; 403 otherwise."""
    visit = here(request)
    if not visit.may_publish:
        raise HTTPException(403, "only publishers may do that; an editor can propose")
    return visit


async def check_form(request: Request) -> AsyncIterator[None]:
    """Refuse a change that comes from no page of this visit: by header, or a field of its form."""
    if request.method in CHANGES_NOTHING:
        yield
        return
    form = FormData() if HEADER in request.headers else await request.form()
    try:
        _check(request.headers.get(HEADER) or form.get(FIELD), visit_of(request))
        yield
    finally:
        await form.close()  # its files


def _check(given: object, visit: Visit) -> None:
    if not (isinstance(given, str) and same(given, visit.form_token)):
        raise HTTPException(403, "this page is too old: load it again, then repeat what you did")


def _library(request: Request) -> Library:
    return site_of(request).library


Here = Annotated[Visit, Depends(here)]
Publishing = Annotated[Visit, Depends(publishing)]
Served = Annotated[Site, Depends(site_of)]
Shelf = Annotated[Library, Depends(_library)]
