"""A speaker's own page: by an address that nobody guesses they see what of them was picked.

It shows one talk and one speaker, without account, and nothing else of the library. A link that
is over, was ended or never was answers alike.
"""

from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from bot.errors import InputError
from bot.library.around import beside
from bot.library.people import name_id
from bot.model import Quote
from bot.web.kept import kept
from bot.web.links import SpeakerLink, link_of
from bot.web.own_line import Picked, own_line, picked
from bot.web.pace import Pace
from bot.web.site import Site
from bot.web.spoken import paragraphs, spoken
from bot.web.studio import studio_of
from bot.web.templating import page, path_to
from bot.web.visit import Served, site_of

router = APIRouter()
_GONE = "this link opens nothing; ask whoever sent it for another"
_HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive"}
_MISSES, _VISITS = (30, timedelta(minutes=15)), (240, timedelta(minutes=1))  # of one address
_ORDER = ("candidate", "approved", "rejected")


class Gone(HTTPException):
    """What every link that opens nothing answers."""

    def __init__(self) -> None:
        super().__init__(404, _GONE, _HEADERS)


def opened(request: Request, token: str) -> SpeakerLink:
    """The link of an address while it holds; 404 for any other, 429 for too many."""
    site = site_of(request)
    address = request.client.host if request.client else ""
    now = site.now()
    misses = kept(request, "misses", lambda: Pace(*_MISSES))
    visits = kept(request, "visits", lambda: Pace(*_VISITS))
    if visits.too_fast(address, now) or misses.too_fast(address, now, counts=False):
        raise HTTPException(429, "wait a while, then try again", {"Retry-After": "60"})
    with site.store.read() as connection:
        link = link_of(connection, token)
    if link is None or not link.holds(now):
        misses.too_fast(address, now)
        raise Gone
    return link


Opened = Annotated[SpeakerLink, Depends(opened)]


@router.get("/speaker/{token}", name="speaker")
def speaker(request: Request, site: Served, link: Opened, token: str) -> Response:
    """The speaker's quotes of the talk, and all they said in it."""
    return _page(request, site, link, token)


@router.post("/speaker/{token}/quotes/{quote}", name="speaker_decides")
def decide(
    request: Request,
    site: Served,
    link: Opened,
    token: str,
    quote: str,
    answer: Annotated[Literal["yes", "no", "undo"], Form()],
    sure: Annotated[bool, Form()] = False,
) -> Response:
    """Their yes, their no (of what was approved: for good), or their last answer taken back."""
    theirs = _own(site, link, quote)
    who = _name(link)
    if answer == "yes":
        if theirs.status == "rejected" and _last_answer(site, theirs.id) != who:
            raise InputError("others left it out", remedy="ask who sent you the link")
        site.library.decide([theirs.id], "approve", who, site.now(), confirmed=True, audience=True)
    elif answer == "undo":
        _undo(site, theirs.id, who)
    elif theirs.status == "approved" and not sure:
        raise InputError("that is for good", remedy="say so in the box beside it")
    else:
        site.library.veto(theirs.id, who, site.now())
    return RedirectResponse(path_to(request, "speaker", token=token) + f"#quote-{quote}", 303)


@router.post("/speaker/{token}/lines", name="speaker_picks")
def pick(
    request: Request,
    site: Served,
    link: Opened,
    token: str,
    line: Annotated[Picked, Depends(picked)],
) -> Response:
    """A line of their own choice: words of theirs, in this talk."""
    talk = site.library.talk(link.talk)
    try:
        quote = own_line(site, talk, line, _name(link), link.speaker)
    except InputError as error:
        return _page(request, site, link, token, 422, refused=str(error), words=line.words)
    return RedirectResponse(path_to(request, "speaker", token=token) + f"#quote-{quote.id}", 303)


@router.get("/speaker/{token}/cards/{quote}", name="speaker_card")
def card(
    request: Request, site: Served, link: Opened, quote: str, at: int = 1, save: bool = False
) -> Response:
    """A picture of the card of one of their quotes, to look at or to keep."""
    theirs = _own(site, link, quote)
    studio, talk = studio_of(request), site.library.talk(link.talk)
    images = studio.drawn(site.library, theirs, talk, studio.usual)
    if not 1 <= at <= len(images):
        raise HTTPException(404, "this card has no such picture")
    found = images[at - 1].path
    named = {"Content-Disposition": f'attachment; filename="{found.name}"'} if save else {}
    headers = {**_HEADERS, **named, "Cache-Control": "private, max-age=300"}
    return FileResponse(found, headers=headers)


def _page(
    request: Request, site: Site, link: SpeakerLink, token: str, status: int = 200, **more: Any
) -> Response:
    """Their quotes, each with what was said around it, and all they said."""
    studio, talk = studio_of(request), site.library.talk(link.talk)
    said = spoken(site, talk)
    quotes = sorted(_quotes(site, link), key=lambda one: (_ORDER.index(one.status), one.start_ms))
    mine = [one for one in paragraphs(talk, said, quotes) if _is(link, one.speaker)]
    shown = [
        {
            "quote": one,
            "around": beside(said.turns, one),
            "alt": studio.alt(site.library, one, talk),
        }
        for one in quotes
    ]
    last = {one.id: _last_answer(site, one.id) for one in quotes}
    usual = {"refused": "", "words": "", "size": studio.size}
    names = {"token": token, "link": link, "talk": talk, "shown": shown, "last": last}
    answer = page(
        request, "speaker.html", status, **names, paragraphs=mine, mine=_name(link), **usual | more
    )
    answer.headers.update(_HEADERS)
    return answer


def _quotes(site: Site, link: SpeakerLink) -> list[Quote]:
    """Their quotes in the talk that were not taken down."""
    found = site.library.quotes(talk=link.talk)
    return [one for one in found if _is(link, one.speaker) and one.status in _ORDER]


def _own(site: Site, link: SpeakerLink, quote: str) -> Quote:
    """One of their quotes; every other is as if it were not there."""
    found = next((one for one in _quotes(site, link) if one.id == quote), None)
    if found is None:
        raise HTTPException(404, "there is no such quote of yours in this talk")
    return found


def _is(link: SpeakerLink, name: str | None) -> bool:
    return name_id(name or "") == name_id(link.speaker)


def _name(link: SpeakerLink) -> str:
    """Who decisions by the link are by."""
    return f"{link.speaker} by link"


def _undo(site: Site, quote: str, who: str) -> None:
    """Take back their own last answer; somebody else's decision stays."""
    if _last_answer(site, quote) != who:
        raise InputError("your answer is not the last", remedy="ask whoever sent you the link")
    site.library.undo(quote, who, site.now())


def _last_answer(site: Site, quote: str) -> str:
    """Who made the last change of a quote that holds."""
    holding = [one.who for one in site.library.history(quote) if not one.undone]
    return holding[-1] if holding else ""
