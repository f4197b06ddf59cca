"""What people change of talks and persons, each change recorded with who made it and when."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from bot.errors import Stale, UsageError
from bot.library.changes import Author
from bot.library.people import introduce, name_id, person_of
from bot.library.query import talk_by_id
from bot.library.rows import columns_of
from bot.model import Details, Person, Talk
from bot.store.schema import people, talk_history, talks

OF_TALK = (*(field.name for field in fields(Details)), "glossary")
OF_PERSON = ("role", "photo", "handles")


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changed of a talk or of somebody: column → value, before and since."""

    at: datetime
    who: str
    was: Mapping[str, Any]
    became: Mapping[str, Any]


def seen(subject: Talk | Person) -> str:
    """A mark of all that a page shows of a talk or person, by which it knows what is stale."""
    return sha256(json.dumps(asdict(subject), sort_keys=True).encode()).hexdigest()


def change_talk(
    connection: Connection,
    talk: str,
    values: Mapping[str, object],
    author: Author,
    as_seen: str | None = None,
) -> Talk:
    """Write columns of a talk; an empty value takes away what was known. UsageError for another.

    Stale where ``as_seen`` is the mark (``seen``) of a talk that was changed since.
    """
    known = talk_by_id(connection, talk)
    _refuse_stale(connection, known, talk_history.c.talk == known.id, as_seen)
    if unknown := sorted(set(values) - set(OF_TALK)):
        raise UsageError(f"a talk has no detail '{unknown[0]}'", remedy=f"it has {sorted(OF_TALK)}")
    before = {name: old for name, old in asdict(known).items() if name in values}
    _write(connection, {"talk": known.id}, before, values, author)
    return talk_by_id(connection, known.id)


def change_person(
    connection: Connection, person: Person, author: Author, as_seen: str | None = None
) -> Person:
    """Write all that is known of a person, who may be new; what is empty is forgotten.

    Stale as ``change_talk`` has it; of somebody new, a page saw their name alone.
    """
    before = person_of(connection, person.name)
    theirs = talk_history.c.person == name_id(person.name)
    _refuse_stale(connection, before or Person(person.name), theirs, as_seen)
    if before is None:
        introduce(connection, Person(person.name))
    old, new = (asdict(one) for one in (before or Person(person.name), person))
    _write(connection, {"person": name_id(person.name)}, old, new, author)
    return person


def tell_more(connection: Connection, person: Person, author: Author) -> None:
    """Keep what is said of a person, who may be new; what is left out stays as it was known."""
    known = person_of(connection, person.name)
    if known is None:
        introduce(connection, person)
        return
    role, photo = person.role or known.role, person.photo or known.photo
    more = Person(known.name, role, photo, {**known.handles, **person.handles})
    change_person(connection, more, author)


def talk_changes(connection: Connection, talk: str) -> tuple[Change, ...]:
    """What people changed of a talk, the last change first."""
    return _changes(connection, talk_history.c.talk == talk)


def person_changes(connection: Connection, name: str) -> tuple[Change, ...]:
    """What people changed of somebody, the last change first."""
    return _changes(connection, talk_history.c.person == name_id(name))


def _changes(connection: Connection, subject: ColumnElement[bool]) -> tuple[Change, ...]:
    found = select(talk_history).where(subject).order_by(talk_history.c.id.desc())
    rows = connection.execute(found)
    return tuple(
        Change(
            row.at,
            row.who,
            columns_of(row.was, "was", f"change {row.id}"),
            columns_of(row.became, "became", f"change {row.id}"),
        )
        for row in rows
    )


def _refuse_stale(
    connection: Connection,
    known: Talk | Person,
    subject: ColumnElement[bool],
    as_seen: str | None,
) -> None:
    if as_seen is None or as_seen == seen(known):
        return
    last = _changes(connection, subject)[:1]
    by = f" by {last[0].who}" if last else ""
    raise Stale(
        f"was changed{by} while you looked at it",
        place=known.title if isinstance(known, Talk) else known.name,
        remedy="look at both versions, then save again",
    )


def _write(
    connection: Connection,
    subject: Mapping[str, str],
    before: Mapping[str, object],
    values: Mapping[str, object],
    author: Author,
) -> None:
    """Write what differs, and the row that says so."""
    became = {name: new for name, new in values.items() if _plain(before[name]) != _plain(new)}
    if not became:
        return
    table, name = (talks, subject["talk"]) if "talk" in subject else (people, subject["person"])
    connection.execute(update(table).where(table.c.id == name).values(became))
    was = {name: before[name] for name in became}
    row = {**subject, "at": author.now, "who": author.who, "was": was, "became": became}
    connection.execute(insert(talk_history).values(row))


def _plain(value: object) -> object:
    """A value as JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value
