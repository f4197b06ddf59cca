"""Runs of words as learned numbers: hashed n-grams, a byte each (Weinberger et al. 2009). Pure."""

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from zlib import crc32

from bot.lexicon import FUNCTION_WORDS

_ENDINGS = ("ing", "ed", "ly", "tion", "ness", "ment", "ity", "er", "est", "s")
AROUND = 6  # sentences on either side

Grams = Callable[[tuple[str, ...]], list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """What hashed n-grams are worth, in steps of ``scale`` points; ``usual`` is the mean score."""

    values: "array[int]"
    scale: float
    usual: float
    _known: dict[str, int] = field(default_factory=dict)

    def total(self, grams: Sequence[str]) -> int:
        """The sum of what the grams are worth, in steps."""
        known, found = self._known, 0
        for gram in grams:
            value = known.get(gram)
            if value is None:
                value = known[gram] = self.values[place(gram, len(self.values))]
            found += value
        return found

    def points(self, grams: Sequence[str]) -> float:
        """What a sentence with these grams is worth: the sum over the root of their number."""
        return self.scale * self.total(grams) / math.sqrt(len(grams)) if grams else self.usual


def place(gram: str, size: int) -> int:
    """The place of a gram in a table whose size is a power of two."""
    return crc32(gram.encode()) & (size - 1)


def phrases(words: tuple[str, ...]) -> list[str]:
    """Words and pairs of words."""
    return [*words, *map(" ".join, pairwise(words))]


def skeleton(words: tuple[str, ...]) -> list[str]:
    """The same where content words are but their endings: the syntax of a sentence.

    Memorable lines have ordinary syntax (Danescu-Niculescu-Mizil et al. 2012).
    """
    return phrases(tuple(map(_bone, words)))


def _bone(word: str) -> str:
    if word in FUNCTION_WORDS:
        return word
    return next((f"*{ending}" for ending in _ENDINGS if word.endswith(ending)), "*")


def around(table: Table, words: Sequence[tuple[str, ...]]) -> Callable[[int, int], float]:
    """What the words around a span are worth on average: a function of its first and last place."""
    sums = [0, *accumulate(map(table.total, words))]
    counts = [0, *accumulate(map(len, words))]

    def points(first: int, last: int) -> float:
        low, high = max(0, first - AROUND), min(len(words), last + 1 + AROUND)
        count = counts[high] - counts[last + 1] + counts[first] - counts[low]
        total = sums[high] - sums[last + 1] + sums[first] - sums[low]
        return table.scale * total / count if count else table.usual

    return points
