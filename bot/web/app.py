"""Puts the page together: routes inside, the layers that guard them around."""

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import Scope

from bot import __version__, assets
from bot.web import answers
from bot.web.gate import Gate
from bot.web.pages import PAGES, UPLOADS
from bot.web.shield import Below, Bounded, Catch, Headers, KnownName
from bot.web.site import Site
from bot.web.templating import STATIC
from bot.web.visit import check_form

_FOREVER = "public, max-age=31536000, immutable"  # of an address that changes with the file
_A_DAY = "public, max-age=86400"


def create_app(site: Site) -> FastAPI:
    """The page of a site as an ASGI app; makes and changes nothing by itself."""
    most = site.project.config.web.max_upload_mb * 1_000_000
    app = FastAPI(
        title="Pullquote",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(check_form)],
        middleware=[
            Middleware(Headers),
            Middleware(Catch),
            Middleware(Below, root_path=site.root_path),
            Middleware(KnownName, site=site),
            Middleware(Bounded, uploads=dict.fromkeys(UPLOADS, most)),
            Middleware(Gate, site=site),
        ],
        exception_handlers={
            HTTPException: answers.of_http,
            RequestValidationError: answers.of_form,
        },
    )
    app.state.site = site
    app.mount("/static", _Files(directory=STATIC), name="static")
    app.mount("/fonts", _Files(directory=assets.SHIPPED / "fonts"), name="fonts")
    for router in PAGES:
        app.include_router(router)
    return app


class _Files(StaticFiles):
    """Files of ours, which browsers may keep."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, for ever where its address holds its version."""
        answer = await super().get_response(path, scope)
        versioned = scope.get("query_string", b"").startswith(b"v=")
        answer.headers["Cache-Control"] = _FOREVER if versioned else _A_DAY
        return answer
