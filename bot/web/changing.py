"""Changes people make on the page: carried out, answered with what comes next, or told as stale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import Stale
from bot.library import Library
from bot.model import Quote
from bot.web.curation import Mode, changed_words, done_words, last_of, scope_of, stage_of
from bot.web.site import Site
from bot.web.templating import page, path_to, wants_piece
from bot.web.visit import Visit

Back = Literal["inbox", "quote"]
SWAP = "outerHTML settle:0ms"  # at once: the next key may come in the next moment


@dataclass(frozen=True, slots=True)
class Sent:
    """What each form of a quote carries: which, as of which revision, and where to go on.

    ``scope`` is the talk of the list (empty: all), ``then`` the quote that comes next.
    """

    quote: str
    revision: int | None = None
    scope: str = ""
    then: str = ""
    back: Back = "inbox"


def _sent(
    quote: str,
    revision: Annotated[int | None, Form()] = None,
    scope: Annotated[str, Form(max_length=200)] = "",
    then: Annotated[str, Form(max_length=20)] = "",
    back: Annotated[Back, Form()] = "inbox",
) -> Sent:
    return Sent(quote, revision, scope, then, back)


FormOf = Annotated[Sent, Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Mine:
    """What a person wanted to do, to be told and sent once more: the route and its fields."""

    route: str
    words: str
    fields: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def carried_out(
    request: Request,
    site: Site,
    visit: Visit,
    sent: Sent,
    mine: Mine,
    do: Callable[[Library], object],
) -> Response:
    """Make a change, then show what comes next; both versions where the page was stale."""
    try:
        do(site.library)
    except Stale:
        return _both(request, site, visit, sent, mine)
    return shown_next(request, site, visit, sent, done="taken back" if mine.route == "undo" else "")


def shown_next(
    request: Request,
    site: Site,
    visit: Visit,
    sent: Sent,
    mode: Mode = "",
    *,
    done: str | None = None,
) -> Response:
    """The quote that comes next, in the page that is there or as a new one.

    ``done`` is what was done to the quote sent: in words, or empty for its last change.
    """
    focus = sent.then or sent.quote
    here = {"talk": sent.scope, "quote": focus, "mode": mode}
    here |= {"done": sent.quote} if done == "" else {}
    if sent.back == "quote":
        address = path_to(request, "quote", quote=sent.quote)
    else:
        address = inbox_address(request, **here)
    if not wants_piece(request):
        return RedirectResponse(address, 303)
    library = site.library
    scope = scope_of(library, sent.scope, visit)
    answer = page(
        request,
        "stage_answer.html",
        stage=stage_of(site, focus, visit, mode),
        scope=scope,
        done=None if done is None else done_of(library, sent.quote, done),
    )
    answer.headers["HX-Replace-Url"] = inbox_address(request, talk=sent.scope, quote=focus)
    return answer


def inbox_address(request: Request, **fields: str) -> str:
    """The inbox with a list and a quote in focus."""
    asked = urlencode({name: text for name, text in fields.items() if text})
    return path_to(request, "inbox") + (f"?{asked}" if asked else "")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a quote just now, and whether it can be taken back."""

    quote: Quote
    words: str
    holds: bool


def done_of(library: Library, quote: str, words: str = "") -> Done | None:
    """What was done last to a quote, as the strip above the stage tells it; None if nothing."""
    found = library.quote(quote)
    if words:
        return Done(found, words, holds=False)
    last = last_of(library.history(found.id))
    return Done(found, done_words(last.action), holds=True) if last else None


def _both(request: Request, site: Site, visit: Visit, sent: Sent, mine: Mine) -> Response:
    """409: the quote as it is now with who changed it, beside what this person wanted."""
    library = site.library
    quote, history = library.quote(sent.quote), library.history(sent.quote)
    latest = history[-1] if history else None
    answer = page(
        request,
        "stale_piece.html" if wants_piece(request) else "stale.html",
        409,
        quote=quote,
        sent=sent,
        mine=mine,
        scope=scope_of(library, sent.scope, visit),
        latest=latest,
        latest_words=done_words(latest.action) if latest else "",
        changes=changed_words(latest) if latest else [],
    )
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#stage", SWAP
    return answer
