"""Runs of words as learned numbers: hashed n-grams, a byte each (Weinberger et al. 2009). Pure."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import itemgetter
from zlib import crc32

from bot.lexicon import FUNCTION_WORDS, straight
from bot.remembering import remembered

PLACES = 1 << 16  # in a table
ZERO = 128  # the byte that is worth nothing
NEIGHBOURS, SURROUNDINGS, PASSAGE = 2, 6, 10  # sentences on either side
_WORDS_AND_MARKS = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|--|[.!?,;:…–—]|-(?=\s)")
_BEGINNING = "^"
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
        worth = bytes(grams.of(self.values))
        return [
            self.scale
            * (sum(worth[start:stop]) + sum(worth[since:to]) - ZERO * count)
            / math.sqrt(count)
            if count
            else 0.0
            for start, stop, since, to, count in grams.sentences
        ]

    def of_words(self, grams: "TalkGrams") -> list[float]:
        """What each sentence is worth by its words alone: their sum."""
        worth = bytes(grams.of(self.values))
        return [
            self.scale * (sum(worth[start:stop]) - ZERO * (stop - start))
            for start, stop, *_ in grams.sentences
        ]


@dataclass(frozen=True, slots=True)
class TalkGrams:
    """The n-grams of the sentences of a talk: all its words, then all its pairs.

    ``of`` takes from a table what stands in their places. ``sentences`` have where the words of
    each start and stop among them, and its pairs, and how many both are; pairs over the end of a
    sentence belong to none.
    """

    of: Callable[[bytes], tuple[int, ...]]
    sentences: Sequence[tuple[int, int, int, int, int]]


def grams_of(said: Sequence[tuple[str, ...]], hashed: Grams) -> TalkGrams:
    """The n-grams of the sentences of a talk, all hashed and looked up at once: faster."""
    found = hashed(tuple(chain.from_iterable(said)))
    stops = [*accumulate(map(len, said))]
    words = stops[-1] if stops else 0
    sentences = [
        (start, stop, words + start, words + stop - 1, 2 * (stop - start) - 1)
        if start < stop
        else (0, 0, 0, 0, 0)
        for start, stop in zip([0, *stops], stops, strict=False)
    ]
    two = (0, 0)  # of one place alone there is no tuple
    return TalkGrams(itemgetter(*[one & (PLACES - 1) for one in found], *two), sentences)


def marked(text: str) -> tuple[str, ...]:
    """The words of a sentence and the marks between them, behind a sign for its beginning."""
    return (_BEGINNING, *_WORDS_AND_MARKS.findall(straight(text.lower())))


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


@remembered(100_000)
def _hashed(word: str) -> _Word:
    text = word.encode()
    return text, crc32(text), crc32(text + b" ")


@remembered(20_000)
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
