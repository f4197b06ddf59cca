"""Between rows of the ledger and the values of ``bot/post.py``."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from bot.errors import LibraryError
from bot.post import Draft, Facet, Image, Key, Outgoing, Posted, Words
from bot.store.publishing import pictures


def key_of(row: Row[Any]) -> Key:
    """The key of a row."""
    return Key(row.network, row.account, row.quote, row.occasion)


def payload_of(draft: Draft, hashes: Sequence[str]) -> dict[str, Any]:
    """All that is sent of a draft, and what it was made from, as JSON."""
    words = draft.words
    facets = [[one.kind, one.start, one.end, one.target] for one in words.facets]
    shown = [[name, one.alt] for name, one in zip(hashes, draft.images, strict=True)]
    return {
        "text": words.text,
        "facets": facets,
        "counted": words.counted,
        "quoted": words.quoted,
        "pictures": shown,
        "language": draft.language,
        "visibility": draft.visibility,
        "warning": draft.warning,
        "link": draft.link,
        "shown": draft.shown,
        "speaker": draft.speaker,
        "look": dict(draft.look),
    }


def keep_pictures(connection: Connection, images: Sequence[Image], now: datetime) -> list[str]:
    """Keep pictures, each once; their hashes."""
    hashes = [sha256(one.data).hexdigest() for one in images]
    known = set(connection.scalars(select(pictures.c.hash).where(pictures.c.hash.in_(hashes))))
    for name, one in zip(hashes, images, strict=True):
        if name not in known:
            known.add(name)
            size = {"width": one.width, "height": one.height, "mime": one.mime, "at": now}
            connection.execute(insert(pictures).values(hash=name, data=one.data, **size))
    return hashes


def find_picture(connection: Connection, name: str, alt: str = "") -> Image | None:
    """The picture of this hash, if it is there."""
    row = connection.execute(select(pictures).where(pictures.c.hash == name)).first()
    return Image(row.data, row.mime, row.width, row.height, alt) if row else None


def picture(connection: Connection, name: str, alt: str = "") -> Image:
    """The picture of this hash; ``LibraryError`` when it is not there."""
    found = find_picture(connection, name, alt)
    if found is None:
        raise LibraryError("a post's picture is missing", remedy="cancel the post and plan it anew")
    return found


def has_pictures(connection: Connection, row: Row[Any]) -> bool:
    """Whether all pictures of a post are there."""
    names = {name for name, _ in row.payload.get("pictures", ())}
    found = connection.scalars(select(pictures.c.hash).where(pictures.c.hash.in_(names)))
    return names == set(found)


def words_of(payload: Mapping[str, Any]) -> Words:
    """The words of a payload; a receipt has none."""
    facets = tuple(Facet(*one) for one in payload.get("facets", ()))
    counted, quoted = payload.get("counted", 0), payload.get("quoted", True)
    return Words(payload.get("text", ""), facets, counted, quoted)


def outgoing(connection: Connection, row: Row[Any]) -> Outgoing:
    """The complete post of a claimed row; a picture that is missing is told by its words alone."""
    payload = row.payload
    shown = payload.get("pictures", ())
    return Outgoing(
        key=key_of(row),
        words=words_of(payload),
        images=tuple(
            find_picture(connection, *one) or Image(b"", "", 0, 0, one[1]) for one in shown
        ),
        at=row.first_at,
        language=payload.get("language"),
        visibility=payload.get("visibility"),
        warning=payload.get("warning"),
    )


def posted(row: Row[Any]) -> Posted:
    """A row as people look at it."""
    payload = row.payload
    shown = payload.get("pictures", ())
    return Posted(
        id=row.id,
        key=key_of(row),
        state=row.state,
        due=row.due_at,
        words=words_of(payload),
        link=payload.get("link"),
        why=row.why,
        pinned=row.pinned,
        revision=row.revision,
        language=payload.get("language"),
        visibility=payload.get("visibility"),
        warning=payload.get("warning"),
        look=payload.get("look", {}),
        pictures=tuple(name for name, _ in shown),
        alts=tuple(alt for _, alt in shown),
        remote_id=row.remote_id,
        url=row.url,
        at=row.at,
        reason=row.reason,
        tries=row.tries,
        planned_at=row.planned_at,
        first_at=row.first_at,
        not_before=row.not_before,
        lease_until=row.lease_until,
        shown=payload.get("shown", ""),
    )
