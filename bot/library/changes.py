"""What people change of quotes: every change is recorded, and can be taken back.

A change is the difference between two values of a quote: ``record`` writes it and the row of
``decisions`` that says who made it, when, and how the quote was before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from bot.errors import InputError, Stale
from bot.library.planned import cancel_void
from bot.library.query import kept_quotes
from bot.library.rows import before_of, decision_of, quote_values
from bot.model import PROPOSED, Decision, Quote
from bot.store.schema import decisions, quotes

_LONGEST_TAG, _LONGEST_NOTE = 60, 5000
# Changes but those of quotes taken down since, which taking back would bring back.
_OF_WHAT_STANDS = (quotes.c.status != "retracted") | (decisions.c.before == "retracted")


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and when."""

    who: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """The quotes a change reached, and those that already were so; in the order given."""

    changed: tuple[Quote, ...]
    unchanged: tuple[Quote, ...] = ()


def fresh(connection: Connection, ids: Sequence[str], revision: int | None) -> tuple[Quote, ...]:
    """The quotes of these ids (or their beginnings), each once, as they are kept.

    Raises InputError for one that is not there; Stale where ``revision`` is what a person saw and
    a quote was changed since.
    """
    found = kept_quotes(connection, ids)
    for quote in found:
        if revision is not None and quote.revision != revision:
            last = _last(connection, decisions.c.quote == quote.id)
            by = f" by {last.undone_by or last.who}" if last else ""
            raise Stale(
                f"was changed{by} while you looked at it",
                place=f"quote {quote.id}",
                remedy="look at it as it is now, then decide",
            )
    return found


def record(
    connection: Connection, before: Quote, after: Quote, action: str, author: Author
) -> Quote:
    """Write a changed quote and who changed it; the quote with its new revision."""
    after = replace(after, revision=before.revision + 1)
    old, new = quote_values(before), quote_values(after)
    changed = [name for name in new if old[name] != new[name]]
    connection.execute(
        update(quotes).where(quotes.c.id == after.id).values({name: new[name] for name in changed})
    )
    if {"status", "shown", "speaker"} & set(changed):
        cancel_void(connection, after.id)
    beside = [name for name in changed if name not in ("status", "revision")]
    connection.execute(
        insert(decisions).values(
            quote=after.id,
            at=author.now,
            who=author.who,
            action=action,
            before=before.status,
            after=after.status,
            was={name: old[name] for name in beside},
            became={name: new[name] for name in beside},
        )
    )
    return after


def change(
    connection: Connection, asked: Sequence[tuple[Quote, Quote]], action: str, author: Author
) -> Changed:
    """Record each pair of a quote and what it becomes; those that stay the same are told apart."""
    changing = [(old, new) for old, new in asked if old != new]
    done = tuple(record(connection, old, new, action, author) for old, new in changing)
    return Changed(done, tuple(new for old, new in asked if old == new))


def tag(
    connection: Connection,
    found: Sequence[Quote],
    author: Author,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> Changed:
    """Give quotes tags and take others away; InputError for a tag that is no word."""
    adding, removing = ([as_tag(one) for one in those] for those in (add, remove))

    def tagged(quote: Quote) -> Quote:
        tags = dict.fromkeys((*quote.tags, *adding))
        return replace(quote, tags=tuple(one for one in tags if one not in removing))

    return change(connection, [(one, tagged(one)) for one in found], "tag", author)


def as_tag(text: str) -> str:
    """A tag as it is kept: without ``#``, in lower case, words joined by hyphens; or InputError."""
    plain = "-".join(text.strip().removeprefix("#").casefold().split())
    if not plain or len(plain) > _LONGEST_TAG or not plain.isprintable() or "," in plain:
        remedy = f"write a word or two, {_LONGEST_TAG} characters at most, without commas"
        raise InputError(f"‘{text[:_LONGEST_TAG]}’ is no tag", remedy=remedy)
    return plain


def note(connection: Connection, found: Sequence[Quote], author: Author, text: str) -> Changed:
    """Write a note to quotes, over the one that was there; InputError for one too long."""
    if len(text) > _LONGEST_NOTE:
        remedy = f"keep it under {_LONGEST_NOTE}"
        raise InputError(f"the note has {len(text)} characters", remedy=remedy)
    pairs = [(one, replace(one, note=text.strip())) for one in found]
    return change(connection, pairs, "note", author)


def propose(connection: Connection, found: Sequence[Quote], author: Author) -> Changed:
    """Say that quotes should be approved; only candidates can be proposed, else InputError."""
    for quote in found:
        if quote.status != "candidate":
            reason = f"is {quote.status} already"
            raise InputError(reason, place=f"quote {quote.id}", remedy="propose a candidate")
    pairs = [(one, replace(one, flags=with_flag(one.flags, PROPOSED))) for one in found]
    return change(connection, pairs, "propose", author)


def with_flag(flags: Sequence[str], flag: str) -> tuple[str, ...]:
    """The flags with this one, once."""
    return tuple(dict.fromkeys((*flags, flag)))


def without_flag(flags: Sequence[str], flag: str) -> tuple[str, ...]:
    """The flags without this one."""
    return tuple(one for one in flags if one != flag)


def undo(
    connection: Connection, quote: str | None, author: Author, revision: int | None = None
) -> Decision:
    """Take back the last change that still holds, on one quote or (None) on any.

    The quote is again as it was before it. A take-down is for good: without a quote it is passed
    over. Raises InputError when there is nothing to take back, Stale as ``fresh`` does.
    """
    known = fresh(connection, [quote], revision)[0] if quote is not None else None
    of_it = decisions.c.quote == known.id if known else _OF_WHAT_STANDS
    row = _last(connection, decisions.c.undone_at.is_(None), of_it)
    if row is None:
        raise InputError(
            "there is no decision to undo",
            place=f"quote {known.id}" if known else "",
            remedy="`pullquote library list` shows all",
        )
    if known and known.status == "retracted" != row.before:
        remedy = "choose another quote"
        raise InputError("was taken down for good", place=f"quote {row.quote}", remedy=remedy)
    taken_back = update(decisions).where(decisions.c.id == row.id)
    connection.execute(taken_back.values(undone_at=author.now, undone_by=author.who))
    values = {**before_of(row), "revision": quotes.c.revision + 1}
    connection.execute(update(quotes).where(quotes.c.id == row.quote).values(values))
    cancel_void(connection, row.quote)
    return replace(decision_of(row), undone=True)


def _last(connection: Connection, *holding: ColumnElement[bool]) -> Row[Any] | None:
    """The last change of which all this holds."""
    wanted = select(decisions).join(quotes).where(*holding)
    return connection.execute(wanted.order_by(decisions.c.id.desc()).limit(1)).one_or_none()
