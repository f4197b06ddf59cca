"""The library: everything there is, found by the query language, many changed at once."""

from collections.abc import Collection
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import QueryError, UsageError
from bot.library import Changed, Found, Library
from bot.library.decide import is_inferred
from bot.library.listing import as_csv, as_json, as_markdown
from bot.library.twins import Twin, question
from bot.model import Quote
from bot.web.curation import PUBLISHING, how_known, last_of
from bot.web.site import Site
from bot.web.templating import page, path_to
from bot.web.visit import First, Here, Served, Shelf, Visit, publishing

router = APIRouter()
SHOWN, _LINES = 50, 5  # quotes of a page, and lines of transcripts below them
_LONGEST = 1000  # characters of a query, as the query language has them
_CHOSEN = 10_000  # quotes changed at once
_FILTERS = (  # what people look for most, as the query language has it
    ("Waiting", "status:candidate"),
    ("Proposed", "flag:proposed"),
    ("Approved", "status:approved"),
    ("Rejected", "status:rejected"),
)
Act = Literal["approve", "reject", "propose", "tag", "untag", "undo"]


@router.get("/library", name="library")
def library(
    request: Request,
    shelf: Shelf,
    _: Here,
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    first: First = 0,
    done: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The quotes that fit a query, the best first; all of them without one."""
    found, lines, wrong = Found((), (), 0), None, None
    try:
        found = shelf.search(q, SHOWN, first)
        lines = shelf.search_lines(q, _LINES) if _has_words(q) else None
    except QueryError as error:
        wrong = error
    talks = [quote.talk for quote in found.quotes] + [
        line.talk for line in (lines.lines if lines else ())
    ]
    return page(
        request,
        "library.html",
        422 if wrong else 200,
        found=found,
        lines=lines,
        wrong=wrong,
        q=q,
        first=first,
        shown=SHOWN,
        done=done,
        talks=shelf.talks_of(talks),
        filters=_FILTERS,
    )


@router.get("/library/export", name="export")
def export(
    shelf: Shelf,
    _: Here,
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    form: Annotated[Literal["csv", "json", "markdown"], Query(alias="as")] = "csv",
) -> Response:
    """What a query finds as a file: for spreadsheets, for programs or for notes."""
    found = shelf.every(q)
    talks = shelf.talks_of(one.talk for one in found)
    if form == "json":
        return _file(as_json(found).encode(), "application/json", "quotes.json")
    if form == "csv":
        return _file(as_csv(found, talks).encode("utf-8-sig"), "text/csv", "quotes.csv")
    return _file(as_markdown(found, talks).encode(), "text/markdown", "quotes.md")


@router.post("/library/many", name="many")
def many(
    request: Request,
    site: Served,
    visit: Here,
    act: Annotated[Act, Form()],
    ids: Annotated[list[str], Form(max_length=_CHOSEN)],
    tag: Annotated[str, Form(max_length=200)] = "",
    q: Annotated[str, Form(max_length=_LONGEST)] = "",
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """Change the chosen quotes, all of them or none; a speaker in doubt is asked about first."""
    if _is_for_publishers(site.library, act, ids):
        publishing(request)
    if act == "approve" and not confirmed:
        found, twins = list(map(site.library.quote, ids)), site.library.twins(ids)
        asked = [one for one in found if _asks(one, twins)]
        if unsure := [(one, _doubt(one, twins.get(one.id))) for one in asked]:
            return page(request, "library_ask.html", 409, unsure=unsure, ids=ids, q=q)
    changed = _change(site, visit, act, ids, tag)
    where = urlencode({"q": q, "done": _told(act, changed)})
    return RedirectResponse(f"{path_to(request, 'library')}?{where}", 303)


def _file(data: bytes, kind: str, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=named)


def _change(site: Site, visit: Visit, act: Act, ids: list[str], tag: str) -> int:
    """How many quotes were changed."""
    shelf, who, now = site.library, visit.who, site.now()
    if act in ("tag", "untag") and not tag.strip():
        raise UsageError("no tag was given", remedy="write one beside the button")
    if act == "undo":
        return len(shelf.undo_each(ids, who, now))
    done: Changed
    if act == "approve":
        done = shelf.decide(ids, act, who, now, confirmed=True)
    elif act == "reject":
        done = shelf.decide(ids, act, who, now)
    elif act == "propose":
        done = shelf.propose(ids, who, now)
    else:
        tags = [one for one in tag.split(",") if one.strip()]
        adding, removing = (tags, []) if act == "tag" else ([], tags)
        done = shelf.tag(ids, who, now, add=adding, remove=removing)
    return len(done.changed)


def _is_for_publishers(shelf: Library, act: Act, ids: list[str]) -> bool:
    if act != "undo":
        return act in PUBLISHING
    last = (last_of(shelf.history(name)) for name in ids)
    return any(one and one.action in PUBLISHING for one in last)


def _asks(quote: Quote, twins: Collection[str]) -> bool:
    return quote.status != "approved" and (is_inferred(quote) or quote.id in twins)


def _doubt(quote: Quote, twin: Twin | None) -> str:
    return how_known(quote) if twin is None else question(quote, twin).partition("? ")[2]


def _told(act: Act, count: int) -> str:
    what = {"approve": "approved", "reject": "rejected", "propose": "proposed", "tag": "tagged"}
    how = {"untag": "untagged", "undo": "taken back", **what}[act]
    return f"{count} {'quote was' if count == 1 else 'quotes were'} {how}"


def _has_words(q: str) -> bool:
    """Whether transcripts can be looked through: filters are of quotes alone."""
    return bool(q.strip()) and ":" not in q
