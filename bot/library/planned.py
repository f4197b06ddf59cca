"""Planned posts of quotes: cancelled together with what makes them wrong.

Publishing is beside the library, so this is written to its table alone; a worker asks the same
(``bot.post.why_void``) when it claims a post.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from bot.library.rows import post_of
from bot.model import Post
from bot.post import why_void
from bot.store.publishing import posts
from bot.store.schema import quotes


def planned_posts(connection: Connection, names: Sequence[str]) -> tuple[Post, ...]:
    """The posts of these quotes that wait to go out."""
    of_them = posts.c.quote.in_(names) & (posts.c.state == "planned")
    rows = connection.execute(select(posts).where(of_them).order_by(posts.c.due_at, posts.c.id))
    return tuple(post_of(row) for row in rows)


def cancel_void(connection: Connection, quote: str) -> None:
    """Cancel a quote's planned posts that do not hold any more, each with the reason.

    Nothing but planning it anew brings one back, whatever is undone.
    """
    now = quotes.c.status, quotes.c.shown, quotes.c.speaker
    waiting = (posts.c.quote == quote) & (posts.c.state == "planned")
    rows = select(posts.c.id, posts.c.payload, *now).join(quotes).where(waiting)
    for row in connection.execute(rows).all():
        if why := why_void(row.payload, row.status, row.shown, row.speaker):
            still = (posts.c.id == row.id) & (posts.c.state == "planned")
            connection.execute(update(posts).where(still).values(state="cancelled", reason=why))
