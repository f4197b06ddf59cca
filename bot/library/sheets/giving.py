"""From the library to sheets: a talk with all that its quotes need to stand elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.errors import LibraryError
from bot.library.details import person_changes, talk_changes
from bot.library.people import name_id, person_of
from bot.library.query import talk_by_id
from bot.library.rows import changed_of, kept_of, post_of, quote_rows
from bot.library.sheets.fields import SHA256
from bot.library.sheets.receipts import receipts
from bot.library.sheets.sheet import Barred, Event, Leaf, Sheet, Speaker, Version
from bot.model import Post, Quote
from bot.store.failures import RESTORE
from bot.store.publishing import posts
from bot.store.schema import (
    barred,
    decisions,
    quotes,
    talks,
    transcripts,
)


def sheet_from(connection: Connection, talk: str) -> Sheet:
    """The sheet of a talk; InputError when there is none of this id."""
    known = talk_by_id(connection, talk)
    added_at = connection.scalar(select(talks.c.created_at).where(talks.c.id == known.id))
    versions = _versions(connection, known.id)
    leaves = tuple(
        _leaves(connection, known.id, {key: one.sha256 for key, one in versions.items()})
    )
    names = (*known.speakers, *(leaf.quote.speaker or "" for leaf in leaves))
    assert added_at is not None  # noqa: S101 - the column is never empty
    return Sheet(
        known,
        added_at,
        talk_changes(connection, known.id)[::-1],
        speakers_from(connection, names),
        tuple(versions.values()),
        leaves,
    )


def speakers_from(connection: Connection, names: Iterable[str]) -> tuple[Speaker, ...]:
    """What is known of those who have these names, each once, in order; others are left out."""
    found = (person_of(connection, name) for name in dict.fromkeys(map(name_id, names)))
    return tuple(
        Speaker(one, person_changes(connection, one.name)[::-1]) for one in found if one is not None
    )


def raw_of(connection: Connection, talk: str, sha256: str) -> bytes:
    """The bytes of a version of a talk's text."""
    wanted = (transcripts.c.talk == talk) & (transcripts.c.source_hash == sha256)
    return bytes(connection.execute(select(transcripts.c.raw).where(wanted)).scalar_one())


def barred_from(connection: Connection) -> tuple[Barred, ...]:
    """The speakers taken down for good, by name."""
    rows = connection.execute(select(barred).order_by(barred.c.id))
    return tuple(Barred(row.name, row.at, row.who) for row in rows)


def _versions(connection: Connection, talk: str) -> dict[int, Version]:
    columns = (transcripts.c.source_hash, transcripts.c.source, transcripts.c.read_at)
    wanted = select(transcripts.c.id, transcripts.c.recipe, *columns)
    rows = connection.execute(wanted.where(transcripts.c.talk == talk).order_by(transcripts.c.id))
    return {row.id: _version(row) for row in rows}


def _version(row: Any) -> Version:
    """A row of ``transcripts``; ``LibraryError`` for a hash that no file could be named after."""
    if not SHA256.fullmatch(row.source_hash):
        place = f"transcript {row.id}"
        raise LibraryError("its hash is damaged in the library", place=place, remedy=RESTORE)
    return Version(row.source_hash, row.source, row.read_at, row.recipe)


def _leaves(connection: Connection, talk: str, hashes: Mapping[int, str]) -> Iterator[Leaf]:
    """The quotes of a talk in the order they are said."""
    of_talk = quotes.c.talk == talk
    events: dict[str, list[Event]] = defaultdict(list)
    made = select(decisions).join(quotes).where(of_talk).order_by(decisions.c.id)
    for row in connection.execute(made):
        events[row.quote].append(_event(row, hashes))
    posted: dict[str, list[Post]] = defaultdict(list)
    out = (posts.c.network, posts.c.account, posts.c.occasion)
    for row in connection.execute(select(posts).join(quotes).where(of_talk).order_by(*out)):
        posted[row.quote].append(post_of(row))
    said = quote_rows().where(of_talk).order_by(quotes.c.start_ms, quotes.c.id)
    for row in connection.execute(said):
        quote = replace(kept_of(row), url=None)
        yield Leaf(
            quote,
            quote.shown,
            _version_of(quote, hashes),
            row.created_at,
            tuple(events[quote.id]),
            tuple(receipts(posted[quote.id])),
        )


def _version_of(quote: Quote, hashes: Mapping[int, str]) -> str:
    """The hash of the text a quote was said in; ``LibraryError`` when it is another talk's."""
    if (found := hashes.get(quote.transcript)) is None:
        reason = "its talk has no such transcript in the library"
        raise LibraryError(reason, place=f"quote {quote.id}", remedy=RESTORE)
    return found


def _event(row: Row[Any], hashes: Mapping[int, str]) -> Event:
    """A row of ``decisions``; transcripts go by their hash, as numbers are of one library."""
    was, became = (
        {**values, "transcript": hashes.get(values["transcript"], "")}
        if "transcript" in values
        else values
        for values in (
            changed_of(row.was, f"quote {row.quote}"),
            changed_of(row.became, f"quote {row.quote}"),
        )
    )
    return Event(
        *(row.at, row.who, row.action, row.before, row.after),
        *(was, became, row.undone_at, row.undone_by),
    )
