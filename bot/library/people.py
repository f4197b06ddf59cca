"""Who speaks: what tables say of people, kept once for all their talks."""

from sqlalchemy import Connection, insert, select, update

from bot.library.names import words
from bot.model import Person
from bot.store.schema import people


def introduce(connection: Connection, person: Person) -> None:
    """Keep what is said of a person; what is left out stays as it was known."""
    name = name_id(person.name)
    known = person_of(connection, person.name)
    handles = {**(known.handles if known else {}), **person.handles}
    said = {key: value for key in ("role", "photo") if (value := getattr(person, key))}
    if known is None:
        added = insert(people).values(id=name, name=person.name, handles=handles, **said)
        connection.execute(added)
    else:
        changed = update(people).where(people.c.id == name).values(handles=handles, **said)
        connection.execute(changed)


def person_of(connection: Connection, name: str) -> Person | None:
    """What is known of the person of this name, without regard to case."""
    row = connection.execute(select(people).where(people.c.id == name_id(name))).one_or_none()
    return Person(row.name, row.role, row.photo, row.handles) if row else None


def name_id(name: str) -> str:
    """A name without case and marks: what two spellings of it have in common."""
    return " ".join(words(name))
