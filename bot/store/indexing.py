"""What is searched, brought up to date with what changed, in the transaction that changed it.

A quote's place holds its score (thousandths, the best first), its length in characters and a
number of its own. The index lists matches by place, so the best come first without sorting, and
neither a score nor a length costs a look-up.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    Text,
    cast,
    delete,
    insert,
    literal,
    select,
    type_coerce,
)

from bot.model import Cue
from bot.post import SEEN
from bot.store.inserting import insert_rows
from bot.store.keys import rekey
from bot.store.packing import unpack
from bot.store.publishing import posts
from bot.store.schema import (
    NEWEST_FIRST,
    line_index,
    quote_index,
    quotes,
    talks,
    transcripts,
    unindexed,
)
from bot.store.stretches import stretches
from bot.terms import mark, spaced, terms

SCORES, LENGTHS = 100_000, 2047  # a score of 100, and the longest length that is told
LENGTH_BIT, SCORE_BIT, NUMBERS = 20, 31, 0xFFFFF
ANY = "any="  # a mark that every quote and line has
BETWEEN = " = "  # no term of a text, so no phrase runs from what is shown into what was said
_AT_ONCE = 400
_MOST_TERMS = 20_000  # of a line; more is no speech
_NEWEST, _LINES = 2**40, 20


def catch_up(connection: Connection) -> None:
    """Index what was noted as changed."""
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


def first_place(score: float) -> int:
    """The place before which every quote with a better score is."""
    return (SCORES - round(min(max(score, 0), 100) * 1000)) << SCORE_BIT


def date_marks(date: str | None) -> list[str]:
    """The decade, year, month and day of an ISO date, as far as it goes."""
    if not date or not date[:4].isdigit():
        return []
    return [mark("date", date[:length]) for length in (3, 4, 7, 10) if len(date) >= length]


def transcript_at(place: int) -> tuple[int, int]:
    """The transcript a place of ``line_index`` is in, and which of its stretches it is."""
    return _NEWEST - (place >> _LINES), place & ((1 << _LINES) - 1)


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
    connection.execute(delete(quote_index).where(quote_index.c.quote.in_(ids)))
    there = connection.execute(select(*columns).join(talks).where(quotes.c.id.in_(ids))).all()
    rows = _rows(connection, there, _networks(connection, ids))
    insert_rows(connection, quote_index, sorted(rows, key=itemgetter("place")))


def _networks(connection: Connection, ids: Sequence[str]) -> Mapping[str, set[str]]:
    """The networks on which people may see each of these quotes."""
    found: dict[str, set[str]] = defaultdict(set)
    there = posts.c.quote.in_(ids) & posts.c.state.in_(SEEN)
    for row in connection.execute(select(posts.c.quote, posts.c.network).where(there)):
        found[row.quote].add(row.network)
    return found


def _rows(
    connection: Connection, found: Sequence[Row[Any]], networks: Mapping[str, set[str]]
) -> Iterator[dict[str, object]]:
    wanted = [_place(row) for row in found]
    taken = set(
        connection.scalars(select(quote_index.c.place).where(quote_index.c.place.in_(wanted)))
    )
    for row, place in zip(found, wanted, strict=True):
        free = place if place not in taken else _free(connection, place, taken)
        taken.add(free)
        marks = [*_marks(row), *_posted_marks(networks.get(row.id, set()))]
        yield {"place": free, "quote": row.id, "words": _words(row), "marks": " ".join(marks)}


def _place(row: Row[Any]) -> int:
    length = min(len(row.shown), LENGTHS)
    return first_place(row.score) | length << LENGTH_BIT | zlib.crc32(row.id.encode()) & NUMBERS


def _free(connection: Connection, place: int, taken: set[int]) -> int:
    """Another number for a quote of the same score and length."""
    for step in count(1):
        other = place & ~NUMBERS | (place + step) & NUMBERS
        is_it = select(quote_index.c.place).where(quote_index.c.place == other)
        if other not in taken and connection.scalar(is_it) is None:
            break
    return other


def _words(row: Row[Any]) -> str:
    shown, said = terms(row.shown), terms(row.said)
    return " ".join(shown) + (BETWEEN + " ".join(said) if said != shown else "")


def _marks(row: Row[Any]) -> list[str]:
    tags, flags = _listed(row.tags), _listed(row.flags)
    return [
        ANY,
        mark("status", row.status),
        mark("talk", row.talk),
        *_speaker_marks([row.speaker] if row.speaker else []),
        *date_marks(row.date),
        *(found for tag in tags if (found := mark("tag", tag))),
        *(found for flag in flags if (found := mark("flag", flag.partition(":")[0]))),
    ]


def _posted_marks(networks: set[str]) -> list[str]:
    named = sorted({mark("posted", one) for one in networks} - {""})
    return [mark("posted", "any"), *named] if networks else []


def _listed(stored: str) -> list[str]:
    """A list of texts; of a damaged one nothing, as that is told when the quote itself is read."""
    try:
        listed = json.loads(stored)
    except ValueError:
        return []
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


def _speaker_marks(names: Sequence[str]) -> list[str]:
    return [mark("speaker", word) for name in names for word in terms(name)]


def _index_texts(connection: Connection, changed: Sequence[str]) -> None:
    for talk in changed:
        _index_lines(connection, talk)
    rekey(connection, changed)


def _index_lines(connection: Connection, talk: str) -> None:
    """The newest version of a talk's text, and no other."""
    packed = type_coerce(transcripts.c.cues, LargeBinary).label("cues")  # damaged, it is no error
    columns = (transcripts.c.id, packed, talks.c.date, talks.c.speakers)
    versions = select(transcripts.c.id).where(transcripts.c.talk == talk)
    for version in connection.scalars(versions):
        first = (_NEWEST - version) << _LINES
        within = line_index.c.place.between(first, first | ((1 << _LINES) - 1))
        connection.execute(delete(line_index).where(within))
    newest = select(*columns).join(talks).where(transcripts.c.talk == talk)
    row = connection.execute(newest.order_by(*NEWEST_FIRST).limit(1)).one_or_none()
    insert_rows(connection, line_index, list(_lines(row, talk)) if row else [])


def _lines(row: Row[Any], talk: str) -> Iterator[dict[str, object]]:
    cues = _cues(row.cues)
    known = [ANY, mark("talk", talk), *date_marks(row.date)]
    spoken = spaced([cue.text for cue in cues])
    for number, (first, stop) in enumerate(stretches(cues)):
        some = cues[first:stop]
        names = list(dict.fromkeys(cue.speaker for cue in some if cue.speaker)) or row.speakers
        yield {
            "place": ((_NEWEST - row.id) << _LINES) | number,
            "words": " ".join(" ".join(spoken[first:stop]).split()[:_MOST_TERMS]),
            "marks": " ".join([*known, *_speaker_marks(names)]),
        }


def _cues(packed: bytes) -> tuple[Cue, ...]:
    try:
        return unpack(zlib.decompress(packed), words=False)
    except (zlib.error, ValueError, TypeError):  # damaged: ``verify`` tells, and no search finds it
        return ()
