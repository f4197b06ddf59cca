"""A span as the features see it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.scoring.filters import Refusal
from bot.scoring.kinds import Kinds
from bot.scoring.phrasings import Phrasings


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where in its turn a span stands: sentences before and after, words of the turn before it."""

    before: int
    after: int
    words_before: int | None  # none before the first turn


@dataclass(frozen=True, slots=True)
class View:
    """A span as the features see it.

    What its words say by themselves is that of its ``Part``.
    ``ahead`` and ``behind`` say how many sentences away its content words are next said again and
    were last said, where they are;
    ``theme`` how much each content word of the talk weighs in it (0 to 1). ``place`` is where the
    span starts in the talk (0 to 1), ``before`` how many sentences stand before it,
    ``words_before`` and ``words_after`` how long its neighbours are. ``turn`` is None where the
    talk has no turns. ``answers`` says whether a question was asked just before.
    ``announced``, ``leaning`` and ``refusal`` are what the filters say of it.
    """

    lower: str
    words: tuple[str, ...]
    kinds: Kinds
    phrasings: Phrasings
    content: tuple[str, ...]
    subjects: frozenset[str]
    sentences: tuple[tuple[str, ...], ...]
    clauses: tuple[tuple[str, ...], ...]
    ahead: Mapping[str, int]
    behind: Mapping[str, int]
    theme: Mapping[str, float]
    place: float = 0.5
    before: int = 0
    words_before: int = 0
    words_after: int = 0
    turn: TurnPlace | None = None
    answers: bool = False
    announced: bool = False
    leaning: bool = False
    refusal: Refusal | None = None

    def has_any(self, parts: tuple[str, ...]) -> bool:
        """Whether any of these stands in it, in lower case: a quick look before a slow one."""
        return any(map(self.lower.__contains__, parts))
