"""Take-down: quotes that are never picked, drawn or posted again. A tombstone stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, insert, select

from bot.errors import InputError
from bot.library.changes import Author, change, record, without_flag
from bot.library.decide import vetoes
from bot.library.people import name_id
from bot.library.planned import planned_posts
from bot.library.query import kept_quotes
from bot.library.rows import post_of
from bot.model import PROPOSED, Post, Quote
from bot.post import SEEN
from bot.store.publishing import posts
from bot.store.schema import barred, quotes

_BARRED = select(barred.c.id).where(barred.c.id == bindparam("id"))
_OUT = (*SEEN, "sending")  # the states of a post that people see, or may in a moment


@dataclass(frozen=True, slots=True)
class TakenDown:
    """Quotes taken down, and what went out of them, which is still to be removed there.

    ``cancelled`` posts were planned and will not go out.
    """

    quotes: tuple[Quote, ...]
    out: tuple[Post, ...]
    cancelled: tuple[Post, ...] = ()


def retract(connection: Connection, found: Sequence[Quote], author: Author) -> TakenDown:
    """Take quotes down for good, whatever was decided of them."""
    pairs = [(one, _taken_down(one)) for one in found]
    waiting = planned_posts(connection, [one.id for one in found])
    changed = change(connection, pairs, "retract", author)
    return TakenDown(changed.changed, _went_out(connection, found), waiting)


def veto(connection: Connection, found: Sequence[Quote], author: Author) -> TakenDown:
    """Their speaker says no: candidates are rejected, what was approved is taken down for good.

    What was approved may be out already, so it is taken down and listed as ``retract`` does. Of a
    quote that others rejected the no is kept too, so that they cannot change their minds alone.
    """
    approved = [one for one in found if one.status == "approved"]
    said_no = vetoes(connection, [one.id for one in found])
    others = [
        one for one in found if one.status in ("candidate", "rejected") and one.id not in said_no
    ]
    done = tuple(
        record(connection, one, replace(_taken_down(one), status="rejected"), "veto", author)
        for one in others
    )
    down = retract(connection, approved, author)
    return TakenDown((*done, *down.quotes), down.out, down.cancelled)


def retract_speaker(connection: Connection, speaker: str, author: Author) -> TakenDown:
    """Take down all that somebody said, and whatever is harvested of them from now on.

    The name is compared without case and marks; InputError for one that is no name.
    """
    known = name_id(speaker)
    if not known:
        raise InputError(f"‘{speaker}’ is no name", remedy="give the speaker's name")
    if connection.scalar(select(barred.c.id).where(barred.c.id == known)) is None:
        values = {"id": known, "name": speaker, "at": author.now, "who": author.who}
        connection.execute(insert(barred).values(values))
    names = connection.scalars(select(quotes.c.speaker).distinct())
    theirs = [name for name in names if name and name_id(name) == known]
    ids = connection.scalars(select(quotes.c.id).where(quotes.c.speaker.in_(theirs)))
    return retract(connection, kept_quotes(connection, ids.all()), author)


def is_barred(connection: Connection, speaker: str | None) -> bool:
    """Whether somebody of this name was taken down for good."""
    return connection.scalar(_BARRED, {"id": name_id(speaker or "")}) is not None


def _taken_down(quote: Quote) -> Quote:
    return replace(quote, status="retracted", flags=without_flag(quote.flags, PROPOSED))


def _went_out(connection: Connection, found: Sequence[Quote]) -> tuple[Post, ...]:
    of_them = posts.c.quote.in_([quote.id for quote in found]) & posts.c.state.in_(_OUT)
    rows = connection.execute(select(posts).where(of_them).order_by(posts.c.at, posts.c.id))
    return tuple(post_of(row) for row in rows)
