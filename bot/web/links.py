"""Links for speakers: an address for one talk that nobody guesses, that ends and can be ended.

Only the hash of its token is kept: the address is told once, to the person who made it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from bot.errors import InputError, Unknown
from bot.library.query import talk_by_id
from bot.store.schema import speaker_links
from bot.web.tokens import hashed, new_token

LONGEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """A link as the library knows it; ``revoked_at`` is when a person ended it."""

    id: int
    talk: str
    speaker: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at


def make_link(
    connection: Connection, talk: str, speaker: str, who: str, now: datetime, length: timedelta
) -> str:
    """Make a link and give its token; ``Unknown`` without the talk, InputError without speaker."""
    name = " ".join(speaker.split())
    if not name:
        raise InputError("a link is for somebody", remedy="give the speaker's name")
    if not timedelta() < length <= LONGEST:
        raise InputError(
            f"a link lasts at most {LONGEST.days} days", remedy="make another one afterwards"
        )
    token = new_token()
    connection.execute(
        insert(speaker_links).values(
            token_hash=hashed(token),
            talk=talk_by_id(connection, talk).id,
            speaker=name,
            created_by=who,
            created_at=now,
            expires_at=now + length,
        )
    )
    return token


def link_of(connection: Connection, token: str) -> SpeakerLink | None:
    """The link of a token, ended or not: its page says which. None if there never was one."""
    row = connection.execute(_links().where(speaker_links.c.token_hash == hashed(token)))
    found = row.one_or_none()
    return SpeakerLink(*found) if found else None


def links_for(connection: Connection, talk: str) -> tuple[SpeakerLink, ...]:
    """Every link to a talk, the latest first."""
    latest = speaker_links.c.created_at.desc(), speaker_links.c.id.desc()
    rows = connection.execute(_links().where(speaker_links.c.talk == talk).order_by(*latest))
    return tuple(SpeakerLink(*row) for row in rows)


def revoke_link(connection: Connection, talk: str, number: int, now: datetime) -> None:
    """End a link of a talk; one that was ended stays as it was. ``Unknown`` if there is none."""
    mine = (speaker_links.c.id == number) & (speaker_links.c.talk == talk)
    if connection.scalar(select(speaker_links.c.id).where(mine)) is None:
        raise Unknown(f"there is no link {number}", remedy="the page of the talk lists them")
    open_one = mine & speaker_links.c.revoked_at.is_(None)
    connection.execute(update(speaker_links).where(open_one).values(revoked_at=now))


def _links() -> Select[*tuple[Any, ...]]:
    names = SpeakerLink.__dataclass_fields__
    return select(*(speaker_links.c[name] for name in names))
