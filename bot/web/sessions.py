"""Sessions: kept in the library by the hash of their token, longer with each visit, ended at once.

A session that is used lasts on, for ``_MOST`` times its length at the very most.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.schema import sessions, users
from bot.web.tokens import hashed, new_token
from bot.web.users import User, user_id

_MOST = 6
_SELDOM = timedelta(hours=1)  # a visit writes no oftener than that


def begin(connection: Connection, name: str, now: datetime, length: timedelta) -> str:
    """A new session of somebody; its token, which is told once. Old ones of all are swept out."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    token = new_token()
    row = {"token_hash": hashed(token), "user": user_id(name), "created_at": now}
    connection.execute(insert(sessions).values(**row, expires_at=now + length))
    return token


def user_of(connection: Connection, token: str, now: datetime) -> User | None:
    """Whose session that is; None if it is none, or is over."""
    holds = (sessions.c.token_hash == hashed(token)) & (sessions.c.expires_at > now)
    found = select(users).join(sessions, sessions.c.user == users.c.id).where(holds)
    row = connection.execute(found).one_or_none()
    return User(row.name, row.role, row.created_at) if row else None


def wants_longer(connection: Connection, token: str, now: datetime, length: timedelta) -> bool:
    """Whether a session has aged enough since it was last prolonged to prolong it again."""
    expires_at = select(sessions.c.expires_at).where(sessions.c.token_hash == hashed(token))
    found = connection.scalar(expires_at)
    return found is not None and found < now + length - _SELDOM


def prolong(connection: Connection, token: str, now: datetime, length: timedelta) -> None:
    """Let a session last its whole length from now on, unless it is an old one."""
    mine = sessions.c.token_hash == hashed(token)
    created_at = connection.scalar(select(sessions.c.created_at).where(mine))
    if created_at is not None:
        until = min(now + length, created_at + _MOST * length)
        connection.execute(update(sessions).where(mine).values(expires_at=until))


def end(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.token_hash == hashed(token)))
