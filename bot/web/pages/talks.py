"""The talks: what there is, and where to drop more."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.templating import page
from bot.web.visit import Here, Shelf

router = APIRouter()


@router.get("/talks", name="talks")
def talks(request: Request, library: Shelf, _: Here) -> Response:
    """Every talk, the latest first."""
    return page(request, "talks.html", talks=library.talks())
