"""Runs of words as learned numbers: hashed n-grams, a byte each (Weinberger et al. 2009). Pure."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from zlib import crc32

from bot.lexicon import FUNCTION_WORDS

PLACES = 1 << 16  # in a table
ZERO = 128  # the byte that is worth nothing
NEIGHBOURS, SURROUNDINGS, PASSAGE = 2, 6, 10  # sentences on either side
_ENDINGS = ("ing", "ed", "ly", "tion", "ness", "ment", "ity", "er", "est", "s")

Grams = Callable[[tuple[str, ...]], list[int]]  # the hashes of n-grams
_Hashed = tuple[bytes, int, int]  # a word, its hash, and that of the word with a space behind it


@dataclass(frozen=True, slots=True)
class Table:
    """What hashed n-grams are worth, in steps of ``scale`` points; ``usual`` is the mean score.

    ``values`` are as many as there are ``places``: a smaller table says the same over and over.
    Each is a byte, ``ZERO`` more than its steps: bytes are the quickest to look up in.
    """

    values: bytes
    scale: float
    usual: float

    def total(self, found: Sequence[int]) -> int:
        """The sum of what the n-grams at these places are worth, in steps."""
        if len(found) < 2:
            return sum([self.values[one] - ZERO for one in found])
        values: tuple[int, ...] = itemgetter(*found)(self.values)  # quicker than one by one
        return sum(values) - ZERO * len(found)

    def points(self, found: Sequence[int]) -> float:
        """What a sentence of these n-grams is worth: the sum over the root of their number."""
        return self.scale * self.total(found) / math.sqrt(len(found)) if found else 0.0


def places(hashes: Sequence[int]) -> list[int]:
    """The places of n-grams in a table: the last bits of their hashes."""
    return [one & (PLACES - 1) for one in hashes]


def single(words: tuple[str, ...]) -> list[int]:
    """The hashes of words."""
    return [one[1] for one in map(_hashed, words)]


def phrases(words: tuple[str, ...]) -> list[int]:
    """The hashes of words, then of pairs of words."""
    return _with_pairs(list(map(_hashed, words)))


def skeleton(words: tuple[str, ...]) -> list[int]:
    """The same where content words are but their endings: the syntax of a sentence.

    Memorable lines have ordinary syntax (Danescu-Niculescu-Mizil et al. 2012).
    """
    return _with_pairs(list(map(_bone, words)))


def _with_pairs(words: list[_Hashed]) -> list[int]:
    """A pair is hashed from where the hash of its first word has got to."""
    if not words:
        return []
    texts, hashes, opened = zip(*words, strict=True)
    return [*hashes, *map(crc32, texts[1:], opened)]


@lru_cache(maxsize=100_000)
def _hashed(word: str) -> _Hashed:
    text = word.encode()
    return text, crc32(text), crc32(text + b" ")


@lru_cache(maxsize=20_000)
def _bone(word: str) -> _Hashed:
    if word in FUNCTION_WORDS:
        return _hashed(word)
    ending = next((f"*{ending}" for ending in _ENDINGS if word.endswith(ending)), "*")
    return _hashed(ending)


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
