"""Who speaks: what tables say of people, kept once for all their talks."""

from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from bot.library.names import words
from bot.library.rows import columns_of
from bot.model import Person
from bot.store.schema import people


def introduce(connection: Connection, person: Person) -> None:
    """Keep what is said of a person who is new."""
    values = {**asdict(person), "id": name_id(person.name)}
    connection.execute(insert(people).values(values))


def person_of(connection: Connection, name: str) -> Person | None:
    """What is known of the person of this name, without regard to case."""
    row = connection.execute(select(people).where(people.c.id == name_id(name))).one_or_none()
    if row is None:
        return None
    handles = columns_of(row.handles, "handles", f"person {row.name}")
    return Person(row.name, row.role, row.photo, handles)


def name_id(name: str) -> str:
    """A name without case and marks: what two spellings of it have in common."""
    return " ".join(words(name))
