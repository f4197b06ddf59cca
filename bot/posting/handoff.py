"""Posts for another program: pictures and a table, and never the same post twice.

Buffer's bulk upload takes a CSV of ``Text``, ``Image URL``, ``Tags`` and ``Posting Time``, a
hundred rows, times in the channel's zone as 2026-12-24 17:30. Its pictures must have addresses on
the web, so nothing is handed over to it before a person says where the folder will be found, or
that the posts go without pictures. Beside each picture lies its alt text, in a ``.txt``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection

from bot.cards.files import write_together
from bot.errors import UsageError
from bot.post import HANDED, Posted, Receipt
from bot.posting.terms import Terms
from bot.publishing import queue
from bot.publishing.rows import picture
from bot.spreadsheets import table

To = Literal["buffer", "csv", "json"]
_BY_ADDRESS: dict[To, str] = {"buffer": "Buffer"}  # who fetches pictures, and has no files of them
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}
_COLUMNS = (
    *("account", "network", "text", "images", "alt", "at", "zone", "at_utc", "link", "tags"),
    *("quote", "occasion", "handed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A post as it is handed over; ``at`` is on the clock of its account."""

    post: Posted
    account: str
    zone: str
    at: datetime
    images: tuple[str, ...]
    mark: str


def hand_over(
    connection: Connection,
    due: Sequence[tuple[Terms, Posted]],
    to: To,
    folder: Path | None,
    now: datetime,
    address: str = "",
    *,
    pictures: bool = True,
    again: str = "",
) -> tuple[Handed, ...]:
    """Write posts for another program and note them as sent; without a folder nothing is written.

    The files come first: a post is noted only when they are there. ``again`` names the person who
    wants once more what was handed over before. UsageError where pictures would need an
    ``address``, unless they are left out.
    """
    handed: list[Handed] = []
    files: dict[str, bytes] = {}
    for terms, full in due:
        post = full if pictures else replace(full, pictures=(), alts=())
        if post.pictures and to in _BY_ADDRESS and not address:
            raise _nowhere(terms, to)
        one, drawn = _handed(connection, terms, post, to)
        handed.append(one)
        files |= drawn
    if not handed:
        return ()
    name = f"posts-{to}-{_digest([one.mark for one in handed])}"
    name += ".json" if to == "json" else ".csv"
    files[name] = _TABLES[to](handed, address).encode()
    if folder is not None:
        write_together(folder, files)
    for one in handed:
        if again:
            told = f"{one.post.reason}; again to {to} by {again}, {now:%Y-%m-%d %H:%M} UTC"
            queue.handed_again(connection, one.post.id, one.mark, told)
            continue
        receipt = Receipt(one.mark, None, one.post.due or now)
        queue.adopt(connection, one.post.key, receipt, f"handed over to {to}")
    return tuple(handed)


def _nowhere(terms: Terms, to: To) -> UsageError:
    reason = f"{_BY_ADDRESS[to]} fetches pictures, and nothing says where they will lie"
    remedy = "give the address of the folder, --address https://…, or say --without-pictures"
    return UsageError(reason, place=f"account {terms.label}", remedy=remedy)


def _handed(
    connection: Connection, terms: Terms, post: Posted, to: To
) -> tuple[Handed, dict[str, bytes]]:
    pictures: dict[str, bytes] = {}
    texts: dict[str, bytes] = {}
    for place, (name, alt) in enumerate(zip(post.pictures, post.alts, strict=True), 1):
        image = picture(connection, name)
        stem = f"{terms.label}-{post.key.quote}-{post.key.occasion}-{place}"
        pictures[stem + _ENDINGS.get(image.mime, "")] = image.data
        texts[f"{stem}.txt"] = alt.encode() + b"\n"
    key = post.key
    mark = f"{HANDED}{to}:{_digest([key.network, key.account, key.quote, str(key.occasion)])}"
    due = post.due or post.at
    assert due is not None  # noqa: S101 - a planned post has a time
    at = due.astimezone(terms.rota.zone)
    handed = Handed(
        post=post, account=terms.label, zone=str(terms.rota.zone), at=at, images=tuple(pictures),
        mark=mark,
    )  # fmt: skip
    return handed, pictures | texts


def _buffer(handed: Sequence[Handed], address: str) -> str:
    columns = ("Text", "Image URL", "Tags", "Posting Time")
    rows = []
    for one in handed:
        first = one.images[0] if address and one.images else ""
        url = f"{address.rstrip('/')}/{first}" if first else ""
        rows.append((one.post.words.text, url, "", f"{one.at:%Y-%m-%d %H:%M}"))
    return table(columns, rows)


def _csv(handed: Sequence[Handed], _address: str) -> str:
    return table(_COLUMNS, ([str(value) for value in _row(one).values()] for one in handed))


def _json(handed: Sequence[Handed], _address: str) -> str:
    rows = [
        {**_row(one), "images": list(one.images), "alt": list(one.post.alts), "tags": _tags(one)}
        for one in handed
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(one: Handed) -> dict[str, str | int]:
    post = one.post
    at_utc = post.due.isoformat() if post.due else ""
    values = (
        *(one.account, post.key.network, post.words.text, "; ".join(one.images)),
        *("; ".join(post.alts), f"{one.at:%Y-%m-%d %H:%M}", one.zone, at_utc, post.link or ""),
        *("; ".join(_tags(one)), post.key.quote, post.key.occasion, one.mark),
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _tags(one: Handed) -> list[str]:
    return [facet.target for facet in one.post.words.facets if facet.kind == "tag"]


def _digest(parts: Sequence[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:12]


_TABLES = {"buffer": _buffer, "csv": _csv, "json": _json}
