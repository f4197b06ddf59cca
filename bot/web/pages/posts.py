"""What goes out when: a calendar and a list; a publisher moves posts and takes them out."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AwareDatetime

from bot.publishing import queue
from bot.publishing.accounts import all_accounts
from bot.publishing.health import unused
from bot.publishing.reasons import local
from bot.web import agenda
from bot.web.agenda import Shown, network_title, zone_of
from bot.web.looking import Look, Looking, near
from bot.web.moving import move, post_of
from bot.web.notices import notices
from bot.web.site import Site
from bot.web.templating import page, path_to, wants_piece
from bot.web.told import STATES
from bot.web.visit import Here, Publishing, Served

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Clock = Annotated[str, Form(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done just now, in words, and how it is taken back: by moving to ``was``, or not."""

    words: str
    post: Shown
    undo: Literal["", "move", "restore"] = ""
    was: datetime | None = None


@router.get("/posts", name="posts")
def posts(
    request: Request,
    site: Served,
    _: Here,
    look: Look,
    done: Annotated[str, Query(max_length=400)] = "",
    number: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    was: AwareDatetime | None = None,
) -> Response:
    """The calendar, or the list of what is planned."""
    told = _done(site, number, done, was) if number else None
    return _agenda(request, site, look, told)


@router.post("/posts/{number}/move", name="posts_move")
def move_post(
    request: Request,
    site: Served,
    visit: Publishing,
    look: Look,
    number: Number,
    day: Annotated[date, Form()],
    clock: Annotated[Clock, Form(alias="time")],
    was: Annotated[AwareDatetime, Form()],
) -> Response:
    """Give a planned post another day and time of its account's clocks."""
    moment = move(site, number, near(day), time.fromisoformat(clock), was, visit.who)
    words = f"moved to {local(moment.at)}. {moment.told}".strip()
    if not look.shows(moment.at.date()):
        look = replace(look, of=moment.at.date())
    return _answered(request, site, look, number, words, was)


@router.post("/posts/{number}/cancel", name="posts_cancel")
def cancel_post(
    request: Request, site: Served, visit: Publishing, look: Look, number: Number
) -> Response:
    """Take a planned post out of the plan."""
    with site.store.write() as connection:
        queue.cancel(connection, [number], f"{visit.who} took it out of the plan")
    return _answered(request, site, look, number, "taken out of the plan.")


@router.post("/posts/{number}/restore", name="posts_restore")
def restore_post(
    request: Request, site: Served, _: Publishing, look: Look, number: Number
) -> Response:
    """Put a cancelled post back where it was."""
    with site.store.write() as connection:
        queue.restore(connection, number, site.now())
    return _answered(request, site, look, number, "back in the plan.")


def _answered(
    request: Request,
    site: Site,
    look: Looking,
    number: int,
    words: str,
    was: datetime | None = None,
) -> Response:
    """The page one came from, with what was done."""
    if look.back == "post":
        return RedirectResponse(path_to(request, "posts_one", number=number), 303)
    where = look.address(request, "posts")
    if wants_piece(request):
        answer = _agenda(request, site, look, _done(site, number, words, was))
        answer.headers["HX-Replace-Url"] = where
        return answer
    more = {"done": words, "number": number, "was": was.isoformat() if was else ""}
    return RedirectResponse(look.address(request, "posts", **more), 303)


def _done(site: Site, number: int, words: str, was: datetime | None) -> Done:
    with site.store.read() as connection:
        found = post_of(connection, site, number)
    if found.post.state == "cancelled":
        return Done(words, found, "restore")
    movable = found.post.state == "planned" and was is not None and was > site.now()
    return Done(words, found, "move" if movable else "", was and was.astimezone(found.zone))


def _agenda(request: Request, site: Site, look: Looking, done: Done | None = None) -> Response:
    """The page, or the part of it that changes."""
    now, project = site.now(), site.project
    with site.store.read() as connection:
        shown: dict[str, Any] = {
            "accounts": all_accounts(connection),
            "supplies": agenda.supplies(connection, project, now),
            "unused": unused(connection),
            "notices": notices(connection, site),
            "calendar": None,
            "days": [],
        }
        if look.view == "list":
            shown["days"] = agenda.upcoming(connection, project, look.name)
        else:
            shown["calendar"] = agenda.calendar(
                connection, project, look.view, look.of, now, look.name
            )
    return page(
        request,
        "agenda.html" if wants_piece(request) else "posts.html",
        look=look,
        today=now.astimezone(zone_of(project)).date(),
        done=done,
        states=STATES,
        title=network_title,
        **shown,
    )
