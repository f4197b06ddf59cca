"""Whether all is well, for programs that watch: nothing of it is private."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.errors import LibraryError
from bot.publishing.health import SILENT, health
from bot.web.visit import Served

router = APIRouter()
_LATE = timedelta(minutes=30)
_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/healthz", name="healthz")
def healthz(site: Served) -> JSONResponse:
    """200 when all is well; 503 when the library cannot be read or a worker fell silent."""
    try:
        with site.store.read() as connection:
            found = health(connection, site.now(), _LATE)
    except LibraryError:
        return JSONResponse({"ok": False, "database": "unreadable"}, 503, _NO_STORE)
    beat = found.beat_age
    silent = beat is not None and beat > SILENT
    told = {
        "ok": not silent,
        "database": "ok",
        "worker_beat_s": None if beat is None else round(beat.total_seconds()),
        "waiting": found.waiting,
        "overdue": found.overdue,
        "unconfirmed": found.unconfirmed,
        "paused": found.paused,
    }
    return JSONResponse(told, 503 if silent else 200, _NO_STORE)
