"""The people who work on the page."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.templating import page
from bot.web.users import all_users
from bot.web.visit import Here, Served

router = APIRouter()


@router.get("/people", name="people")
def people(request: Request, site: Served, _: Here) -> Response:
    """Who may sign in, and as what."""
    with site.store.read() as connection:
        users = all_users(connection)
    return page(request, "people.html", users=users)
