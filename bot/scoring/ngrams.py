"""Runs of words as learned numbers: hashed n-grams, a byte each (Weinberger et al. 2009). Pure."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from zlib import crc32

from bot.lexicon import FUNCTION_WORDS

PLACES = 1 << 16  # in a table
ZERO = 128  # the byte that is worth nothing
NEIGHBOURS, SURROUNDINGS, PASSAGE = 2, 6, 10  # sentences on either side
_ENDINGS = ("ing", "ed", "ly", "tion", "ness", "ment", "ity", "er", "est", "s")

Grams = Callable[[tuple[str, ...]], list[int]]  # the hashes of n-grams
_Word = tuple[bytes, int, int]  # a word, its hash, and that of the word with a space behind it


@dataclass(frozen=True, slots=True)
class Table:
    """What hashed n-grams are worth, in steps of ``scale`` points; ``usual`` is the mean score.

    ``values`` are as many as there are ``places``: a smaller table says the same over and over.
    Each is a byte, ``ZERO`` more than its steps: bytes are the quickest to look up in.
    """

    values: bytes
    scale: float
    usual: float

    def points(self, grams: "TalkGrams") -> list[float]:
        """What each sentence is worth: the sum over its n-grams, over the root of their number."""
        sums = self._sums(grams.places)
        return [
            self.scale
            * (sums[stop] - sums[start] + sums[to] - sums[since] - ZERO * (2 * (stop - start) - 1))
            / math.sqrt(2 * (stop - start) - 1)
            if start < stop
            else 0.0
            for start, stop, since, to in grams.sentences
        ]

    def of_words(self, grams: "TalkGrams") -> list[float]:
        """What each sentence is worth by its words alone: their sum."""
        sums = self._sums(grams.places[: grams.count])
        return [
            self.scale * (sums[stop] - sums[start] - ZERO * (stop - start))
            for start, stop, _, _ in grams.sentences
        ]

    def _sums(self, found: Sequence[int]) -> list[int]:
        """The bytes at these places summed up to each, from none of them to all."""
        return [*accumulate(map(self.values.__getitem__, found), initial=0)]


@dataclass(frozen=True, slots=True)
class TalkGrams:
    """The n-grams of the sentences of a talk, as ``places`` in a table: words, then pairs.

    The talk has ``count`` words. ``sentences`` have where the words of each start and stop among
    them all, and its pairs: those over the end of a sentence belong to none.
    """

    places: Sequence[int]
    count: int
    sentences: Sequence[tuple[int, int, int, int]]


def grams_of(said: Sequence[tuple[str, ...]], hashed: Grams) -> TalkGrams:
    """The n-grams of the sentences of a talk, all hashed at once."""
    found = hashed(tuple(chain.from_iterable(said)))
    stops = [*accumulate(map(len, said))]
    count = stops[-1] if stops else 0
    sentences = [
        (start, stop, count + start, count + stop - 1)
        for start, stop in zip([0, *stops], stops, strict=False)
    ]
    return TalkGrams([one & (PLACES - 1) for one in found], count, sentences)


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


def _with_pairs(words: list[_Word]) -> list[int]:
    """A pair is hashed from where the hash of its first word has got to."""
    if not words:
        return []
    texts, hashes, opened = zip(*words, strict=True)
    return [*hashes, *map(crc32, texts[1:], opened)]


@lru_cache(maxsize=100_000)
def _hashed(word: str) -> _Word:
    text = word.encode()
    return text, crc32(text), crc32(text + b" ")


@lru_cache(maxsize=20_000)
def _bone(word: str) -> _Word:
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
