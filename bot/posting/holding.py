"""Whether planned posts still hold, as their quotes and talks stand now."""

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from bot.post import Posted, why_void
from bot.posting.terms import Terms
from bot.publishing.plan import lifted
from bot.publishing.slots import Rota
from bot.store.publishing import posts
from bot.store.schema import quotes, talks

VOID = "the quote "  # how reasons begin for which a post is planned anew: bot.post.why_void, here


def was_void(post: Posted) -> bool:
    """Whether a post was cancelled as it did not hold any more."""
    return post.state == "cancelled" and post.reason.startswith(VOID)


def with_quotes() -> Select[Any]:
    """Posts with what their quotes and talks are now."""
    columns = (posts.c.id, posts.c.network, posts.c.account, posts.c.due_at, posts.c.payload)
    of_quote = (quotes.c.status, quotes.c.shown, quotes.c.speaker)
    of_talk = (talks.c.permission, talks.c.embargo_until)
    found: Select[Any] = select(*columns, *of_quote, *of_talk)
    return found.join(quotes, quotes.c.id == posts.c.quote).join(talks)


def why_no_more(row: Row[Any], rota: Rota | None) -> str:
    """Why a planned post does not hold any more, or empty."""
    if why := why_void(row.payload, row.status, row.shown, row.speaker, row.permission):
        return why
    if row.embargo_until and rota and row.due_at < lifted(row.embargo_until, rota):
        return f"{VOID}is of a talk that nothing goes out of before {row.embargo_until}"
    return ""


def why_not_now(connection: Connection, post: Posted, terms: Terms) -> str:
    """Why a post does not hold as it was planned, as its quote stands now; empty when it does."""
    row = connection.execute(with_quotes().where(posts.c.id == post.id)).first()
    return why_no_more(row, terms.rota) if row else f"{VOID}is gone from the library"
