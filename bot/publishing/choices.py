"""What a plan is made from and what it is: quotes, rules, times. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.model import Permission, Status
from bot.post import State
from bot.publishing.slots import Rota


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quote as the plan sees it; ``approved_at`` is since when it waits.

    Quotes with the same ``words`` are one thought, whoever says them; ``sure`` says that its
    speaker is no guess.
    """

    quote: str
    talk: str
    speaker: str = ""
    score: float = 0
    status: Status = "approved"
    approved_at: datetime
    talk_date: date | None = None
    embargo: str | None = None
    permission: Permission | None = None
    words: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A post of the account that is planned or was sent: when, of what, in which words."""

    quote: str
    occasion: int
    at: datetime
    talk: str = ""
    speaker: str = ""
    state: State = "planned"
    words: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A time that a person gave a quote, and perhaps words."""

    quote: str
    due: datetime
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an account is planned by; themes and wordings are those of evergreen posts, in turn."""

    rota: Rota
    after_talk: tuple[int, ...] = ()
    evergreen_days: int = 0
    themes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A quote and its time; ``theme`` and ``wording`` only where the rules change them."""

    quote: str
    occasion: int
    due: datetime
    why: str
    theme: str | None = None
    wording: str | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A quote without a time, and why."""

    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What was placed, in order of time, and what was left."""

    placed: tuple[Placed, ...]
    left: tuple[Left, ...] = ()
