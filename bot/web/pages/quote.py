"""One quote: its words as said and as shown, its facts, its cards in every style, its history."""

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from bot.cards import Drawn
from bot.edits import marked
from bot.errors import ConfigError, InputError
from bot.model import Quote, Talk
from bot.publishing import queue
from bot.web.agenda import shown
from bot.web.curation import changed_words, done_words, stage_of
from bot.web.plain import when
from bot.web.studio import USUAL, Style, studio_of
from bot.web.templating import page, wants_piece
from bot.web.told import STATES, pieces
from bot.web.unplanned import unplanned
from bot.web.visit import Here, Served, Shelf

router = APIRouter()
Width = Literal["320", "640", "1080"]  # pixels of a thumbnail; any other would fill the disk
Name = Annotated[str, Query(max_length=100)]
_A_MINUTE = {"Cache-Control": "private, max-age=60"}  # a theme may be changed meanwhile


@router.get("/quotes/{quote}", name="quote")
def quote_page(
    request: Request,
    site: Served,
    visit: Here,
    quote: str,
    template: Name = USUAL,
    theme: Name = USUAL,
) -> Response:
    """The page of a quote, with its card in one style large."""
    studio = studio_of(request)
    chosen = studio.style(template, theme)
    stage = stage_of(site, quote, visit)
    with site.store.read() as connection:
        listed = queue.listing(connection, quote=stage.quote.id)
        posts = shown(connection, site.project, listed)
    return page(
        request,
        "quote.html",
        stage=stage,
        pieces=marked(stage.quote.said, stage.quote.edits),
        chosen=chosen,
        templates=studio.templates,
        themes=studio.themes,
        posts=posts,
        states=STATES,
        history=[
            (one, done_words(one.action), changed_words(one)) for one in reversed(stage.history)
        ],
    )


@router.get("/quotes/{quote}/tiles/{template}/{theme}", name="tile")
def tile(
    request: Request, library: Shelf, _: Here, quote: str, template: str, theme: str
) -> Response:
    """A card small, or why this style cannot show the quote."""
    return _piece(request, library.quote(quote), library, template, theme, "tile.html")


@router.get("/quotes/{quote}/preview/{template}/{theme}", name="preview")
def preview(
    request: Request, library: Shelf, _: Here, quote: str, template: str, theme: str
) -> Response:
    """A card large, its alt text and its downloads."""
    return _piece(request, library.quote(quote), library, template, theme, "preview.html")


@router.get("/quotes/{quote}/cards/{template}/{theme}/{number}", name="card")
def card(
    request: Request,
    library: Shelf,
    _: Here,
    quote: str,
    template: str,
    theme: str,
    number: int,
    width: Width | None = None,
    download: bool = False,
) -> Response:
    """An image of a card, from 1: as it is posted, or as a thumbnail."""
    found = library.quote(quote)
    studio = studio_of(request)
    style = studio.style(template, theme)
    images = studio.drawn(library, found, library.talk(found.talk), style)
    if not 1 <= number <= len(images):
        raise HTTPException(404, f"this card has {len(images)} images")
    image = images[number - 1]
    if width:
        return FileResponse(studio.thumbnail(image, int(width)), headers=_A_MINUTE)
    name = _file_name(image, style) if download else None
    return FileResponse(image.path, filename=name, headers=_A_MINUTE)


@router.get("/quotes/{quote}/posts", name="quote_posts")
def quote_posts(request: Request, site: Served, _: Here, quote: str) -> Response:
    """What posts of a quote would say where none is planned yet."""
    found = site.library.quote(quote)
    with site.store.read() as connection:
        would = unplanned(connection, site.project, found)
    template = "unplanned.html" if wants_piece(request) else "unplanned_page.html"
    previews = [(one, list(pieces(one.words))) for one in would]
    return page(request, template, quote=found, previews=previews)


@router.get("/quotes/{quote}/text", name="text")
def text(library: Shelf, _: Here, quote: str) -> Response:
    """The words of a quote with their source, as a file."""
    found = library.quote(quote)
    words = in_text(found, library.talk(found.talk))
    named = {"Content-Disposition": f'attachment; filename="quote-{found.id}.txt"'}
    return PlainTextResponse(words, headers=named)


def in_text(quote: Quote, talk: Talk) -> str:
    """A quote as plain text: its words, who said them and where, and the link."""
    source = ", ".join(filter(None, (quote.speaker, talk.title, when(quote))))
    return "\n".join(filter(None, (f"“{quote.shown}”", f"— {source}", quote.url))) + "\n"


def _piece(
    request: Request, quote: Quote, library: Shelf, template: str, theme: str, name: str
) -> Response:
    studio = studio_of(request)
    style = studio.style(template, theme)
    images: list[Drawn] = []
    reason = ""
    try:
        images = studio.drawn(library, quote, library.talk(quote.talk), style)
    except (InputError, ConfigError) as error:
        reason = error.reason
    return page(request, name, quote=quote, style=style, images=images, reason=reason)


def _file_name(image: Drawn, style: Style) -> str:
    return f"{image.path.stem}-{style.template}-{style.theme}{image.path.suffix}"
