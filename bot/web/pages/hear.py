"""Hear it: the recording of a talk, in the ranges that players ask for."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from bot.web.hearing import recording_of
from bot.web.visit import Here, Served

router = APIRouter()


@router.get("/talks/{talk}/media", name="media")
def media(site: Served, _: Here, talk: str) -> Response:
    """The talk's own file on this machine; 206 and 416 by https://www.rfc-editor.org/rfc/rfc9110."""
    found = recording_of(site.project, site.library.talk(talk))
    if found is None:
        raise HTTPException(404, "there is no recording of this talk on this machine")
    keep = {"Cache-Control": "private, max-age=3600"}
    return FileResponse(found.path, media_type=found.media_type, headers=keep)
