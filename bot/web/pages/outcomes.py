"""What became of posts: the history, and those in doubt, of which a publisher says what is so."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import InputError
from bot.post import UNCONFIRMED, Receipt, State
from bot.publishing import queue
from bot.publishing.accounts import all_accounts
from bot.talks.cells import address
from bot.web.agenda import network_title, shown
from bot.web.looking import Look
from bot.web.notices import notices
from bot.web.pages.posts import Number
from bot.web.templating import page, path_to
from bot.web.told import STATES, pieces
from bot.web.visit import First, Here, Publishing, Served

router = APIRouter()
_SHOWN = 50
_OVER: tuple[State, ...] = ("sent", "failed", "unconfirmed", "deleted", "skipped", "cancelled")
Over = Literal["", "sent", "failed", "unconfirmed", "deleted", "skipped", "cancelled"]
_USUAL: tuple[State, ...] = ("sent", "failed", "unconfirmed", "deleted")


@router.get("/posts/history", name="posts_history")
def history(
    request: Request,
    site: Served,
    _: Here,
    look: Look,
    state: Over = "",
    first: First = 0,
) -> Response:
    """What went out where and what did not, the latest first."""
    states = (state,) if state else _USUAL
    with site.store.read() as connection:
        found = queue.latest(connection, states, look.name, _SHOWN + 1, first)
        posts = shown(connection, site.project, found[:_SHOWN])
        return page(
            request,
            "posts_history.html",
            posts=posts,
            more=len(found) > _SHOWN,
            first=first,
            per_page=_SHOWN,
            state=state,
            over=_OVER,
            accounts=all_accounts(connection),
            notices=notices(connection, site),
            look=look,
            states=STATES,
            title=network_title,
        )


@router.get("/posts/unconfirmed", name="posts_unconfirmed")
def unconfirmed(
    request: Request, site: Served, _: Here, look: Look, done: Literal["", "there", "again"] = ""
) -> Response:
    """Posts that may be there or not: with what a person needs to find out."""
    with site.store.read() as connection:
        found = queue.listing(connection, states=UNCONFIRMED)
        posts = shown(connection, site.project, found)
        return page(
            request,
            "posts_unconfirmed.html",
            posts=[(one, list(pieces(one.post.words))) for one in posts],
            notices=notices(connection, site),
            done=done,
            look=look,
            states=STATES,
        )


@router.post("/posts/{number}/there", name="posts_there")
def there(
    request: Request,
    site: Served,
    _: Publishing,
    number: Number,
    at: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Note that an unconfirmed post is there, with its address where it is known."""
    now = site.now()
    try:
        url = address(at.strip() or None, "address")
    except ValueError as error:
        raise InputError(str(error), place=f"post {number}") from error
    with site.store.write() as connection:
        tried = queue.one(connection, number).first_at
        receipt = Receipt(remote_id="", url=url, at=tried or now)
        queue.it_is_there(connection, number, receipt, now)
    return _back(request, "there")


@router.post("/posts/{number}/again", name="posts_again")
def again(
    request: Request,
    site: Served,
    _: Publishing,
    number: Number,
    looked: Annotated[bool, Form()] = False,
) -> Response:
    """Send an unconfirmed post again, once somebody looked and it is not there."""
    if not looked:
        raise HTTPException(422, "look at the account first, and say that the post is not there")
    with site.store.write() as connection:
        queue.it_is_not(connection, number, site.now())
    return _back(request, "again")


def _back(request: Request, done: str) -> Response:
    return RedirectResponse(f"{path_to(request, 'posts_unconfirmed')}?done={done}", 303)
