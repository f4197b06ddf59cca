"""People: who speaks, with what is known of them, and who works on the page."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import Stale
from bot.library import TakenDown
from bot.library.details import person_changes, seen
from bot.library.overview import Speaker, speakers
from bot.library.people import name_id
from bot.model import Person
from bot.web.details_form import LONGEST, NETWORKS, person_values
from bot.web.site import Site
from bot.web.templating import page, path_to
from bot.web.users import all_users
from bot.web.visit import Here, Publishing, Served

router = APIRouter()
Name = Annotated[str, Form(max_length=LONGEST)]
Text = Annotated[str, Form(max_length=2000)]


@router.get("/people", name="people")
def people(request: Request, site: Served, _: Here) -> Response:
    """Who speaks and how much of them there is; who may sign in, and as what."""
    with site.store.read() as connection:
        found, users = speakers(connection), all_users(connection)
    return page(request, "people.html", speakers=found, users=users)


@router.get("/people/of", name="person")
def person(request: Request, site: Served, _: Here, name: str) -> Response:
    """What is known of somebody."""
    return _page(request, site, _speaker(site, name))


@router.post("/people/of")
def change_person(
    request: Request,
    site: Served,
    visit: Here,
    name: Name,
    seen_as: Annotated[str, Form(alias="seen")],
    role: Text = "",
    photo: Text = "",
    x: Text = "",
    bluesky: Text = "",
    mastodon: Text = "",
) -> Response:
    """Write what is known of somebody; what another changed meanwhile is shown beside."""
    speaker = _speaker(site, name)
    typed = {"role": role, "photo": photo, "x": x, "bluesky": bluesky, "mastodon": mastodon}
    known = site.library.person(speaker.name) or Person(speaker.name)
    changed, wrong = person_values(typed, known)
    if wrong:
        return _page(request, site, speaker, 422, typed=typed, wrong=wrong)
    try:
        site.library.change_person(changed, visit.who, site.now(), as_seen=seen_as)
    except Stale as stale:
        return _page(request, site, speaker, 409, typed=typed, stale=str(stale))
    return RedirectResponse(_address(request, speaker.name, "saved=1"), 303)


@router.post("/people/takedown", name="takedown")
def takedown(
    request: Request, site: Served, visit: Publishing, name: Name, typed: Name
) -> Response:
    """Take down for good all that somebody said, once their name was typed."""
    speaker = _speaker(site, name)
    if name_id(typed) != name_id(speaker.name):
        wrong = {"typed": f"type the name “{speaker.name}” to take everything of them down"}
        return _page(request, site, speaker, 422, wrong=wrong)
    down = site.library.retract_speaker(speaker.name, visit.who, site.now())
    return _page(request, site, _speaker(site, name), down=down)


def _page(
    request: Request,
    site: Site,
    speaker: Speaker,
    status: int = 200,
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    stale: str = "",
    down: TakenDown | None = None,
) -> Response:
    """The page of somebody; ``typed`` is shown in its form instead of what is known."""
    known = site.library.person(speaker.name) or Person(speaker.name)
    with site.store.read() as connection:
        changes = person_changes(connection, speaker.name)
    handles = {network: known.handles.get(network, "") for network in NETWORKS}
    shown = {"role": known.role or "", "photo": known.photo or "", **handles}
    names: dict[str, Any] = {
        "speaker": speaker,
        "known": shown,
        "typed": typed or shown,
        "wrong": wrong or {},
        "stale": stale,
        "down": down,
        "mark": seen(known),
        "changes": changes,
        "saved": request.query_params.get("saved") == "1",
    }
    return page(request, "person.html", status, **names)


def _speaker(site: Site, name: str) -> Speaker:
    """Somebody the library names; 404 for anybody else."""
    with site.store.read() as connection:
        found = {name_id(one.name): one for one in speakers(connection)}
    if name_id(name) not in found:
        raise HTTPException(404, "nobody of that name speaks in this library")
    return found[name_id(name)]


def _address(request: Request, name: str, more: str) -> str:
    return f"{path_to(request, 'person')}?{urlencode({'name': name})}&{more}"
