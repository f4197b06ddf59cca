"""Who may work on the page, and as what; each function is given the connection to do it on."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, exists, insert, select, update

from bot.errors import Unknown, UsageError
from bot.store.schema import sessions, users

Role = Literal["editor", "publisher"]  # a publisher may do all that an editor may
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in by name."""

    name: str
    role: Role
    created_at: datetime


def user_id(name: str) -> str:
    """The name as it is compared: without case, forms of letters or spaces around."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def add_user(connection: Connection, user: User, kept_password: str) -> None:
    """Let somebody in; ``UsageError`` when the name is taken or is none."""
    name = " ".join(user.name.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UsageError(f"a name has 1 to {_LONGEST} letters", remedy="choose another")
    if _is_there(connection, name):
        raise UsageError(f"there is a user '{name}' already", remedy="choose another name")
    row = {"id": user_id(name), "name": name, "role": user.role, "created_at": user.created_at}
    connection.execute(insert(users).values(**row, password=kept_password))


def all_users(connection: Connection) -> tuple[User, ...]:
    """Everybody who may sign in, by name."""
    rows = connection.execute(select(users).order_by(users.c.id))
    return tuple(User(row.name, row.role, row.created_at) for row in rows)


def has_users(connection: Connection) -> bool:
    """Whether anybody has to sign in at all."""
    return bool(connection.scalar(select(exists(select(users.c.id)))))


def kept_password(connection: Connection, name: str) -> str | None:
    """What is kept of somebody's password; None if nobody has the name."""
    return connection.scalar(select(users.c.password).where(users.c.id == user_id(name)))


def set_password(connection: Connection, name: str, kept: str) -> None:
    """Give somebody another password, and end every session of theirs; ``Unknown`` if nobody."""
    _must_be_there(connection, name)
    connection.execute(update(users).where(users.c.id == user_id(name)).values(password=kept))
    connection.execute(delete(sessions).where(sessions.c.user == user_id(name)))


def remove_user(connection: Connection, name: str) -> None:
    """Let somebody in no more; what they decided stays theirs. ``Unknown`` if nobody."""
    _must_be_there(connection, name)
    connection.execute(delete(sessions).where(sessions.c.user == user_id(name)))
    connection.execute(delete(users).where(users.c.id == user_id(name)))


def _is_there(connection: Connection, name: str) -> bool:
    return kept_password(connection, name) is not None


def _must_be_there(connection: Connection, name: str) -> None:
    if not _is_there(connection, name):
        remedy = "`pullquote web users` lists them"
        raise Unknown(f"there is no user '{name}'", remedy=remedy)
