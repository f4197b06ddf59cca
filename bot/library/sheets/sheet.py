"""What a sheet holds, as frozen values: a talk and all that its quotes need to stand elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.library.details import Change
from bot.model import Person, Post, Quote, Status, Talk


@dataclass(frozen=True, slots=True)
class Event:
    """One change of a quote by a person, as ``Decision`` has it, and who took it back when."""

    at: datetime
    who: str
    action: str
    before: Status
    after: Status
    was: Mapping[str, Any] = field(default_factory=dict)
    became: Mapping[str, Any] = field(default_factory=dict)
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of the talk; ``given`` are the keys the sheet has, ``line`` is where they stand."""

    person: Person
    history: tuple[Change, ...] = ()
    given: frozenset[str] = field(default=frozenset(), compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the talk's text; its bytes lie beside the sheet, named by their SHA-256."""

    sha256: str
    source: str
    read_at: datetime
    recipe: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One quote of a sheet, from line ``line``.

    ``quote.shown`` is what its edits make of ``said``; ``typed`` is what the sheet shows, which a
    person may have changed. ``version`` is the SHA-256 of the transcript that has the words.
    """

    quote: Quote
    typed: str
    version: str
    found_at: datetime
    events: tuple[Event, ...] = ()
    posts: tuple[Post, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One talk with its quotes; ``path`` and ``given`` are those of the file it was read from."""

    talk: Talk
    added_at: datetime
    history: tuple[Change, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    versions: tuple[Version, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    path: Path = field(default=Path(), compare=False)
    given: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Barred:
    """A speaker taken down for good: the tombstone."""

    name: str
    at: datetime
    who: str
