"""One post: as it will look, why it goes out then, what happened to it; and its pictures."""

import re
from io import BytesIO
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as Part
from fastapi.responses import Response
from PIL import Image as Picture

from bot.publishing import queue
from bot.publishing.rows import find_picture
from bot.web.agenda import shown
from bot.web.looking import Look
from bot.web.moving import post_of
from bot.web.pages.posts import Number
from bot.web.templating import page
from bot.web.told import STATES, pieces, steps
from bot.web.visit import Here, Served

router = APIRouter()
Hash = Annotated[str, Part(pattern=r"^[0-9a-f]{64}$")]
Width = Literal["160", "640"]
_FOR_EVER = "private, max-age=31536000, immutable"  # an address is of these bytes alone


@router.get("/posts/{number}", name="posts_one")
def post(request: Request, site: Served, _: Here, look: Look, number: Number) -> Response:
    """A post as its network will show it, with all that is known of it."""
    with site.store.read() as connection:
        found = post_of(connection, site, number)
        others = queue.listing(connection, quote=found.quote.id)
        beside = [one for one in shown(connection, site.project, others) if one.post.id != number]
    return page(
        request,
        "post.html",
        one=found,
        others=beside,
        pieces=list(pieces(found.post.words)),
        steps=steps(found.post, found.zone),
        look=look,
        states=STATES,
        now=site.now(),
    )


@router.get("/pictures/{name}", name="picture")
def picture(
    request: Request, site: Served, _: Here, name: Hash, width: Width | None = None
) -> Response:
    """A picture of a post by the hash of its bytes, as it is sent or small."""
    mark = f'"{name[:32]}-{width or "all"}"'
    headers = {"Cache-Control": _FOR_EVER, "ETag": mark}
    if mark in re.split(r",\s*", request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    with site.store.read() as connection:
        found = find_picture(connection, name)
    if found is None:
        raise HTTPException(404, "there is no such picture")
    if width is None:
        return Response(found.data, media_type=found.mime, headers=headers)
    return Response(small(found.data, int(width)), media_type="image/jpeg", headers=headers)


def small(data: bytes, width: int) -> bytes:
    """A picture as a JPEG in a width of so many pixels; never larger than it is."""
    with Picture.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        opened.draft("RGB", (width, width))
        image = opened.convert("RGB")
    image.thumbnail((width, width * 4), Picture.Resampling.LANCZOS)
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()
