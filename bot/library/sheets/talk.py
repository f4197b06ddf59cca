"""A sheet's talk, its people and its transcripts brought to the library."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, insert, select, update

from bot.errors import SheetError
from bot.library.changes import Author
from bot.library.details import OF_TALK, Change, change_person, change_talk
from bot.library.people import introduce, name_id
from bot.library.sheets.details import of_person, of_talk
from bot.library.sheets.giving import speakers_from
from bot.library.sheets.sheet import Sheet, Speaker, Version
from bot.library.talks import arrival, keep_version
from bot.model import Details
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
    for speaker in sheet.speakers:
        conflicts += _meet(connection, speaker, author, is_new=theirs is None)
    return Home(_versions(connection, sheet, raw), tuple(conflicts))


def _add(connection: Connection, sheet: Sheet) -> None:
    hashes = [one.sha256 for one in sheet.versions]
    same = select(transcripts.c.talk).where(transcripts.c.source_hash.in_(hashes))
    if other := connection.scalar(same.limit(1)):
        reason = f"its transcript is that of the talk '{other}' here"
        remedy = f"write `talk: {other}`, and its quotes go there"
        raise SheetError(sheet.path, reason, line=1, remedy=remedy)
    values = {name: getattr(sheet.talk, name) for name in OF_TALK}
    values |= {"id": sheet.talk.id, "duration_ms": sheet.talk.duration_ms}
    connection.execute(insert(talks).values(**values, created_at=sheet.added_at))
    _remember(connection, {"talk": sheet.talk.id}, sheet.history)


def _amend(connection: Connection, sheet: Sheet, theirs: Sheet, author: Author) -> list[str]:
    found = of_talk(sheet, theirs)
    name = theirs.talk.id
    if found.values:
        connection.execute(update(talks).where(talks.c.id == name).values(**found.values))
    _remember(connection, {"talk": name}, found.changes)
    if found.wishes:
        change_talk(connection, name, found.wishes, author)
    return [_other(f"talk {name}", one) for one in found.conflicts]


def _meet(connection: Connection, speaker: Speaker, author: Author, *, is_new: bool) -> list[str]:
    """Bring what a sheet says of a person to what is known of them.

    Of a talk that ``is_new`` nobody wrote here that they are another one: it is a conflict.
    """
    person, stored = speaker.person, name_id(speaker.person.name)
    known = next(iter(speakers_from(connection, [person.name])), None)
    if known is None:
        introduce(connection, person)
        _remember(connection, {"person": stored}, speaker.history)
        return []
    found = of_person(speaker, known)
    if found.values:
        connection.execute(update(people).where(people.c.id == stored).values(**found.values))
    _remember(connection, {"person": stored}, found.changes)
    if found.wishes and not is_new:
        change_person(connection, replace(known.person, **{**found.values, **found.wishes}), author)
    names = (*found.conflicts, *(found.wishes if is_new else ()))
    return [_other(person.name, one) for one in names]


def _other(whose: str, name: str) -> str:
    return f"{whose}: its {name} is another one in the library"


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
