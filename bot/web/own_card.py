"""The card of a quote as the settings have it, for a speaker to look at and keep."""

from fastapi import Request

from bot.cards import Drawn, Extras, Look
from bot.cards.alt import write
from bot.model import Quote, Talk
from bot.outfit import dress, look
from bot.web.kept import kept
from bot.web.site import Site
from bot.web.studio import USUAL, studio_of


def drawn(request: Request, site: Site, quote: Quote, talk: Talk) -> list[Drawn]:
    """The pictures of a quote's card; ``CardError`` says why there is none."""
    studio = studio_of(request)
    return studio.drawn(site.library, quote, talk, studio.style(USUAL, USUAL))


def size(request: Request, site: Site) -> tuple[int, int]:
    """How wide and high the cards are, in pixels."""
    template = _look(request, site).template
    return template.width, template.height


def alt_of(request: Request, site: Site, quote: Quote, talk: Talk) -> str:
    """The words for those who cannot see the card."""
    return write(quote, talk, _extras(request, site, quote)).alt


def _look(request: Request, site: Site) -> Look:
    return kept(request, "look", lambda: look(site.project, None, None))


def _extras(request: Request, site: Site, quote: Quote) -> Extras:
    person = site.library.person(quote.speaker) if quote.speaker else None
    return kept(request, "dress", lambda: dress(site.project)).of(quote, person)
