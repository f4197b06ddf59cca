"""The pages, each a router of its own; to add one: write its file, list its router here.

1. ``router = APIRouter()``, a function a route, plain ``def`` where it touches the library.
2. Ask for ``Here`` (who is in), ``Publishing`` (who may publish), ``Shelf`` (the library).
3. Answer with ``page(request, "NAME.html", …)``; forms in it hold ``{{ csrf() }}``.
4. A route that takes files is listed in ``UPLOADS``: others take a megabyte.
"""

from bot.web.pages import (
    decisions,
    first_run,
    health,
    hear,
    inbox,
    library,
    outcomes,
    people,
    post,
    posts,
    quote,
    sign_in,
    speaker,
    talk,
    talks,
    transcript,
    words,
)

PAGES = (
    *(sign_in.router, inbox.router, decisions.router, words.router, quote.router, hear.router),
    *(first_run.router, talks.router, talk.router, transcript.router),
    *(library.router, people.router, speaker.router),
    *(posts.router, outcomes.router, post.router, health.router),
)
UPLOADS = ("/talks",)
