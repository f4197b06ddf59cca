"""What search goes by, written: a row for each quote and for each stretch of a talk's text.

A quote's place holds its score (thousandths, the best first), its length in characters and a
number of its own. The index lists matches by place, so the best come first without sorting, and
neither a score nor a length costs a look-up.
"""

import zlib
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from bot.model import Cue
from bot.remembering import remembered
from bot.store.inserting import insert_rows
from bot.store.schema import line_index, quote_index
from bot.store.stretches import stretches
from bot.terms import mark, spaced, terms

SCORES, LENGTHS = 100_000, 2047  # a score of 100, and the longest length that is told
LENGTH_BIT, SCORE_BIT, NUMBERS = 20, 31, 0xFFFFF
ANY = "any="  # a mark that every quote and line has
BETWEEN = " = "  # no term of a text, so no phrase runs from what is shown into what was said
_MOST_TERMS = 20_000  # of a line; more is no speech
_NEWEST, _LINES = 2**40, 20
_TAKEN = select(quote_index.c.place).where(
    quote_index.c.place.in_(bindparam("places", expanding=True))
)
_OF_VERSION = delete(line_index).where(
    line_index.c.place.between(bindparam("first"), bindparam("last"))
)


class SeenQuote(NamedTuple):
    """What of a quote is searched; ``networks`` are those on which people may see it."""

    id: str
    said: str
    shown: str
    score: float
    speaker: str | None
    talk: str
    status: str
    date: str | None
    flags: Collection[str]
    tags: Collection[str]
    networks: Collection[str] = ()


class SpokenText(NamedTuple):
    """A version of a talk's text, as it is searched."""

    talk: str
    version: int
    cues: Sequence[Cue]
    date: str | None
    speakers: tuple[str, ...]


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


def write_quotes(connection: Connection, seen: Sequence[SeenQuote]) -> None:
    """Index these quotes, of which nothing is there."""
    wanted = [_place(one) for one in seen]
    taken = set(connection.scalars(_TAKEN, {"places": wanted}))
    words = [" ".join(one.split()) for one in spaced([text for one in seen for text in one[1:3]])]
    rows = []
    for one, place, said, shown in zip(seen, wanted, words[::2], words[1::2], strict=True):
        free = place if place not in taken else _free(connection, place, taken)
        taken.add(free)
        spoken = shown + (BETWEEN + said if said != shown else "")
        marks = " ".join(_marks(one))
        rows.append({"place": free, "quote": one.id, "words": spoken, "marks": marks})
    # FTS5 writes out what it has in memory whenever a place comes before the one it had last.
    insert_rows(connection, quote_index, sorted(rows, key=itemgetter("place")))


def write_lines(connection: Connection, versions: Sequence[int], text: SpokenText | None) -> None:
    """Index a text in place of what is there of these versions."""
    for version in versions:
        first = (_NEWEST - version) << _LINES
        connection.execute(_OF_VERSION, {"first": first, "last": first | ((1 << _LINES) - 1)})
    insert_rows(connection, line_index, list(_lines(text)) if text else [])


def _place(one: SeenQuote) -> int:
    length = min(len(one.shown), LENGTHS)
    return first_place(one.score) | length << LENGTH_BIT | zlib.crc32(one.id.encode()) & NUMBERS


def _free(connection: Connection, place: int, taken: set[int]) -> int:
    """Another number for a quote of the same score and length."""
    for step in count(1):
        other = place & ~NUMBERS | (place + step) & NUMBERS
        is_it = select(quote_index.c.place).where(quote_index.c.place == other)
        if other not in taken and connection.scalar(is_it) is None:
            break
    return other


def _marks(one: SeenQuote) -> list[str]:
    posted = sorted({mark("posted", name) for name in one.networks} - {""})
    return [
        ANY,
        mark("status", one.status),
        mark("talk", one.talk),
        *_speaker_marks((one.speaker,) if one.speaker else ()),
        *date_marks(one.date),
        *(found for tag in one.tags if (found := mark("tag", tag))),
        *(found for flag in one.flags if (found := mark("flag", flag.partition(":")[0]))),
        *([mark("posted", "any"), *posted] if one.networks else ()),
    ]


@remembered(1000)
def _speaker_marks(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([mark("speaker", word) for name in names for word in terms(name)])


def _lines(text: SpokenText) -> Iterator[dict[str, object]]:
    known = [ANY, mark("talk", text.talk), *date_marks(text.date)]
    words = spaced([cue.text for cue in text.cues])
    speakers = [cue.speaker for cue in text.cues]
    for number, (first, stop) in enumerate(stretches(text.cues)):
        names = tuple(filter(None, dict.fromkeys(speakers[first:stop]))) or text.speakers
        yield {
            "place": ((_NEWEST - text.version) << _LINES) | number,
            "words": " ".join(" ".join(words[first:stop]).split()[:_MOST_TERMS]),
            "marks": " ".join([*known, *_speaker_marks(names)]),
        }
