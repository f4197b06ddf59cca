"""A Bluesky server's answers as they must be, https://docs.bsky.app/docs/category/http-reference.

A record's value is what its writer made of it, so nothing is asked of that.
"""

from typing import Any

from msgspec import Struct


class Session(Struct):
    """Who is signed in."""

    did: str
    handle: str


class Uploaded(Struct):
    """A picture, as records name it."""

    blob: dict[str, Any]


class Put(Struct):
    """Where a record is."""

    uri: str


class Resolved(Struct):
    """Whose a handle is."""

    did: str


class Record(Struct):
    """A record, and where it is."""

    uri: str
    value: dict[str, Any]


class Page(Struct):
    """Records, and what leads to those after them."""

    records: list[Record]
    cursor: str | None = None


class Done(Struct):
    """What says nothing but that it was done."""
