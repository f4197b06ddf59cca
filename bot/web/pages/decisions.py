"""What is decided of a quote: approve, reject, propose, tag, note, undo."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from bot.library import Library
from bot.library.changes import Author, as_tag
from bot.web.changing import FormOf, Mine, Sent, carried_out, shown_next
from bot.web.curation import PUBLISHING, last_of, questions, twin_of
from bot.web.visit import Here, Served, publishing

router = APIRouter()
_WORDS = {"approve": "Approve it", "reject": "Reject it", "propose": "Propose it"}


@router.post("/quotes/{quote}/decision", name="decide")
def decide(
    request: Request,
    site: Served,
    visit: Here,
    sent: FormOf,
    action: Annotated[Literal["approve", "reject", "propose"], Form()],
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """Approve, reject or propose a quote; ``confirmed``: its questions were answered with yes."""
    if action != "propose":
        publishing(request)
    if action == "approve" and not confirmed:
        found = site.library.quote(sent.quote)
        if questions(found, twin_of(site.library, found)):
            asked = Sent(sent.quote, sent.revision, sent.scope, back="inbox")
            return shown_next(request, site, visit, asked, "ask")
    fields = {"action": action, "then": sent.then} | ({"confirmed": "true"} if confirmed else {})

    def do(library: Library) -> object:
        ids, now = [sent.quote], site.now()
        if action == "propose":
            return library.propose(ids, visit.who, now, revision=sent.revision)
        sure = {"confirmed": confirmed, "audience": confirmed}
        return library.decide(ids, action, visit.who, now, revision=sent.revision, **sure)

    mine = Mine("decide", _WORDS[action], fields)
    return carried_out(request, site, visit, sent, mine, do)


@router.post("/quotes/{quote}/undo", name="undo")
def undo(request: Request, site: Served, visit: Here, sent: FormOf) -> Response:
    """Take back the last change of a quote, and bring it into focus."""
    last = last_of(site.library.history(sent.quote))
    if last and last.action in PUBLISHING:
        publishing(request)

    def do(library: Library) -> object:
        return library.undo(sent.quote, visit.who, site.now(), revision=sent.revision)

    back = Sent(sent.quote, sent.revision, sent.scope, back=sent.back)
    return carried_out(request, site, visit, back, Mine("undo", "Take back the last change"), do)


@router.post("/quotes/{quote}/tags", name="tag")
def tag(
    request: Request,
    site: Served,
    visit: Here,
    sent: FormOf,
    add: Annotated[str, Form(max_length=500)] = "",
    remove: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Give a quote tags, with commas between, and take one away."""
    adding = [as_tag(one) for one in add.split(",") if one.strip()]
    removing = [remove] if remove else []
    fields = {name: text for name, text in (("add", add), ("remove", remove)) if text}
    mine = Mine("tag", f"Tag it: {', '.join(adding)}" if adding else f"Untag: {remove}", fields)

    def do(library: Library) -> object:
        now, revision = site.now(), sent.revision
        return library.tag(
            [sent.quote], visit.who, now, add=adding, remove=removing, revision=revision
        )

    return carried_out(request, site, visit, sent, mine, do)


@router.post("/quotes/{quote}/speaker", name="attribute")
def attribute(
    request: Request,
    site: Served,
    visit: Here,
    sent: FormOf,
    speaker: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say who says a quote; of an approved one a publisher alone, as it goes out under the name."""
    if site.library.quote(sent.quote).status == "approved":
        publishing(request)
    mine = Mine("attribute", f"Say that {speaker} says it", {"speaker": speaker})

    def do(library: Library) -> object:
        by = Author(visit.who, site.now())
        return library.attribute([sent.quote], speaker, by, revision=sent.revision)

    return carried_out(request, site, visit, sent, mine, do)


@router.post("/quotes/{quote}/note", name="note")
def note(
    request: Request,
    site: Served,
    visit: Here,
    sent: FormOf,
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Write the note of a quote, over the one that was there."""
    mine = Mine("note", "Write this note", {"text": text}, text)

    def do(library: Library) -> object:
        now, revision = site.now(), sent.revision
        return library.note([sent.quote], text, visit.who, now, revision=revision)

    return carried_out(request, site, visit, sent, mine, do)
