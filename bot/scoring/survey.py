"""A talk looked over once: what its sentences are, and what stands around each. Pure."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from bot.lexicon import units, word_count
from bot.model import Sentence
from bot.scoring.filters import introduced, refusals
from bot.scoring.parts import apart, content, cut, joined
from bot.scoring.view import TurnPlace, View, echoes

if TYPE_CHECKING:
    from bot.scoring.spans import Span

_ASKED_WITHIN = 3  # sentences between which a question and its answer are neighbours


class Survey:
    """The sentences of a talk, each with what the filters say and the words it shares."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.refused = refusals(sentences)
        self.announced = introduced(sentences)
        self.lengths = [word_count(one.text) for one in sentences]
        self.words = [units(one.text) for one in sentences]
        self._content = [frozenset(content(words)) for words in self.words]
        self._next, self._last = _again(self._content)
        counts = Counter(chain.from_iterable(self._content))
        most = math.log1p(max(counts.values(), default=1))
        self._theme = {word: math.log1p(count) / most for word, count in counts.items()}
        self._length_ms = max((one.end_ms for one in sentences), default=0) or 1
        self._first = sentences[0].index if sentences else 0
        self._asks = ["?" in one.text for one in sentences]
        self._turns = _turns(sentences, self.words)
        self.apart = lru_cache(maxsize=None)(apart)  # spans share sentences

    def places(self, span: "Span") -> tuple[int, int]:
        """Where in the talk the first and the last sentence of a span stand, from 0."""
        return (
            span.sentences[0].index - self._first,
            span.sentences[-1].index - self._first,
        )

    def view(self, span: "Span") -> View:
        """A span of the talk with what stands around it."""
        first, last = self.places(span)
        part = joined(list(map(self.apart, cut(span.shown))))
        following, before = self._next[first], self._last[first]
        for place in range(first + 1, last + 1):
            following, before = following | self._next[place], self._last[place] | before
        turn = self._turns[first] if self._turns else None
        if turn and first < last:
            turn = turn._replace(after=turn.after - (last - first))
        return View(
            part.lower,
            part.words,
            part.kinds,
            part.phrasings,
            part.content,
            part.subjects,
            part.sentences,
            part.clauses,
            echoes(part.subjects, (first, last), following, before),
            self._theme,
            span.start_ms / self._length_ms,
            first,
            len(self.words[first - 1]) if first else 0,
            len(self.words[last + 1]) if last + 1 < len(self.words) else 0,
            turn,
            True in self._asks[max(0, first - _ASKED_WITHIN) : first],
            self.announced[first],
            span.leaning,
            next(filter(None, self.refused[first : last + 1]), None),
        )


def _again(said: Sequence[frozenset[str]]) -> tuple[list[dict[str, int]], list[dict[str, int]]]:
    """For each sentence, where its words are said next and where they were said last."""
    following: list[dict[str, int]] = [{} for _ in said]
    before: list[dict[str, int]] = [{} for _ in said]
    met: dict[str, int] = {}
    for place, words in enumerate(said):
        for word in met.keys() & words:
            at = before[place][word] = met[word]
            following[at][word] = place
        met.update(dict.fromkeys(words, place))
    return following, before


def _turns(sentences: Sequence[Sentence], words: Sequence[tuple[str, ...]]) -> list[TurnPlace]:
    """For each sentence where in its turn it stands; nothing for a talk of one turn."""
    starts = [
        at
        for at, one in enumerate(sentences)
        if not at or (one.turn, one.speaker) != (sentences[at - 1].turn, sentences[at - 1].speaker)
    ]
    if len(starts) < 2:
        return []
    found: list[TurnPlace] = []
    words_before: int | None = None
    for start, stop in zip(starts, [*starts[1:], len(sentences)], strict=True):
        places = range(stop - start)
        found += [TurnPlace(at, stop - start - 1 - at, words_before) for at in places]
        words_before = sum(map(len, words[start:stop]))
    return found
