"""A span as the features see it, and the words of its talk, counted once. Pure."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.lexicon import FUNCTION_WORDS, tokens
from bot.model import Sentence
from bot.scoring.spans import Span

_AROUND = 10  # sentences before and after in which a thought is taken up again
_ASKED_WITHIN = 3  # sentences after which a question no longer tells who speaks
_CLAUSE = re.compile(r"[.!?,;:…]+|--|–|—")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class View:
    """A span as the features see it.

    ``clauses`` are the word lists between marks of punctuation; ``after`` and ``before`` the
    content words of the sentences around; ``theme`` how much each content word of the talk weighs
    in it (0 to 1); ``place`` where the span starts in the talk (0 to 1); ``question_ahead`` how
    near the next question is (1 next, 0 none) in a turn of which nobody says whose it is.
    """

    shown: str
    words: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    clauses: tuple[tuple[str, ...], ...]
    before: frozenset[str]
    after: frozenset[str]
    theme: dict[str, float]
    place: float
    question_ahead: float = 0.0


def content(words: tuple[str, ...]) -> list[str]:
    """The words that carry a subject, without function words."""
    return [word for word in words if word not in FUNCTION_WORDS and len(word) > 2]


class TalkWords:
    """The words of a talk, counted once."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._content = [frozenset(content(tokens(one.text))) for one in sentences]
        counts = Counter(word for words in self._content for word in words)
        most = max((count for word, count in counts.items()), default=1)
        self._theme = {word: math.log1p(count) / math.log1p(most) for word, count in counts.items()}
        self._length_ms = max((one.end_ms for one in sentences), default=0) or 1
        self._first = sentences[0].index if sentences else 0
        self._asks = ["?" in one.text for one in sentences]

    def view(self, span: Span) -> View:
        """A span of the talk with what stands around it."""
        first = span.sentences[0].index - self._first
        last = span.sentences[-1].index - self._first
        parts = (tokens(part) for part in _SENTENCE.split(span.shown))
        clauses = (tokens(clause) for clause in _CLAUSE.split(span.shown))
        return View(
            span.shown,
            tokens(span.shown),
            tuple(part for part in parts if part),
            tuple(clause for clause in clauses if clause),
            frozenset().union(*self._content[max(0, first - _AROUND) : first]),
            frozenset().union(*self._content[last + 1 : last + 1 + _AROUND]),
            self._theme,
            span.start_ms / self._length_ms,
            self._question_ahead(span, last),
        )

    def _question_ahead(self, span: Span, last: int) -> float:
        known = span.sentences[-1].attribution
        if known and known.how != "inferred":
            return 0.0
        ahead = self._asks[last + 1 : last + 1 + _ASKED_WITHIN]
        return 1 - ahead.index(True) / _ASKED_WITHIN if True in ahead else 0.0
