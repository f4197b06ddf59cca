"""The words of a quote: checked while they are typed, saved, and a misheard word mended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import InputError
from bot.library import Library
from bot.library.where import Judged, Near
from bot.model import Quote
from bot.web.changing import SWAP, FormOf, Mine, Sent, carried_out, inbox_address
from bot.web.curation import scope_of, stage_of
from bot.web.site import Site
from bot.web.templating import page, wants_piece
from bot.web.visit import Here, Served, Visit

router = APIRouter()
Typed = Annotated[str, Form(max_length=6000)]
Word = Annotated[str, Form(max_length=200)]
_HEARD = "the talk says “"  # how a reason begins that tells which words stand there


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was typed; ``unsaid`` when the talk does not say it."""

    text: str
    unsaid: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Typed words that the talk does not say, and why they cannot be shown."""

    words: str
    reason: str

    @property
    def heard(self) -> str:
        """What the talk says there, if it is that."""
        return self.reason.removeprefix(_HEARD).partition("”")[0] if self._tells else ""

    @property
    def _tells(self) -> bool:
        return self.reason.startswith(_HEARD)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was typed, as it is shown while it is typed."""

    pieces: Sequence[Piece]
    spots: Sequence[Spot] = ()
    nearest: Near | None = None
    says: str = ""


def verdict(quote: Quote, typed: str, found: Judged) -> Verdict:
    """What the library finds of typed words, in pieces for eyes. Pure."""
    if found.places:
        same = found.places[0].shown == quote.shown
        void = quote.status == "approved" and not same
        says = "These words are shown now." if same else "The talk says this."
        says += " Saving them takes the approval back." if void else ""
        return Verdict((Piece(typed, unsaid=False),), says=says)
    pieces, spots, at = [], [], 0
    for one in sorted(found.spots, key=lambda spot: spot.start):
        start = max(at, one.start)
        pieces += [
            Piece(typed[at:start], unsaid=False),
            Piece(typed[start : one.stop], unsaid=True),
        ]
        spots.append(Spot(typed[one.start : one.stop], one.reason))
        at = max(at, one.stop)
    pieces.append(Piece(typed[at:], unsaid=False))
    return Verdict([one for one in pieces if one.text], spots, found.nearest)


def judged(site: Site, quote: Quote, typed: str) -> Verdict:
    """The verdict on words; those too few or too many have their reason too."""
    try:
        general = site.project.config.glossary
        found = site.library.check(quote.talk, typed, quote=quote.id, glossary=general)
    except InputError as error:
        return Verdict((Piece(typed, unsaid=True),), (Spot("", error.reason),))
    return verdict(quote, typed, found)


@router.post("/quotes/{quote}/check", name="check")
def check(request: Request, site: Served, _: Here, sent: FormOf, words: Typed = "") -> Response:
    """Whether the talk says what is being typed; changes nothing."""
    quote = site.library.quote(sent.quote)
    found = judged(site, quote, words)
    return page(request, "checked.html", quote=quote, check=found, listed=sent.scope)


@router.post("/quotes/{quote}/words", name="edit")
def edit(request: Request, site: Served, visit: Here, sent: FormOf, words: Typed = "") -> Response:
    """Show a quote in other words, if the talk says them."""

    def do(library: Library) -> object:
        general, revision = site.project.config.glossary, sent.revision
        return library.edit(
            sent.quote, words, visit.who, site.now(), glossary=general, revision=revision
        )

    mine = Mine("edit", "Show these words", {"words": words}, words)
    try:
        return carried_out(request, site, visit, sent, mine, do)
    except InputError:
        return _still(request, site, visit, sent, words, 422)


@router.get("/quotes/{quote}/misheard", name="misheard")
def misheard(
    request: Request,
    site: Served,
    _: Here,
    quote: str,
    heard: Annotated[str, Query(max_length=200)] = "",
    meant: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """How many quotes a correction would change."""
    talk = site.library.quote(quote).talk
    count = len(would_mend(site.library, talk, heard)) if heard.strip() and meant.strip() else None
    return page(request, "misheard.html", count=count)


@router.post("/quotes/{quote}/misheard", name="mend")
def mend(
    request: Request,
    site: Served,
    visit: Here,
    sent: FormOf,
    heard: Word,
    meant: Word,
    words: Typed = "",
) -> Response:
    """Correct a word in all quotes of the talk, and go on editing."""
    library, general = site.library, site.project.config.glossary
    talk = library.quote(sent.quote).talk
    library.mend(talk, heard, meant, visit.who, site.now(), glossary=general)
    return _still(request, site, visit, sent, words or library.quote(sent.quote).shown, 200)


def would_mend(library: Library, talk: str, heard: str) -> list[Quote]:
    """The quotes of a talk that show a word as it was heard."""
    word = re.compile(rf"(?<!\w){re.escape(' '.join(heard.split()))}(?!\w)")
    standing = (one for one in library.quotes(talk=talk) if one.status != "retracted")
    return [one for one in standing if word.search(one.shown)]


def _still(
    request: Request, site: Site, visit: Visit, sent: Sent, typed: str, status: int
) -> Response:
    """The form again, with what was typed in it."""
    if not wants_piece(request) and status == 200:
        here = {"talk": sent.scope, "quote": sent.quote, "mode": "edit"}
        return RedirectResponse(inbox_address(request, **here), 303)
    scope = scope_of(site.library, sent.scope, visit)
    stage = stage_of(site, sent.quote, visit, "edit")
    found = judged(site, stage.quote, typed)
    name = "stage.html" if wants_piece(request) else "edit_page.html"
    answer = page(request, name, status, stage=stage, scope=scope, typed=typed, check=found)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#stage", SWAP
    return answer
