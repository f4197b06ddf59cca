"""Quotes with the same words under two names, of which one is wrong unless both said it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.library.asking import Clause, Query
from bot.library.matching import places
from bot.library.names import plain
from bot.model import Quote
from bot.store.schema import quote_index, quotes
from bot.terms import terms

_TERMS = 4  # of a quote, the longest, as those stand in few others
_MOST = 2_000  # quotes that have them all; more is a set phrase
_MANY = 500  # from which on one look at all that is approved is quicker
_COLUMNS = quotes.c.id, quotes.c.shown, quotes.c.speaker
_APPROVED = select(*_COLUMNS).where(quotes.c.status == "approved")


class Twin(NamedTuple):
    """What of a quote is compared."""

    id: str
    shown: str
    speaker: str | None


def twins(connection: Connection, asked: Sequence[Quote]) -> dict[str, Twin]:
    """For each of these quotes one with its words by another name: of them, or approved.

    Asked of the index that searches go by, so its time does not grow with the library.
    """
    if len(asked) > _MANY:
        return approved_twins(connection, asked)
    return by_other_names(asked, [twin for one in asked for twin in _alike(connection, one)])


def approved_twins(connection: Connection, asked: Sequence[Quote]) -> dict[str, Twin]:
    """The same by one look at all that is approved, for who asks of very many."""
    rows = connection.execute(_APPROVED).all() if asked else ()
    return by_other_names(asked, [Twin(*row) for row in rows])


def by_other_names(asked: Sequence[Quote], beside: Iterable[Twin]) -> dict[str, Twin]:
    """For each of these quotes one of them, or of those beside, with its words by another name."""
    wanted = {words for one in asked if (words := plain(one.shown))}
    said: dict[str, dict[str, Twin]] = {}  # words → names → the first of them
    for twin in (*beside, *(Twin(one.id, one.shown, one.speaker) for one in asked)):
        if (words := plain(twin.shown)) in wanted:
            said.setdefault(words, {}).setdefault(plain(twin.speaker or ""), twin)
    found: dict[str, Twin] = {}
    for one in asked:
        mine, names = plain(one.speaker or ""), said.get(plain(one.shown), {})
        if other := next((twin for name, twin in names.items() if name != mine), None):
            found[one.id] = other
    return found


def question(quote: Quote, other: Twin) -> str:
    """What a person is asked of a quote that another says by another name."""
    who = f"is this {quote.speaker}?" if quote.speaker else "is nobody to be named?"
    return f"{who} {other.id} says the same, there by {other.speaker or 'nobody by name'}"


def _alike(connection: Connection, quote: Quote) -> list[Twin]:
    """Approved quotes that have the longest terms of one."""
    longest = sorted(set(terms(quote.shown)), key=lambda term: (-len(term), term))[:_TERMS]
    if not longest:
        return []
    query = Query(quote.shown, tuple(Clause(((term,),)) for term in longest))
    found = places(connection, "quote_index", query, _MOST, 0)
    joined = _APPROVED.join(quote_index, quote_index.c.quote == quotes.c.id)
    rows = connection.execute(joined.where(quote_index.c.place.in_(found))) if found else ()
    return [Twin(*row) for row in rows]
