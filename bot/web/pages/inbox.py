"""The inbox: candidates, best first, to approve or reject."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.model import Status
from bot.web.templating import page, path_to, wants_piece
from bot.web.visit import Here, Publishing, Served, Shelf

router = APIRouter()
_SHOWN = 20
_WAITING: tuple[Status, ...] = ("candidate",)


@router.get("/", name="inbox")
def inbox(request: Request, library: Shelf, _: Here) -> Response:
    """The best candidates; a library without talks has its first page instead."""
    talks = {talk.id: talk for talk in library.talks()}
    if not talks:
        return RedirectResponse(path_to(request, "welcome"), 303)
    waiting = library.quotes(statuses=_WAITING, limit=_SHOWN)
    return page(request, "inbox.html", quotes=waiting, talks=talks)


@router.post("/quotes/{quote}/decision", name="decide")
def decide(
    request: Request,
    site: Served,
    visit: Publishing,
    quote: str,
    action: Annotated[Literal["approve", "reject"], Form()],
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """Approve or reject a quote; ``confirmed``: that is who speaks."""
    library = site.library
    done = library.decide([quote], action, visit.who, site.now(), confirmed=confirmed)
    if not wants_piece(request):
        return RedirectResponse(path_to(request, "inbox"), 303)
    now = (*done.changed, *done.unchanged)[0]
    return page(request, "quote_card.html", quote=now, talk=library.talk(now.talk))
