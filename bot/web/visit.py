"""Who is here and what they may: a page asks for ``Here``, one that approves for ``Publishing``."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request
from starlette.datastructures import FormData, QueryParams

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
    """Refuse a change that comes from no page of this visit: by header, or a field of its form.

    Of all requests those are refused whose texts no library can hold.
    """
    _check_texts(request.scope["path"], *_values(request.query_params))
    if request.method in CHANGES_NOTHING:
        yield
        return
    form = await request.form()
    try:
        _check(request.headers.get(HEADER) or form.get(FIELD), visit_of(request))
        _check_texts(*_values(form))
        yield
    finally:
        await form.close()  # its files


def _check(given: object, visit: Visit) -> None:
    if not (isinstance(given, str) and same(given, visit.form_token)):
        raise HTTPException(403, "this page is too old: load it again, then repeat what you did")


def _check_texts(*sent: object) -> None:
    """PostgreSQL keeps no NUL, nor halves of letters."""
    for text in sent:
        if isinstance(text, str) and ("\0" in text or not _is_whole(text)):
            raise HTTPException(422, "there is a letter in it that no text has")


def _values(sent: QueryParams | FormData) -> list[object]:
    return [value for _, value in sent.multi_items()]


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _library(request: Request) -> Library:
    return site_of(request).library


Here = Annotated[Visit, Depends(here)]
Publishing = Annotated[Visit, Depends(publishing)]
Served = Annotated[Site, Depends(site_of)]
Shelf = Annotated[Library, Depends(_library)]
First = Annotated[int, Query(ge=0, le=10_000_000)]  # from which on a list is shown, from 0
