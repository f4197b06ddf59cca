"""What is searched, brought up to date with what changed, in the transaction that changed it."""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    Connection,
    LargeBinary,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    literal,
    select,
    type_coerce,
)

from bot.model import Cue, Quote, Talk
from bot.post import SEEN
from bot.store.keys import rekey, write_keys
from bot.store.packing import unpack
from bot.store.publishing import posts
from bot.store.schema import NEWEST_FIRST, quote_index, quotes, talks, transcripts, unindexed
from bot.store.searched import SeenQuote, SpokenText, write_lines, write_quotes

_AT_ONCE = 400
_ANY_WAITS = select(unindexed.c.kind).limit(1)
_ITS_QUOTES = select(quotes.c.id).where(quotes.c.talk == bindparam("talk"))
_NOTED_OF_TALK = delete(unindexed).where(
    (unindexed.c.kind.in_(["talk", "lines"]) & (unindexed.c.id == bindparam("talk")))
    | ((unindexed.c.kind == "quote") & unindexed.c.id.in_(_ITS_QUOTES))
)
_INDEXED_OF_TALK = delete(quote_index).where(quote_index.c.quote.in_(_ITS_QUOTES))


def catch_up(connection: Connection) -> None:
    """Index what was noted as changed."""
    if connection.execute(_ANY_WAITS).first() is None:
        return
    for kind, index in (
        ("talk", _note_all_of),
        ("quote", _index_quotes),
        ("lines", _index_texts),
        ("keys", rekey),  # of a library from before there were any
    ):
        waiting = _waiting(connection, kind)
        while waiting:
            index(connection, waiting)
            _done(connection, kind, waiting)
            waiting = _waiting(connection, kind) if len(waiting) == _AT_ONCE else ()


def index_new(
    connection: Connection,
    talk: Talk,
    version: int,
    cues: Sequence[Cue],
    fingerprint: bytes,
    found: Sequence[Quote],
) -> None:
    """Index a talk that this transaction made, of one version, as ``catch_up`` would.

    What was just written is not read back, nor unpacked.
    """
    text = SpokenText(talk.id, version, cues, talk.date, talk.speakers)
    seen = [
        SeenQuote(
            *(one.id, one.said, one.shown, one.score, one.speaker, one.talk),
            *(one.status, talk.date, one.flags, one.tags),
        )
        for one in found
    ]
    connection.execute(_INDEXED_OF_TALK, {"talk": talk.id})
    write_quotes(connection, seen)
    write_lines(connection, [version], text)
    write_keys(connection, [talk.id], [(talk.id, talk.title, fingerprint)])
    connection.execute(_NOTED_OF_TALK, {"talk": talk.id})


def _waiting(connection: Connection, kind: str) -> Sequence[str]:
    waits = select(unindexed.c.id).where(unindexed.c.kind == kind)
    return connection.scalars(waits.limit(_AT_ONCE)).all()


def _note_all_of(connection: Connection, changed: Sequence[str]) -> None:
    """What is known of these talks is known of their quotes and lines."""
    noted = select(unindexed.c.id)
    quote, of_talk = quotes.c.id, transcripts.c.talk
    for kind, key, talk in (("quote", quote, quotes.c.talk), ("lines", of_talk, of_talk)):
        others = key.not_in(noted.where(unindexed.c.kind == kind))
        rows = select(literal(kind), key).distinct().where(talk.in_(changed), others)
        connection.execute(insert(unindexed).from_select(["kind", "id"], rows))


def _done(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    connection.execute(delete(unindexed).where(unindexed.c.kind == kind, unindexed.c.id.in_(ids)))


def _index_quotes(connection: Connection, ids: Sequence[str]) -> None:
    plain = (quotes.c[name] for name in ("id", "said", "shown", "score", "speaker", "talk"))
    listed = (cast(quotes.c[name], Text).label(name) for name in ("flags", "tags"))
    columns = (*plain, quotes.c.status, talks.c.date, *listed)
    networks = _networks(connection, ids)
    there = connection.execute(select(*columns).join(talks).where(quotes.c.id.in_(ids)))
    seen = [
        SeenQuote._make((*known, _listed(flags), _listed(tags), networks.get(known[0], ())))
        for *known, flags, tags in there
    ]
    connection.execute(delete(quote_index).where(quote_index.c.quote.in_(ids)))
    write_quotes(connection, seen)


def _networks(connection: Connection, ids: Sequence[str]) -> Mapping[str, set[str]]:
    """The networks on which people may see each of these quotes."""
    found: dict[str, set[str]] = defaultdict(set)
    there = posts.c.quote.in_(ids) & posts.c.state.in_(SEEN)
    for row in connection.execute(select(posts.c.quote, posts.c.network).where(there)):
        found[row.quote].add(row.network)
    return found


def _listed(stored: str) -> list[str]:
    """A list of texts; of a damaged one nothing, as that is told when the quote itself is read."""
    try:
        listed = json.loads(stored)
    except (ValueError, RecursionError):
        return []
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


def _index_texts(connection: Connection, changed: Sequence[str]) -> None:
    for talk in changed:
        _index_lines(connection, talk)
    rekey(connection, changed)


def _index_lines(connection: Connection, talk: str) -> None:
    """The newest version of a talk's text, and no other."""
    packed = type_coerce(transcripts.c.cues, LargeBinary).label("cues")  # damaged, it is no error
    columns = (transcripts.c.id, packed, talks.c.date, cast(talks.c.speakers, Text))
    versions = connection.scalars(select(transcripts.c.id).where(transcripts.c.talk == talk)).all()
    newest = select(*columns).join(talks).where(transcripts.c.talk == talk)
    text = None
    for version, cues, date, speakers in connection.execute(
        newest.order_by(*NEWEST_FIRST).limit(1)
    ):
        text = SpokenText(talk, version, _cues(cues), date, tuple(_listed(speakers)))
    write_lines(connection, versions, text)


def _cues(packed: bytes) -> tuple[Cue, ...]:
    try:
        return unpack(zlib.decompress(packed), words=False)
    except (zlib.error, ValueError, TypeError):  # damaged: ``verify`` tells, and no search finds it
        return ()
