"""The whole talk as text, with what was picked marked; words selected in it become a quote."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.model import Quote
from bot.web.own_line import Picked, own_line, picked
from bot.web.spoken import paragraphs, spoken
from bot.web.templating import page, path_to, wants_piece
from bot.web.visit import Here, Served

router = APIRouter()


@router.get("/talks/{talk}/transcript", name="transcript")
def transcript(request: Request, site: Served, _: Here, talk: str) -> Response:
    """The newest text of a talk."""
    known = site.library.talk(talk)
    if known.id != talk:
        return RedirectResponse(path_to(request, "transcript", talk=known.id), 303)
    said = spoken(site, known)
    found = paragraphs(known, said, site.library.quotes(talk=known.id))
    return page(request, "transcript.html", talk=known, paragraphs=found)


@router.post("/talks/{talk}/lines", name="add_line")
def add_line(
    request: Request,
    site: Served,
    visit: Here,
    talk: str,
    line: Annotated[Picked, Depends(picked)],
) -> Response:
    """Make a quote of words of the talk: exactly as it says them, or not at all."""
    known = site.library.talk(talk)
    quote = own_line(site, known, line, visit.who)
    found = paragraphs(known, spoken(site, known), site.library.quotes(talk=known.id))
    touched = [one for one in found if any(_is(each.quote, quote) for each in one.passages)]
    if not wants_piece(request):
        address = path_to(request, "transcript", talk=known.id)
        return RedirectResponse(f"{address}#p-{touched[0].number if touched else 0}", 303)
    return page(request, "line_added.html", talk=known, paragraphs=touched, quote=quote)


def _is(one: Quote | None, other: Quote) -> bool:
    return one is not None and one.id == other.id
