"""What is looked at, and what was found: one line each, with what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.config import Project
from bot.errors import BotError
from bot.store.state import State


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is, and whether that will do; None for what few need.

    ``remedy`` says what to do, with the command; ``subject`` is the heading it stands under.
    """

    subject: str
    name: str
    ok: bool | None
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What checks look at.

    ``place`` is the library's, None outside a project; ``state`` how it is, None when there is
    none yet or when ``trouble`` says why it cannot be told. ``now`` is this machine's clock.
    """

    project: Project
    now: datetime
    place: str | None = None
    state: State | None = None
    trouble: BotError | None = None

    @property
    def is_current(self) -> bool:
        """Whether the library can be read as it is, without being upgraded."""
        return self.state is not None and self.state.revision == self.state.newest


def several(count: int, one: str, more: str = "") -> str:
    """So many of something, in words that fit."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def tried(subject: str, name: str, look_at: Callable[[], str]) -> Check:
    """A check of what works, or raises one of our errors."""
    try:
        return Check(subject, name, True, look_at())
    except BotError as error:
        return failed(subject, name, error)


def failed(subject: str, name: str, error: BotError) -> Check:
    """A check that says what one of our errors does."""
    where = f"{error.place}: " if error.place else ""
    return Check(subject, name, False, " ".join(f"{where}{error.reason}".split()), error.remedy)
