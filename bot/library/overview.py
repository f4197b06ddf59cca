"""What the library has, counted: quotes by talk and by speaker, versions of a talk's text."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from bot.errors import Unknown
from bot.library.people import name_id
from bot.model import Status, Transcript
from bot.store.packing import unpack
from bot.store.schema import NEWEST_FIRST, barred, people, quotes, talks, transcripts


@dataclass(frozen=True, slots=True)
class Tally:
    """How many quotes are in which status."""

    candidate: int = 0
    approved: int = 0
    rejected: int = 0
    retracted: int = 0

    @property
    def all(self) -> int:
        """The quotes that were not taken down."""
        return self.candidate + self.approved + self.rejected


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in talks; ``barred`` when they were taken down for good."""

    name: str
    talks: int
    tally: Tally
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a talk's text, without the text; ``notes`` say what was left out of it."""

    id: int
    source: str
    source_hash: str
    format: str
    cues_present: int
    notes: tuple[str, ...]
    read_at: datetime


def tallies(connection: Connection, ids: Collection[str]) -> dict[str, Tally]:
    """How many quotes these talks have, by id; those without any are left out."""
    counted = select(quotes.c.talk, quotes.c.status, func.count()).where(quotes.c.talk.in_(ids))
    counts: dict[str, dict[Status, int]] = {}
    for talk, status, count in connection.execute(counted.group_by(quotes.c.talk, quotes.c.status)):
        counts.setdefault(talk, {})[status] = count
    return {talk: Tally(**of) for talk, of in counts.items()}


def speakers(connection: Connection) -> tuple[Speaker, ...]:
    """Everybody who is named, by name: in quotes, as speaker of a talk, or known otherwise.

    Spellings that differ in case and marks alone are one.
    """
    named: dict[str, str] = {}
    in_talks: dict[str, set[str]] = {}
    counted: dict[str, Counter[str]] = {}
    for name in connection.scalars(select(people.c.name)):
        named.setdefault(name_id(name), name)
    for talk, names in connection.execute(select(talks.c.id, talks.c.speakers)):
        for name in names:
            named.setdefault(name_id(name), name)
            in_talks.setdefault(name_id(name), set()).add(talk)
    by_speaker = select(quotes.c.speaker, quotes.c.talk, quotes.c.status, func.count())
    grouped = by_speaker.group_by(quotes.c.speaker, quotes.c.talk, quotes.c.status)
    for name, talk, status, count in connection.execute(grouped):
        if name:
            named.setdefault(name_id(name), name)
            in_talks.setdefault(name_id(name), set()).add(talk)
            counted.setdefault(name_id(name), Counter())[status] += count
    taken_down = connection.execute(select(barred.c.id, barred.c.name))
    gone = {row.id: row.name for row in taken_down}
    return tuple(
        Speaker(
            name,
            len(in_talks.get(key, ())),
            Tally(**counted.get(key, Counter())),
            key in gone,
        )
        for key, name in sorted({**gone, **named}.items())
    )


def versions(connection: Connection, talk: str) -> tuple[Version, ...]:
    """The versions of a talk's text, the newest first."""
    columns = [transcripts.c[name] for name in Version.__dataclass_fields__]
    rows = connection.execute(_newest(select(*columns), talk))
    return tuple(_version(row) for row in rows)


def newest_transcript(connection: Connection, talk: str) -> Transcript:
    """The newest version of a talk's text, as it was read; ``Unknown`` if there is none."""
    row = connection.execute(_newest(select(transcripts), talk).limit(1)).one_or_none()
    if row is None:
        raise Unknown(f"the talk '{talk}' has no transcript", remedy="harvest one of it")
    cues, notes = unpack(row.cues), tuple(row.notes)
    return Transcript(row.source, row.format, row.raw, cues, row.cues_present, notes=notes)


def _newest(wanted: Select[Any], talk: str) -> Select[Any]:
    return wanted.where(transcripts.c.talk == talk).order_by(*NEWEST_FIRST)


def _version(row: Row[Any]) -> Version:
    notes: Sequence[str] = row.notes
    return Version(
        row.id, row.source, row.source_hash, row.format, row.cues_present, tuple(notes), row.read_at
    )
