"""What an empty library shows: the sample talk, and where to drop one's own."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot import assets, pipeline
from bot.model import Details
from bot.outfit import terms_of
from bot.pipeline import Cast
from bot.web.templating import page, path_to
from bot.web.visit import Here, Served

router = APIRouter()
_SAMPLE, _SPEAKER = assets.SHIPPED / "sample" / "small-libraries.txt", "Marit Oyelaran"


@router.get("/welcome", name="welcome")
def welcome(request: Request, _: Here) -> Response:
    """The first page."""
    return page(request, "welcome.html")


@router.post("/sample", name="sample")
def sample(request: Request, site: Served, _: Here) -> Response:
    """Harvest the sample talk, as any other would be."""
    settings = site.project.config.harvest
    cast = Cast((_SPEAKER,))
    reading = pipeline.read_talk(_SAMPLE, cast, settings.max_mb)
    terms = terms_of(site.project.config)
    pipeline.harvest(reading, Details(), site.library, terms, site.now())
    return RedirectResponse(path_to(request, "inbox"), 303)
