"""The words of publishing as frozen values: what passes between plan, ledger and networks.

Every ``datetime`` is aware. This file imports nothing of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

State = Literal[
    "planned", "sending", "sent", "failed", "unconfirmed", "skipped", "cancelled", "deleted"
]
OUT: tuple[State, ...] = ("sent", "unconfirmed", "deleted")  # may have reached people
SEEN: tuple[State, ...] = ("sent", "unconfirmed")  # people may see it there now
WAITING: tuple[State, ...] = ("planned", "sending")
UNCONFIRMED: tuple[State, ...] = ("unconfirmed",)
HANDED = "handed:"  # how the receipt begins of a post that another program was given
AccountName = tuple[str, str]  # network, permanent id
LinkMode = Literal["none", "text", "link"]  # no link, as words that are no link, as a link
Missed = Literal["post_late_within", "next_slot", "skip"]
Mark = Literal["link", "tag", "mention"]


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a post is known by: it reaches the network at most once.

    ``account`` is the network's own permanent id; ``occasion`` counts from 1.
    """

    network: str
    account: str
    quote: str
    occasion: int = 1


@dataclass(frozen=True, slots=True)
class Facet:
    """A part of a post's words that leads somewhere: characters ``start`` to ``end``.

    ``target`` is the address of a link, a tag without ``#``, a handle without ``@``.
    """

    kind: Mark
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a post, as it is uploaded; sizes in pixels."""

    data: bytes = field(repr=False)
    mime: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a post for one account; ``counted`` is their length as the network counts.

    ``quoted`` is false when the quote did not fit and stands on the card alone.
    """

    text: str
    facets: tuple[Facet, ...] = ()
    counted: int = 0
    quoted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A complete post: all that a network is told, unchanging once planned.

    ``at`` is when it was first claimed: part of what is sent, so a repeat is the same to the byte.
    """

    key: Key
    words: Words
    images: tuple[Image, ...]
    at: datetime
    language: str | None = None
    visibility: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an account is to its network: permanent id, handle without ``@``, address."""

    id: str
    handle: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What an account may post; lengths are counted as ``counting`` says, sizes in bytes.

    ``url`` is what every link counts, None when it counts as long as it is.
    """

    counting: Literal["weighted", "graphemes", "reserved", "plain"]
    most: int
    most_bytes: int | None = None
    url: int | None = None
    image_bytes: int = 5_000_000
    image_pixels: int | None = None
    images: int = 4
    alt: int = 1000
    mimes: tuple[str, ...] = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the network answered; ``rest_until``: it wants no more before that."""

    remote_id: str
    url: str | None
    at: datetime
    rest_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The post is there."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Absent:
    """The post is surely not there and will not come."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Whether the post is there cannot be told; ``why`` for a person."""

    why: str


Reconciled = Found | Absent | Doubtful


@dataclass(frozen=True, slots=True)
class Seen:
    """A post on an account's timeline, whoever made it; ``alts`` are its pictures' words."""

    remote_id: str
    at: datetime
    text: str
    url: str | None = None
    alts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post to be planned: everything but when it is first claimed.

    ``due`` is its slot; ``why`` says in words why it sits there. ``revision``, ``shown`` and
    ``speaker`` are the quote's as it was planned: once another is shown, the post is void.
    """

    key: Key
    due: datetime
    words: Words
    images: tuple[Image, ...] = ()
    language: str | None = None
    visibility: str | None = None
    warning: str | None = None
    link: str | None = None
    why: str = ""
    pinned: bool = False
    revision: int = 0
    shown: str = ""
    speaker: str | None = None
    look: Mapping[str, str] = field(default_factory=dict)  # template and theme of the card


def why_void(
    planned: Mapping[str, Any],
    status: str,
    shown: str,
    speaker: str | None,
    permission: str | None = None,
) -> str:
    """Why a planned post does not hold any more ("" when it does): its quote as it is now.

    ``planned`` has ``shown`` and ``speaker`` as they were when it was planned; ``permission`` is
    that of the talk.
    """
    if status != "approved":
        return f"the quote is {status} now"
    if (planned.get("shown"), planned.get("speaker")) != (shown, speaker):
        return "the quote was changed since it was planned"
    if permission == "refused":
        return "the quote is of a talk whose permission was refused"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A row of the ledger as people look at it; its pictures stay in the database.

    ``reason`` says why it failed, waits or was skipped; ``tries`` counts calls of the network, the
    first after ``first_at``.
    """

    id: int
    key: Key
    state: State
    due: datetime | None
    words: Words
    link: str | None = None
    why: str = ""
    pinned: bool = False
    revision: int = 0
    language: str | None = None
    visibility: str | None = None
    warning: str | None = None
    look: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()  # their hashes, by which the ledger gives them
    alts: tuple[str, ...] = ()
    remote_id: str | None = None
    url: str | None = None
    at: datetime | None = None
    reason: str = ""
    tries: int = 0
    planned_at: datetime | None = None
    first_at: datetime | None = None
    not_before: datetime | None = None
    lease_until: datetime | None = None
    shown: str = ""  # of the quote as it was planned; a receipt has none

    @property
    def handed(self) -> bool:
        """Whether another program was given it, and nobody here knows when it goes out."""
        return (self.remote_id or "").startswith(HANDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as the ledger knows it; ``label`` is its name in the settings, which may change.

    ``paused`` says why nothing is published (empty: it is); ``reconciled_at`` is when its timeline
    was last matched with the ledger, None when never; ``rest_until`` is the network's own wish.
    """

    network: str
    id: str
    label: str
    handle: str = ""
    url: str | None = None
    paused: str = ""
    paused_at: datetime | None = None
    reconciled_at: datetime | None = None
    rest_until: datetime | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
