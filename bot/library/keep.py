"""Keeps what a harvest found. What people decided is never touched; the rest is machine output."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, select, update

from bot.library.names import quote_ids
from bot.library.passages import Passage, distinct, match, same_passage
from bot.library.query import stored_quotes, talk_by_id
from bot.library.rows import Stored, as_heard, linked, passage, quote_values
from bot.library.takedown import is_barred
from bot.library.talks import Arrival, keep_talk, keep_version
from bot.model import Candidate, Quote, Talk
from bot.store.inserting import insert_rows
from bot.store.schema import quotes

Fate = Literal["added", "updated", "known", "skipped"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a harvest.

    ``quotes`` stand for the candidates, in their order. Of the candidates, ``added`` are new,
    ``updated`` and ``known`` were there, changed or not, ``skipped`` are decided by a person or
    say the same as a better one. ``notices`` are sentences for the person.
    """

    talk: Talk
    transcript: int
    quotes: tuple[Quote, ...]
    added: int = 0
    updated: int = 0
    known: int = 0
    skipped: int = 0
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """What became of one candidate, and the quote that stands for it, if one does."""

    fate: Fate
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class _Home:
    """Where candidates are placed: a talk, a version of its text, the time of the harvest."""

    talk: str
    version: int
    now: datetime


def keep(
    connection: Connection,
    new: Arrival,
    candidates: Sequence[Candidate],
    now: datetime,
    recipe: str | None = None,
) -> Kept:
    """Keep a talk, a version of its text and the candidates in rank order, in one transaction."""
    talk, notices = keep_talk(connection, new, now)
    candidates, gone = _of_those_who_may_be_quoted(connection, candidates)
    home = _Home(talk, keep_version(connection, talk, new, now, recipe), now)
    placed = _place_all(connection, home, candidates)
    known = talk_by_id(connection, talk)
    standing = {each.quote.id: each.quote for each in placed if each.quote}
    fates = Counter(each.fate for each in placed)
    return Kept(
        known,
        home.version,
        tuple(
            as_heard(linked(one, known.url), known.timeline, known.url) for one in standing.values()
        ),
        fates["added"],
        fates["updated"],
        fates["known"],
        fates["skipped"],
        (*notices, *gone),
    )


def _of_those_who_may_be_quoted(
    connection: Connection, candidates: Sequence[Candidate]
) -> tuple[Sequence[Candidate], tuple[str, ...]]:
    """The candidates but those of speakers taken down for good, and a notice for each of these."""
    names = dict.fromkeys(one.speaker for one in candidates if one.speaker)
    gone = [name for name in names if is_barred(connection, name)]
    staying = [one for one in candidates if one.speaker not in gone]
    return staying, tuple(f"{name} was taken down for good: not quoted" for name in gone)


def _place_all(
    connection: Connection, home: _Home, candidates: Sequence[Candidate]
) -> list[_Placed]:
    stored = stored_quotes(connection, home.talk)
    undecided = [row for row in stored if not row.decided]
    passages = [passage(candidate, home.version) for candidate in candidates]
    blocked = _blocked(passages, [row for row in stored if row.decided])
    free = [at for at in range(len(candidates)) if at not in blocked]
    chosen = [free[place] for place in distinct([passages[at] for at in free])]
    partners = match([passages[at] for at in chosen], [row.passage for row in undecided])
    leftover = [row for at, row in enumerate(undecided) if at not in partners.values()]
    _remove_overlapped(connection, leftover, [passages[at] for at in chosen])
    placed = [blocked.get(at, _Placed("skipped")) for at in range(len(candidates))]
    added: list[Quote] = []
    new = [candidates[at] for rank, at in enumerate(chosen) if rank not in partners]
    unused = _free_names(connection, home.talk, new)
    for rank, at in enumerate(chosen):
        if rank in partners:
            partner = undecided[partners[rank]].quote
            placed[at] = _renew(connection, home, candidates[at], partner)
        else:
            given = {one.id for one in added}
            quote = named(connection, home.talk, home.version, candidates[at], given, unused)
            added.append(quote)
            placed[at] = _Placed("added", quote)
    new_rows = [{**quote_values(quote), "created_at": home.now} for quote in added]
    insert_rows(connection, quotes, new_rows)
    return placed


def _blocked(candidates: Sequence[Passage], decided: Sequence[Stored]) -> dict[int, _Placed]:
    """The candidates, by position, that are the passage of a decided quote; it stands for them.

    No such candidate is added beside the decided quote, nor does an undecided one grow over it.
    """
    rows = [row.passage for row in decided]
    closest = match(candidates, rows)
    blocked: dict[int, _Placed] = {}
    for at, candidate in enumerate(candidates):
        any_same = (place for place, row in enumerate(rows) if same_passage(candidate, row))
        place = closest[at] if at in closest else next(any_same, None)
        if place is not None:
            row = decided[place]
            blocked[at] = _Placed("skipped", row.quote if row.standing else None)
    return blocked


def _remove_overlapped(
    connection: Connection, undecided: Sequence[Stored], chosen: Sequence[Passage]
) -> None:
    """Remove what the machine once chose of passages it now cuts otherwise; tags are human work."""
    for row in undecided:
        if not row.quote.tags and any(same_passage(row.passage, new) for new in chosen):
            connection.execute(delete(quotes).where(quotes.c.id == row.quote.id))


def _renew(connection: Connection, home: _Home, candidate: Candidate, partner: Quote) -> _Placed:
    """Write to a stored quote what its passage is now."""
    quote = _renewed(partner, candidate, home.version)
    if quote == partner:
        return _Placed("known", quote)
    quote = replace(quote, revision=partner.revision + 1)  # who looks at the old words is told
    values = quote_values(quote)
    connection.execute(update(quotes).where(quotes.c.id == quote.id).values(**values))
    return _Placed("updated", quote)


def _renewed(quote: Quote, candidate: Candidate, version: int) -> Quote:
    changes = {field.name: getattr(candidate, field.name) for field in fields(Candidate)}
    return replace(quote, **changes, transcript=version)


def named(
    connection: Connection,
    talk: str,
    version: int,
    candidate: Candidate,
    given: Collection[str] = (),
    free: Collection[str] = (),
) -> Quote:
    """A candidate as a quote of its own: with an id that no other has, nor one of those given.

    ``free`` are ids that surely no stored quote has.
    """
    names = (name for name in quote_ids(talk, candidate.said) if name not in given)
    name = next(one for one in names if one in free or _free(connection, [one]))
    values = {field.name: getattr(candidate, field.name) for field in fields(Candidate)}
    return Quote(**values, id=name, talk=talk, transcript=version)


def _free_names(connection: Connection, talk: str, new: Sequence[Candidate]) -> set[str]:
    """The best ids of these candidates, but those that are taken: one question for all."""
    return _free(connection, [next(quote_ids(talk, one.said)) for one in new])


def _free(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of these ids that no quote has."""
    if not names:
        return set()
    return {*names} - {*connection.scalars(select(quotes.c.id).where(quotes.c.id.in_(names)))}
