"""What people change of talks and persons, each change recorded with who made it and when."""

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import Connection, insert, update

from bot.errors import UsageError
from bot.library.changes import Author
from bot.library.people import introduce, name_id, person_of
from bot.library.query import talk_by_id
from bot.model import Person, Talk
from bot.store.schema import people, talk_history, talks

_OF_TALK = {
    *("title", "speakers", "event", "url", "date", "language", "media"),
    *("embargo_until", "permission", "timeline", "glossary"),
}


def change_talk(
    connection: Connection, talk: str, values: Mapping[str, object], author: Author
) -> Talk:
    """Write columns of a talk; an empty value takes away what was known. UsageError for another."""
    known = talk_by_id(connection, talk)
    if unknown := sorted(set(values) - _OF_TALK):
        raise UsageError(
            f"a talk has no detail '{unknown[0]}'", remedy=f"it has {sorted(_OF_TALK)}"
        )
    before = {name: old for name, old in asdict(known).items() if name in values}
    _write(connection, {"talk": known.id}, before, values, author)
    return talk_by_id(connection, known.id)


def change_person(connection: Connection, person: Person, author: Author) -> Person:
    """Write all that is known of a person, who may be new; what is empty is forgotten."""
    before = person_of(connection, person.name)
    if before is None:
        introduce(connection, Person(person.name))
    old, new = (asdict(one) for one in (before or Person(person.name), person))
    _write(connection, {"person": name_id(person.name)}, old, new, author)
    return person


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
