"""A span as the features see it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.lexicon import FUNCTION_WORDS
from bot.scoring.filters import Refusal


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where in its turn a span stands: sentences before and after, words of the turn before it."""

    before: int
    after: int
    words_before: int | None  # none before the first turn


@dataclass(frozen=True, slots=True)
class View:
    """A span as the features see it.

    ``clauses`` are the word lists between marks of punctuation. ``ahead`` and ``behind`` say how
    many sentences away its content words are next said again and were last said, where they are;
    ``theme`` how much each content word of the talk weighs in it (0 to 1). ``place`` is where the
    span starts in the talk (0 to 1), ``before`` how many sentences stand before it,
    ``words_before`` and ``words_after`` how long its neighbours are. ``turn`` is None where the
    talk has no turns. ``question_ahead`` is how near the next question is (1 next, 0 none) in a
    turn of which nobody says whose it is; ``answers`` whether a question was asked just before.
    ``announced`` and ``refusal`` are what the filters say of it.
    """

    shown: str
    lower: str
    words: tuple[str, ...]
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
    question_ahead: float = 0.0
    answers: bool = False
    announced: bool = False
    refusal: Refusal | None = None


def content(words: tuple[str, ...]) -> list[str]:
    """The words that carry a subject, without function words."""
    return [word for word in words if word not in FUNCTION_WORDS and len(word) > 2]
