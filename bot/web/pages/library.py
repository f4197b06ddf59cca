"""The library: everything there is, found by the query language, changed many at once."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.errors import NeedsPerson, UsageError
from bot.library import Changed, Library
from bot.library.decide import is_inferred
from bot.model import Quote
from bot.web.site import Site
from bot.web.templating import page, path_to
from bot.web.visit import Here, Served, Shelf, Visit, publishing

router = APIRouter()
SHOWN = 50
_FILTERS = (  # what people look for most, in the query language
    ("Waiting", "status:candidate"),
    ("Proposed", "status:candidate flag:proposed"),
    ("Approved", "status:approved"),
    ("Rejected", "status:rejected"),
)
Act = Literal["approve", "reject", "propose", "tag", "untag"]
_PUBLISHING = ("approve", "reject")


@router.get("/library", name="library")
def library(
    request: Request,
    shelf: Shelf,
    _: Here,
    q: Annotated[str, Query(max_length=2000)] = "",
    first: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """The quotes that fit a query, the best first; everything without one."""
    return _listed(request, shelf, q, first)


@router.post("/library/many", name="many")
async def many(request: Request) -> Response: ...
