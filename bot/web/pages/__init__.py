"""The pages, each a router of its own; to add one: write its file, list its router here.

1. ``router = APIRouter()``, a function a route, plain ``def`` where it touches the library.
2. Ask for ``Here`` (who is in), ``Publishing`` (who may publish), ``Shelf`` (the library).
3. Answer with ``page(request, "NAME.html", …)``; forms in it hold ``{{ form_token() }}``.
4. A route that takes files is listed in ``UPLOADS``: others take a megabyte.
"""

from bot.web.pages import first_run, inbox, people, sign_in, talks

PAGES = (
    sign_in.router,
    inbox.router,
    first_run.router,
    talks.router,
    people.router,
)
UPLOADS = ("/talks",)
