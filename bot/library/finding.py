"""What ``verify`` finds of a quote: something wrong, a second one like it, a newer place."""

from dataclasses import dataclass
from typing import Literal

from bot.model import Edit

Kind = Literal["wrong", "duplicate", "newer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a newer version of the transcript has a quote; times in milliseconds.

    ``words`` when it shows other words there, which nobody has approved. ``revision`` is that of
    the quote it is offered to.
    """

    transcript: int
    said: str
    shown: str
    edits: tuple[Edit, ...]
    start_ms: int
    end_ms: int
    approximate: bool
    words: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person should know; ``quote`` is None when it is of the transcript itself.

    Only what is ``wrong`` is not proved. ``other`` is the quote that a ``duplicate`` is like,
    ``offer`` the place of a quote in a ``newer`` transcript, if it has one there.
    """

    talk: str
    transcript: int
    quote: str | None
    reason: str
    kind: Kind = "wrong"
    other: str | None = None
    offer: Offer | None = None
