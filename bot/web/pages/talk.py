"""One talk: its details to edit, its history, the versions of its text, links for its speakers."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.errors import Stale, UsageError
from bot.library import Finding
from bot.library.details import seen, talk_changes
from bot.library.newer import newer
from bot.library.overview import Tally, tallies, versions
from bot.model import Talk
from bot.web.details_form import CHOICES, LONGEST, TEXTS, glossary_of, talk_values
from bot.web.links import links_for, make_link, revoke_link
from bot.web.site import Site, is_loopback
from bot.web.templating import page, path_to
from bot.web.visit import Here, Publishing, Served

router = APIRouter()
_LONGEST_DAYS = 90
Number = Annotated[int, Path(ge=1, lt=2**31)]  # what a library counts up to


@router.get("/talks/{talk}", name="talk")
def talk_page(request: Request, site: Served, _: Here, talk: str) -> Response:
    """All that is known of a talk."""
    known = site.library.talk(talk)
    if known.id != talk:
        return RedirectResponse(path_to(request, "talk", talk=known.id), 303)
    return _page(request, site, known)


@router.post("/talks/{talk}")
async def change_talk(request: Request, site: Served, visit: Here, talk: str) -> Response:
    """Write the details of a talk; what somebody else changed meanwhile is shown beside."""
    form = await request.form()
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    columns = [[str(one) for one in form.getlist(name)] for name in ("misheard", "meant")]
    return await run_in_threadpool(_change, request, site, visit.who, talk, typed, columns)


@router.post("/talks/{talk}/move", name="move")
def move(request: Request, site: Served, visit: Publishing, talk: str) -> Response:
    """Take the quotes of a talk to where its newest transcript has them."""
    known = site.library.talk(talk)
    site.library.move(_moved(site, known), visit.who, site.now())
    return RedirectResponse(path_to(request, "talk", talk=known.id) + "#versions", 303)


@router.post("/talks/{talk}/links", name="link")
def link(
    request: Request,
    site: Served,
    visit: Publishing,
    talk: str,
    speaker: Annotated[str, Form(max_length=LONGEST)],
    days: Annotated[int, Form(ge=1, le=_LONGEST_DAYS)] = 14,
) -> Response:
    """Make a link for a speaker; its address is shown this once."""
    with site.store.write() as connection:
        length = timedelta(days=days)
        token = make_link(connection, talk, speaker, visit.who, site.now(), length)
    known = site.library.talk(talk)
    here = f"{request.url.scheme}://{request.headers['host']}"
    address = here + path_to(request, "speaker", token=token)
    made = {"address": address, "speaker": speaker, "alone": is_loopback(site.host)}
    return _page(request, site, known, made=made)


@router.post("/talks/{talk}/links/{number}/revoke", name="revoke")
def revoke(request: Request, site: Served, _: Publishing, talk: str, number: Number) -> Response:
    """End a link."""
    with site.store.write() as connection:
        revoke_link(connection, talk, number, site.now())
    return RedirectResponse(path_to(request, "talk", talk=talk) + "#links", 303)


def _change(
    request: Request,
    site: Site,
    who: str,
    talk: str,
    typed: dict[str, str],
    columns: list[list[str]],
) -> Response:
    known = site.library.talk(talk)
    try:
        glossary, half = glossary_of(*columns), {}
    except UsageError as error:
        glossary, half = dict(known.glossary), {"glossary": str(error)}
    checked = talk_values(typed, glossary, known)
    wrong = {**checked.wrong, **half}
    rows = [pair for pair in zip(*columns, strict=False) if any(pair)]
    more: dict[str, Any] = {"typed": typed, "rows": rows, "wrong": wrong}
    if wrong:
        return _page(request, site, known, 422, **more)
    as_seen, now = typed.get("seen", ""), site.now()
    try:
        site.library.change_talk(known.id, checked.values, who, now, as_seen=as_seen)
    except Stale as stale:
        known = site.library.talk(talk)
        return _page(request, site, known, 409, **more, stale=str(stale))
    return RedirectResponse(path_to(request, "talk", talk=known.id) + "?saved=1", 303)


def _page(request: Request, site: Site, talk: Talk, status: int = 200, **more: Any) -> Response:
    """The page of a talk; ``typed`` is shown in its form instead of what is known."""
    with site.store.read() as connection:
        told: dict[str, Any] = {
            "versions": versions(connection, talk.id),
            "changes": talk_changes(connection, talk.id),
            "links": links_for(connection, talk.id),
            "tally": tallies(connection, [talk.id]).get(talk.id, Tally()),
        }
    known = shown(talk)
    usual = {"typed": known, "wrong": {}, "stale": "", "made": None, "rows": None}
    several = len(told["versions"]) > 1
    told["moved"] = _moved(site, talk) if several else ()
    names = {
        **usual,
        **told,
        **more,
        "talk": talk,
        "known": known,
        "mark": seen(talk),
        "now": site.now(),
        "saved": request.query_params.get("saved") == "1",
        "longest_days": _LONGEST_DAYS,
    }
    return page(request, "talk.html", status, **names)


def _moved(site: Site, talk: Talk) -> tuple[Finding, ...]:
    """The quotes of older transcripts of a talk, and where its newest has them."""
    found = [one for one in site.library.quotes(talk=talk.id) if one.status != "retracted"]
    with site.store.read() as connection:
        return tuple(newer(connection, found, site.project.config.glossary))


def shown(talk: Talk) -> dict[str, str]:
    """The details of a talk as its form shows them: field → text."""
    texts = {name: getattr(talk, name) or "" for name in (*TEXTS, *CHOICES)}
    return {**texts, "speakers": "\n".join(talk.speakers)}
