"""A sheet's talk, its people and its transcripts brought to the library."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.errors import SheetError
from bot.library.changes import Author
from bot.library.details import change_person, change_talk
from bot.library.people import introduce, name_id
from bot.library.sheets.details import Amended, amended
from bot.library.sheets.fields import DETAILS, OF_PERSON
from bot.library.sheets.sheet import Change, Sheet, Speaker, Version
from bot.library.talks import arrival, keep_version
from bot.model import Details, Person
from bot.store.schema import people, talk_history, talks, transcripts
from bot.transcripts import read_bytes

Raw = Callable[[Sheet, Version], bytes]


@dataclass(frozen=True, slots=True)
class Home:
    """The talk in the library: its versions by SHA-256, and what could not be brought together."""

    versions: Mapping[str, int]
    conflicts: tuple[str, ...] = ()


def take_talk(
    connection: Connection, sheet: Sheet, theirs: Sheet | None, author: Author, raw: Raw
) -> Home:
    """Add the talk of a sheet with what goes with it, or bring what is known of it up to date.

    ``raw`` gives the bytes of a transcript that the library has not.
    """
    conflicts: list[str] = []
    if theirs is None:
        _add(connection, sheet)
    else:
        conflicts += _amend(connection, sheet, theirs, author)
    known = {name_id(one.person.name): one for one in theirs.speakers} if theirs else {}
    for speaker in sheet.speakers:
        conflicts += _meet(connection, speaker, known.get(name_id(speaker.person.name)), author)
    return Home(_versions(connection, sheet, raw), tuple(conflicts))


def _add(connection: Connection, sheet: Sheet) -> None:
    hashes = [one.sha256 for one in sheet.versions]
    same = select(transcripts.c.talk).where(transcripts.c.source_hash.in_(hashes))
    if other := connection.scalar(same.limit(1)):
        reason = f"its transcript is that of the talk '{other}' here"
        remedy = f"write `talk: {other}`, and its quotes go there"
        raise SheetError(sheet.path, reason, line=1, remedy=remedy)
    values = {name: getattr(sheet.talk, name) for name in DETAILS}
    values |= {"id": sheet.talk.id, "duration_ms": sheet.talk.duration_ms}
    connection.execute(insert(talks).values(**values, created_at=sheet.added_at))
    _remember(connection, {"talk": sheet.talk.id}, sheet.history)


def _amend(connection: Connection, sheet: Sheet, theirs: Sheet, author: Author) -> list[str]:
    mine, known = ({name: getattr(one.talk, name) for name in DETAILS} for one in (sheet, theirs))
    found = amended(mine, sheet.given, known, sheet.history, theirs.history)
    name = theirs.talk.id
    if found.values:
        connection.execute(update(talks).where(talks.c.id == name).values(**found.values))
    _remember(connection, {"talk": name}, found.changes)
    if found.wishes:
        change_talk(connection, name, found.wishes, author)
    return [f"talk {name}: {reason}" for reason in found.conflicts]


def _meet(
    connection: Connection, speaker: Speaker, known: Speaker | None, author: Author
) -> list[str]:
    """Bring what a sheet says of a person to what is known of them."""
    person = speaker.person
    stored = connection.scalar(select(people.c.id).where(people.c.id == name_id(person.name)))
    if stored is None:
        introduce(connection, person)
        _remember(connection, {"person": name_id(person.name)}, speaker.history)
        return []
    if known is None:  # known of another talk alone: what is said here says nothing new
        return []
    mine, theirs = (
        {name: getattr(one.person, name) for name in OF_PERSON} for one in (speaker, known)
    )
    found: Amended = amended(mine, speaker.given, theirs, speaker.history, known.history)
    if found.values:
        connection.execute(update(people).where(people.c.id == stored).values(**found.values))
    _remember(connection, {"person": stored}, found.changes)
    if found.wishes:
        after: dict[str, Any] = {**asdict(known.person), **found.values, **found.wishes}
        after["handles"] = after["handles"] or {}
        change_person(connection, Person(**after), author)
    return [f"{person.name}: {reason}" for reason in found.conflicts]


def _remember(connection: Connection, whom: Mapping[str, str], changes: tuple[Change, ...]) -> None:
    for one in changes:
        connection.execute(insert(talk_history).values(**whom, **asdict(one)))


def _versions(connection: Connection, sheet: Sheet, raw: Raw) -> dict[str, int]:
    """The transcripts of the talk by their hash, those the library lacked read from their bytes."""
    of_talk = select(transcripts.c.source_hash, transcripts.c.id)
    rows = connection.execute(of_talk.where(transcripts.c.talk == sheet.talk.id))
    known = {row.source_hash: row.id for row in rows}
    for one in sheet.versions:
        if one.sha256 not in known:
            new = arrival(Details(), read_bytes(raw(sheet, one), one.source))
            known[one.sha256] = keep_version(
                connection, sheet.talk.id, new, one.read_at, one.recipe
            )
    return known
