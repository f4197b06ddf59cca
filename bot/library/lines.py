"""Finds lines of transcripts, picked as quotes or not: the newest talk first, each in its order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.errors import QueryError
from bot.library.asking import Query
from bot.library.matching import places
from bot.library.searching import Span, check_talks, marked
from bot.model import Cue
from bot.store.packing import unpack
from bot.store.schema import transcripts
from bot.store.searched import transcript_at
from bot.store.stretches import stretches, text_of

_OF_QUOTES = {"status", "tag", "flag", "score", "length", "posted"}
_AT_ONCE = 100  # stretches that are read to fill a page
_END = re.compile(r"[.!?…]+[\"'“”’»)]*\s+|[。！？]+[」』”]*\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """Where a talk says what was looked for; ``marked`` are the characters of ``text`` that do.

    ``start_ms`` is that of the cue in which the first of them stands.
    """

    talk: str
    transcript: int
    start_ms: int
    text: str
    speaker: str | None
    marked: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundLines:
    """The first lines that were found; with ``more`` there are others."""

    lines: tuple[Line, ...]
    more: bool = False


def search_lines(connection: Connection, query: Query, limit: int) -> FoundLines:
    """The lines with all of the words; QueryError for a query without words, or of quotes alone."""
    _check(query)
    check_talks(connection, query)
    found: dict[tuple[int, int], Line] = {}
    offset = 0
    while len(found) <= limit:
        some = places(connection, "line_index", query, _AT_ONCE, offset)
        for line in _lines(connection, some, query):
            place = (line.transcript, line.start_ms)  # neighbours share a cue: the fuller one stays
            found[place] = max(line, found.get(place, line), key=lambda one: len(one.text))
        offset += _AT_ONCE
        if len(some) < _AT_ONCE:
            break
    lines = tuple(found.values())
    return FoundLines(lines[:limit], len(lines) > limit)


def _check(query: Query) -> None:
    ranges = [(one.at, one.key) for one in query.ranges]
    for at, key in [*((one.at, one.key) for one in query.clauses), *ranges]:
        if key in _OF_QUOTES:
            reason = f"'{key}:' is of quotes, a transcript has none"
            raise QueryError(query.text, at, reason, remedy="leave it out, or search quotes")
    if not query.words:
        reason = "there is no word to look for in transcripts"
        raise QueryError(query.text, 1, reason, remedy="write a word that was said")


def _lines(connection: Connection, found: Sequence[int], query: Query) -> Iterator[Line]:
    spots = [transcript_at(place) for place in found]
    columns = (transcripts.c.id, transcripts.c.talk, transcripts.c.cues)
    wanted = select(*columns).where(transcripts.c.id.in_({version for version, _ in spots}))
    texts = {row.id: (row.talk, unpack(row.cues)) for row in connection.execute(wanted)}
    runs = {version: list(stretches(cues)) for version, (_, cues) in texts.items()}
    for version, number in spots:
        # Another program may have changed the text, or taken it away, since it was indexed.
        for first, stop in runs.get(version, [])[number : number + 1]:
            talk, cues = texts[version]
            some = cues[first:stop]
            if spans := marked(text_of(some), query.words):
                yield _line(talk, version, some, spans)


def _line(talk: str, version: int, cues: Sequence[Cue], spans: Sequence[Span]) -> Line:
    """The sentences of a stretch in which the words stand."""
    whole = text_of(cues)
    ends = [0, *(match.end() for match in _END.finditer(whole)), len(whole)]
    first = max(end for end in ends if end <= spans[0][0])
    stop = min(end for end in ends if end >= spans[-1][1])
    cue = _cue_at(cues, spans[0][0])
    text = whole[first:stop].rstrip()
    moved = tuple((start - first, end - first) for start, end in spans)
    return Line(talk, version, cue.start_ms, text, cue.speaker, moved)


def _cue_at(cues: Sequence[Cue], offset: int) -> Cue:
    for cue in cues:
        offset -= len(cue.text) + 1
        if offset < 0:
            break
    return cue
