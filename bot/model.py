"""The words of the program as frozen values: what passes between two modules.

Times are whole milliseconds from the start of the recording; every ``datetime`` is aware.
This file imports nothing of ours.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from msgspec import Struct

How = Literal["labelled", "given", "inferred"]
Role = Literal["main", "host", "audience"]
Status = Literal["candidate", "approved", "rejected", "retracted"]
Timeline = Literal["exact", "shifted"]  # shifted: the copy people hear has other adverts
Permission = Literal["granted", "asked", "refused"]
Cleanup = Literal["none", "light"]
ABOUT = "approximate time"  # the flag of a quote whose time is not exact
PROPOSED = "proposed"  # the flag of a quote that somebody wants approved
BY_HAND = "added by hand"  # the flag of a quote that a person added, not the scorer
UNTOLD = "und"  # the language (ISO 639-2) of words that are not English and tell no more
UNTRAINED = "untrained"  # the flag of a quote in a language the scorer did not learn
EditKind = Literal[
    "trim-start", "trim-end", "filler", "repeat", "cut", "glossary", "case", "punctuation"
]


class Word(NamedTuple):
    """A timed word, where the format has them; a tuple, as a talk may have ten thousand."""

    text: str
    start_ms: int
    end_ms: int


class Cue(NamedTuple):
    """One timed piece of a file; ``line`` is where it stands there, from 1."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None = None
    words: tuple[Word, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What a person, a feed or a file says of a talk; None, or no speakers, says nothing.

    ``url`` is where people find the recording, ``media`` the recording itself (a file or an
    address); until ``embargo_until`` (an ISO date, or date and time) nothing of it is published.
    """

    title: str | None = None
    speakers: tuple[str, ...] = ()
    event: str | None = None
    url: str | None = None
    date: str | None = None
    language: str | None = None
    media: str | None = None
    embargo_until: str | None = None
    permission: Permission | None = None
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: what to call them on a card, their portrait, their names on networks.

    ``photo`` is a path or an address; ``handles`` maps ``x``, ``bluesky``, ``mastodon`` to names.
    """

    name: str
    role: str | None = None
    photo: str | None = None
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removed:
    """Words of a file that were not read, and why.

    ``whole`` when a cue is gone with them; else the cue was read without these words. The time is
    None where the file has none, the line where the format has no lines.
    """

    why: str
    text: str
    start_ms: int | None = None
    line: int | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Transcript:
    """One version of a talk's text as one file gives it.

    ``cues_present`` counts the cues the file has by its own marks: those read, those ``merged``
    into them and those ``removed`` whole. ``notes`` say what was left out or mended, and why.
    """

    source: str
    format: str
    raw: bytes
    cues: tuple[Cue, ...]
    cues_present: int
    details: Details = Details()
    merged: int = 0
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something heard that is no speech: ``[APPLAUSE]``, ``(audience applauding)``."""

    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """How a speaker is known, and how sure that is (0 to 1)."""

    how: How
    confidence: float


class Mark(NamedTuple):
    """From character ``offset`` of a text on, the words belong to what starts at ``start_ms``."""

    offset: int
    start_ms: int


class Sentence(Struct, frozen=True):
    """A whole sentence with its own times, rebuilt across cues.

    ``turn`` numbers the turn it belongs to and ``offset`` is where it stands in the turn's text.
    ``marks`` lists the cues (or words) it is made of, in order, the first at offset 0.
    ``hole`` is true when something inaudible lies inside it. A ``Struct``, as a talk has hundreds:
    made in a fifth of the time of a dataclass.
    """

    index: int
    text: str
    start_ms: int
    end_ms: int
    marks: tuple[Mark, ...]
    turn: int = 0
    offset: int = 0
    approximate: bool = False
    speaker: str | None = None
    role: Role | None = None
    attribution: Attribution | None = None
    hole: bool = False

    def said_by(
        self, speaker: str | None, role: Role | None, attribution: Attribution | None
    ) -> "Sentence":
        """The same sentence of a speaker."""
        return Sentence(
            *(self.index, self.text, self.start_ms, self.end_ms, self.marks, self.turn),
            *(self.offset, self.approximate, speaker, role, attribution, self.hole),
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """One recorded change of a text: at character ``at``, ``old`` gives way to ``new``."""

    kind: EditKind
    at: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature added to a score, in points of the logit."""

    feature: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Talk:
    """One recording and what is known of it, as ``Details`` has it.

    ``glossary`` has what was misheard in this talk and what was meant.
    """

    id: str
    title: str
    speakers: tuple[str, ...] = ()
    event: str | None = None
    url: str | None = None
    date: str | None = None
    language: str | None = None
    duration_ms: int = 0
    media: str | None = None
    embargo_until: str | None = None
    permission: Permission | None = None
    timeline: Timeline | None = None
    glossary: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A chosen span before the library knows it."""

    said: str
    shown: str
    edits: tuple[Edit, ...]
    start_ms: int
    end_ms: int
    score: float
    reasons: tuple[Reason, ...]
    approximate: bool = False
    speaker: str | None = None
    role: Role | None = None
    attribution: Attribution | None = None
    flags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Candidate):
    """A candidate with an identity and what people decided about it.

    ``talk`` is the talk's id; ``transcript`` is the version whose words ``said`` holds.
    ``revision`` counts its changes since it was kept, so that a stale page is noticed.
    """

    id: str
    talk: str
    transcript: int
    status: Status = "candidate"
    tags: tuple[str, ...] = ()
    note: str = ""
    revision: int = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One change a person made to a quote; ``undone`` when it was taken back.

    ``was`` and ``became`` have what it changed beside the status: field → value, as JSON has them.
    """

    id: int
    quote: str
    at: datetime
    who: str
    action: str
    before: Status
    after: Status
    undone: bool = False
    was: Mapping[str, Any] = field(default_factory=dict)
    became: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """What went out, or is to, on one account: the network's own id of it, its address, when."""

    network: str
    account: str
    quote: str
    occasion: int
    state: str
    remote_id: str | None = None
    url: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One quote drawn: the file's bytes, its name and the words for those who cannot see it."""

    name: str
    data: bytes = field(repr=False)
    alt: str
    width: int
    height: int


def quote_json(quote: Quote) -> dict[str, Any]:
    """A quote for programs; the version of the transcript stays inside."""
    fields = asdict(quote)
    del fields["transcript"], fields["revision"]
    first = ("id", "talk", "said", "shown", "edits", "start_ms", "end_ms", "approximate")
    return {key: fields[key] for key in first} | fields
