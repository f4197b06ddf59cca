"""A span as the features see it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from bot.lexicon import FUNCTION_WORDS, is_spaced, units
from bot.scoring.filters import Refusal
from bot.scoring.kinds import Kinds


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where in its turn a span stands: sentences before and after, words of the turn before it."""

    before: int
    after: int
    words_before: int | None  # none before the first turn


@dataclass(frozen=True, slots=True)
class View:
    """A span as the features see it.

    ``kinds`` counts the words of each kind; ``content`` are those that carry a subject,
    ``subjects`` the same once each; ``clauses`` the word lists between marks of punctuation.
    ``ahead`` and ``behind`` say how many sentences away its content words are next said again and
    were last said, where they are;
    ``theme`` how much each content word of the talk weighs in it (0 to 1). ``place`` is where the
    span starts in the talk (0 to 1), ``before`` how many sentences stand before it,
    ``words_before`` and ``words_after`` how long its neighbours are. ``turn`` is None where the
    talk has no turns. ``answers`` says whether a question was asked just before.
    ``announced``, ``leaning`` and ``refusal`` are what the filters say of it.
    """

    shown: str
    lower: str
    words: tuple[str, ...]
    kinds: Kinds
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


_PIECE = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|[.!?؟](?=\s|$)|[。！？]|[.!?,;:…，、；،؛؟–—]|--")
_ENDS = frozenset(".!?؟。！？")
_MARKS = _ENDS | frozenset(",;:…，、；،؛–—") | {"--"}
Parts = tuple[tuple[str, ...], ...]


def taken_apart(text: str) -> tuple[tuple[str, ...], Parts, Parts]:
    """The words of a text in lower case, the same by sentences, and by clauses."""
    pieces = _PIECE.findall(text.replace("’", "'"))
    if not is_spaced(text):
        pieces = [one for piece in pieces for one in (units(piece) or (piece,))]
    sentences: list[tuple[str, ...]] = []
    clauses: list[tuple[str, ...]] = []
    clause: list[str] = []
    first = 0  # clause of the sentence
    for piece in (*pieces, "."):
        if piece not in _MARKS:
            clause.append(piece)
            continue
        if clause:
            clauses.append(tuple(clause))
            clause = []
        if piece in _ENDS and first < len(clauses):
            sentences.append(tuple(chain.from_iterable(clauses[first:])))
            first = len(clauses)
    return tuple(chain.from_iterable(clauses)), tuple(sentences), tuple(clauses)


def content(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that carry a subject, without function words."""
    return tuple([word for word in words if word not in FUNCTION_WORDS and len(word) > 2])
