"""Keeps what a harvest found. What people decided is never touched; the rest is machine output."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.library.names import quote_ids
from bot.library.passages import Passage, distinct, match, same_passage
from bot.library.query import stored_quotes, talk_by_id
from bot.library.rows import Stored, as_heard, linked, passage, quote_values
from bot.library.takedown import is_barred
from bot.library.talks import Arrival, add_version, keep_talk, keep_version
from bot.model import Candidate, Quote, Talk
from bot.store.indexing import index_new
from bot.store.inserting import insert_rows
from bot.store.schema import quotes

_OF_CANDIDATE = tuple(field.name for field in fields(Candidate))
_WITH_IDS = select(quotes.c.id).where(quotes.c.id.in_(bindparam("ids", expanding=True)))

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
    found = keep_talk(connection, new, now)
    candidates, gone = _of_those_who_may_be_quoted(connection, candidates)
    keeping = add_version if found.made else keep_version
    home = _Home(found.talk, keeping(connection, found.talk, new, now, recipe), now)
    placed = _place_all(connection, home, candidates, is_new=found.made is not None)
    known = found.made or talk_by_id(connection, home.talk)
    standing = {each.quote.id: each.quote for each in placed if each.quote}
    fates = Counter(each.fate for each in placed)
    if found.made:
        cues, added = new.transcript.cues, [*standing.values()]
        index_new(connection, found.made, home.version, cues, new.fingerprint, added)
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
        (*found.notices, *gone),
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
    connection: Connection, home: _Home, candidates: Sequence[Candidate], *, is_new: bool
) -> list[_Placed]:
    stored = [] if is_new else stored_quotes(connection, home.talk)
    undecided = [row for row in stored if not row.decided]
    passages = [passage(candidate, home.version) for candidate in candidates]
    blocked = _blocked(passages, [row for row in stored if row.decided])
    free = [at for at in range(len(candidates)) if at not in blocked]
    chosen = [free[place] for place in distinct([passages[at] for at in free])]
    partners = match([passages[at] for at in chosen], [row.passage for row in undecided])
    leftover = [row for at, row in enumerate(undecided) if at not in partners.values()]
    _remove_overlapped(connection, leftover, [passages[at] for at in chosen])
    placed = [blocked.get(at, _Placed("skipped")) for at in range(len(candidates))]
    for rank, at in enumerate(chosen):
        if rank in partners:
            partner = undecided[partners[rank]].quote
            placed[at] = _renew(connection, home, candidates[at], partner)
    new = [at for rank, at in enumerate(chosen) if rank not in partners]
    for at, quote in zip(
        new, _added(connection, home, [candidates[at] for at in new]), strict=True
    ):
        placed[at] = _Placed("added", quote)
    return placed


def _added(connection: Connection, home: _Home, new: Sequence[Candidate]) -> list[Quote]:
    """These candidates as quotes of their own, written: one question for all their ids."""
    best = [next(quote_ids(home.talk, one.said)) for one in new]
    free, given = _free(connection, best), set[str]()
    added: list[Quote] = []
    for candidate, name in zip(new, best, strict=True):
        if name in free - given:
            quote = _as_quote(candidate, name, home.talk, home.version)
        else:
            quote = named(connection, home.talk, home.version, candidate, given)
        given.add(quote.id)
        added.append(quote)
    rows = [{**quote_values(quote), "created_at": home.now} for quote in added]
    insert_rows(connection, quotes, rows)
    return added


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
    new = replace(quote, **_told(candidate), transcript=version)
    if _stays_named(quote, new):
        return replace(new, speaker=quote.speaker, role=quote.role, attribution=quote.attribution)
    return new


def _stays_named(quote: Quote, new: Quote) -> bool:
    """Whether a person named who speaks, and neither a person nor a newer label says otherwise."""
    how = new.attribution.how if new.attribution else None
    if quote.attribution is None or quote.attribution.how != "given" or how == "given":
        return False
    return how != "labelled" or quote.transcript == new.transcript


def named(
    connection: Connection,
    talk: str,
    version: int,
    candidate: Candidate,
    given: Collection[str] = (),
) -> Quote:
    """A candidate as a quote of its own: with an id that no other has, nor one of those given."""
    names = (name for name in quote_ids(talk, candidate.said) if name not in given)
    name = next(one for one in names if _free(connection, [one]))
    return _as_quote(candidate, name, talk, version)


def _as_quote(candidate: Candidate, name: str, talk: str, version: int) -> Quote:
    return Quote(**_told(candidate), id=name, talk=talk, transcript=version)


def _told(candidate: Candidate) -> dict[str, Any]:
    return dict(zip(_OF_CANDIDATE, attrgetter(*_OF_CANDIDATE)(candidate), strict=True))


def _free(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of these ids that no quote has."""
    return {*names}.difference(connection.scalars(_WITH_IDS, {"ids": names}) if names else ())
