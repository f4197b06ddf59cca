"""The inbox: the candidates of a talk or of all, best first, one in focus."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.changing import done_of, inbox_address
from bot.web.curation import Mode, scope_of, stage_of
from bot.web.templating import page, path_to, wants_piece
from bot.web.visit import Here, Served

router = APIRouter()
_OFFERED = 200  # talks to choose from, the latest that have something waiting
Name = Annotated[str, Query(max_length=200)]


@router.get("/", name="inbox")
@router.get("/inbox", name="inbox_of")
def inbox(
    request: Request,
    site: Served,
    visit: Here,
    talk: Name = "",
    quote: Name = "",
    done: Name = "",
    mode: Mode = "",
) -> Response:
    """The list and the quote in focus; a library without talks has its first page instead."""
    library = site.library
    if not library.talks(1):
        return RedirectResponse(path_to(request, "welcome"), 303)
    scope = scope_of(library, talk, visit)
    focus = quote or scope.first()
    waiting = library.waiting()
    offered = library.talks_of(
        [*list(waiting)[:_OFFERED], *([scope.name] if scope.name in waiting else [])]
    )
    return page(
        request,
        "inbox.html",
        scope=scope,
        offered=offered,
        waiting=waiting,
        stage=stage_of(site, focus, visit, mode) if focus else None,
        done=done_of(library, done) if done else None,
    )


@router.get("/quotes/{quote}/stage", name="stage")
def stage(
    request: Request, site: Served, visit: Here, quote: str, talk: Name = "", mode: Mode = ""
) -> Response:
    """One quote brought into focus in the page that is there."""
    if not wants_piece(request):
        return RedirectResponse(inbox_address(request, talk=talk, quote=quote, mode=mode), 303)
    scope = scope_of(site.library, talk, visit)
    answer = page(request, "stage.html", stage=stage_of(site, quote, visit, mode), scope=scope)
    answer.headers["HX-Replace-Url"] = inbox_address(request, talk=talk, quote=quote)
    return answer
