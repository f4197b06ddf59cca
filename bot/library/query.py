"""Finds talks and quotes; a name that is not there is answered with the ones that are."""

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.errors import InputError, Unknown
from bot.library.rows import Stored, decision_of, kept_of, quote_of, quote_rows, stored_of, talk_of
from bot.model import Decision, Quote, Status, Talk
from bot.store.schema import decisions, quotes, talks, transcripts

_LONGEST = 100  # letters of an id, more than any has
_NAMED = 5
_COMPARED = 20_000
_AT_ONCE = 500


def listed_talks(
    connection: Connection, named: str = "", most: int | None = None, first: int = 0
) -> tuple[Talk, ...]:
    """The talks with these letters in their title, the latest first: ``most`` from ``first`` on."""
    wanted = _named(select(talks), named).order_by(talks.c.created_at.desc(), talks.c.id)
    rows = connection.execute(wanted.limit(most).offset(first))
    return tuple(talk_of(row) for row in rows)


def count_talks(connection: Connection, named: str = "") -> int:
    """How many talks have these letters in their title."""
    wanted = _named(select(func.count()).select_from(talks), named)
    return int(connection.execute(wanted).scalar_one())


def _named(wanted: Select[Any], letters: str) -> Select[Any]:
    return wanted.where(talks.c.title.icontains(letters, autoescape=True)) if letters else wanted


def talks_of(connection: Connection, ids: Iterable[str]) -> dict[str, Talk]:
    """The talks of these ids that are there, by id, in the order they were asked for."""
    asked = list(dict.fromkeys(ids))
    found: dict[str, Talk] = {}
    for first in range(0, len(asked), _AT_ONCE):
        some = talks.c.id.in_(asked[first : first + _AT_ONCE])
        rows = connection.execute(select(talks).where(some))
        found |= {row.id: talk_of(row) for row in rows}
    return {one: found[one] for one in asked if one in found}


def talk_by_id(connection: Connection, talk: str) -> Talk:
    """The talk of an id, or of the beginning of one; InputError when there is not exactly one."""
    row = connection.execute(select(talks).where(talks.c.id == talk)).one_or_none()
    if row is None:
        names = connection.scalars(select(talks.c.id).order_by(talks.c.id)).all()
        found = _only("talk", talk, names, "`pullquote library list --talks`")
        row = connection.execute(select(talks).where(talks.c.id == found)).one()
    return talk_of(row)


def speakers_of(connection: Connection, source_hash: str) -> tuple[str, ...]:
    """The speakers of the talk that has a transcript of these bytes."""
    of_it = transcripts.c.talk == talks.c.id
    is_it = select(talks.c.speakers).join(transcripts, of_it)
    return tuple(
        connection.scalar(is_it.where(transcripts.c.source_hash == source_hash).limit(1)) or ()
    )


def harvested(connection: Connection, source_hash: str, recipe: str) -> Talk | None:
    """The talk with a transcript of these bytes that was harvested with this recipe."""
    is_it = (transcripts.c.source_hash == source_hash) & (transcripts.c.recipe == recipe)
    talk = connection.scalar(select(transcripts.c.talk).where(is_it).limit(1))
    return talk_by_id(connection, talk) if talk else None


def quote_by_prefix(connection: Connection, prefix: str) -> Quote:
    """The quote of an id, or of the beginning of one; InputError when there is not exactly one."""
    name = _quote_id(connection, prefix.lower())
    return quote_of(connection.execute(quote_rows().where(quotes.c.id == name)).one())


def kept_quotes(connection: Connection, prefixes: Sequence[str]) -> tuple[Quote, ...]:
    """The quotes of these ids or their beginnings as they are kept, each once, in their order.

    Raises InputError when one is not there or may be several.
    """
    asked = [prefix.lower() for prefix in prefixes]
    found: dict[str, Quote] = {}
    for first in range(0, len(asked), _AT_ONCE):
        some = quotes.c.id.in_(asked[first : first + _AT_ONCE])
        rows = connection.execute(quote_rows().where(some))
        found |= {row.id: kept_of(row) for row in rows}
    names = {one: one if one in found else _quote_id(connection, one) for one in asked}
    for name in names.values():
        if name not in found:
            row = connection.execute(quote_rows().where(quotes.c.id == name)).one()
            found[name] = kept_of(row)
    return tuple(found[name] for name in dict.fromkeys(names.values()))


def _quote_id(connection: Connection, prefix: str) -> str:
    alike = select(quotes.c.id).order_by(quotes.c.id)
    if connection.scalar(alike.where(quotes.c.id == prefix)):
        return prefix
    beginning = quotes.c.id.startswith(prefix, autoescape=True)
    may_begin = 0 < len(prefix) <= _LONGEST  # a database refuses to look for ever longer ones
    found = connection.scalars(alike.where(beginning).limit(_NAMED + 1)).all() if may_begin else []
    # For "did you mean": of a library of millions not all.
    names = found or connection.scalars(alike.limit(_COMPARED)).all()
    return _only("quote", prefix, names, "`pullquote library list`")


def _only(kind: str, prefix: str, names: Sequence[str], listing: str) -> str:
    found = [name for name in names if prefix and name.startswith(prefix)]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
        raise InputError(f"'{prefix}' may be any of {some}", remedy="give more of its id")
    near = get_close_matches(prefix, names, n=1)
    guess = f"did you mean '{near[0]}'? " if near else ""
    raise Unknown(f"there is no {kind} '{prefix[:_LONGEST]}'", remedy=f"{guess}{listing} shows all")


def find_quotes(
    connection: Connection,
    *,
    talk: str | None = None,
    statuses: Collection[Status] = (),
    speaker: str | None = None,
    score: float | None = None,
    limit: int | None = None,
) -> tuple[Quote, ...]:
    """The quotes that fit, the best first; ``speaker`` is compared without case.

    ``score`` is the least.
    """
    best = quote_rows().order_by(quotes.c.score.desc(), quotes.c.start_ms, quotes.c.id)
    if talk is not None:
        best = best.where(quotes.c.talk == talk_by_id(connection, talk).id)
    if statuses:
        best = best.where(quotes.c.status.in_(statuses))
    if speaker is not None:
        best = best.where(quotes.c.speaker.in_(_spellings(connection, speaker)))
    if score is not None:
        best = best.where(quotes.c.score >= score)
    return tuple(quote_of(row) for row in connection.execute(best.limit(limit)))


def _spellings(connection: Connection, speaker: str) -> list[str]:
    """The ways the library writes a name: a database knows upper case only of ASCII."""
    names = connection.scalars(select(quotes.c.speaker).distinct())
    return [name for name in names if name and name.casefold() == speaker.casefold()]


def stored_quotes(connection: Connection, talk: str) -> list[Stored]:
    """All quotes of a talk, in order of their ids."""
    of_talk = quote_rows().where(quotes.c.talk == talk).order_by(quotes.c.id)
    return [stored_of(row) for row in connection.execute(of_talk)]


def decisions_on(connection: Connection, quote: str) -> tuple[Decision, ...]:
    """What people decided on a quote, the first decision first."""
    rows = select(decisions).where(decisions.c.quote == quote).order_by(decisions.c.id)
    return tuple(decision_of(row) for row in connection.execute(rows))
