"""Runs of words as learned numbers: hashed n-grams, a byte each (Weinberger et al. 2009). Pure."""

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from zlib import crc32

from bot.lexicon import FUNCTION_WORDS

NEIGHBOURS, SURROUNDINGS, PASSAGE = 2, 6, 10  # sentences on either side
_ENDINGS = ("ing", "ed", "ly", "tion", "ness", "ment", "ity", "er", "est", "s")

Grams = Callable[[tuple[str, ...]], list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """What hashed n-grams are worth, in steps of ``scale`` points; ``usual`` is the mean score."""

    values: "array[int]"
    scale: float
    usual: float

    def total(self, hashes: Sequence[int]) -> int:
        """The sum of what n-grams with these hashes are worth, in steps."""
        values, last = self.values, len(self.values) - 1
        return sum([values[one & last] for one in hashes])

    def points(self, hashes: Sequence[int]) -> float:
        """What a sentence of these n-grams is worth: the sum over the root of their number."""
        return self.scale * self.total(hashes) / math.sqrt(len(hashes)) if hashes else 0.0


@lru_cache(maxsize=100_000)
def hashed(gram: str) -> int:
    """The hash of an n-gram; its last bits are its place in a table."""
    return crc32(gram.encode())


def phrases(words: tuple[str, ...]) -> list[str]:
    """Words, then pairs of words."""
    return [*words, *map(" ".join, pairwise(words))]


def skeleton(words: tuple[str, ...]) -> list[str]:
    """The same where content words are but their endings: the syntax of a sentence.

    Memorable lines have ordinary syntax (Danescu-Niculescu-Mizil et al. 2012).
    """
    return phrases(tuple(map(_bone, words)))


@lru_cache(maxsize=20_000)
def _bone(word: str) -> str:
    if word in FUNCTION_WORDS:
        return word
    return next((f"*{ending}" for ending in _ENDINGS if word.endswith(ending)), "*")


def beside(
    worth: Sequence[float], weight: Sequence[float], reach: int
) -> Callable[[int, int], float | None]:
    """The mean worth of the sentences beside a span, by weight: a function of its two ends.

    ``reach`` sentences on either side; None where there are none.
    """
    sums, weights = [0.0, *accumulate(worth)], [0.0, *accumulate(weight)]

    def mean(first: int, last: int) -> float | None:
        low, high = max(0, first - reach), min(len(worth), last + 1 + reach)
        total = weights[high] - weights[last + 1] + weights[first] - weights[low]
        if not total:
            return None
        return (sums[high] - sums[last + 1] + sums[first] - sums[low]) / total

    return mean
