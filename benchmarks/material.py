"""What the scorer is learned from, read and turned into numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from benchmarks.craft import Graded, all_graded
from benchmarks.episodes import Episode, Numbers, fold_of, read
from benchmarks.examples import Spans, all_spans, alone, grams_of, means_of, words_of
from benchmarks.grades import Grades, load
from benchmarks.meaning import Vectors, vectors
from benchmarks.quotations import pairs, quotations
from bot.scoring.features import READ_ALONE
from bot.scoring.ngrams import SURROUNDINGS, phrases, skeleton

EPISODES = ("lenny.jsonl.gz", "lex.jsonl.gz")
SIZES = {
    "phrases": 2**16,
    "quotation": 2**16,
    "syntax": 2**13,
    "surroundings": 2**15,
    "neighbours": 2**15,
    "passage": 2**15,
    READ_ALONE: 2**15,
}
_PLAIN = 120  # sentences of each episode that stand for everyday talk
_MOST_WORDS = 45
_MEMORABLE = 0.5  # what a pair of movie lines counts beside a quotation


@dataclass(frozen=True, eq=False)
class Talks:
    """Episodes as numbers.

    ``grams``, ``near`` and ``vectors`` have a row for each sentence of an episode; ``syntax`` and
    ``around`` one for each judged sentence, ``spans`` for each span.
    """

    episodes: list[Episode]
    spans: list[Spans]
    grams: list[csr_array]  # phrases, as many places as the table of phrases
    near: list[csr_array]  # the same, as many as the tables of what is near
    vectors: list[Vectors]
    syntax: list[csr_array]
    around: list[csr_array]
    words: list[NDArray[np.int64]]  # how many each judged sentence has

    @cached_property
    def judged(self) -> list[NDArray[np.int64]]:
        """The places of the judged sentences of each episode."""
        return [np.flatnonzero(one.judged) for one in self.episodes]


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines that were chosen (1) or not (0) out of quotations and movies, as numbers."""

    rows: Numbers  # FEATURES of their own words
    grams: csr_array
    vectors: Vectors
    syntax: csr_array
    chosen: NDArray[np.int8]
    weight: Numbers
    fold: NDArray[np.int64]  # -1: of no fold
    words: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Mixed:
    """Lines beside everyday talk of the same lengths: what tells sayings from talk."""

    lines: NDArray[np.bool_]  # those used
    talk: list[tuple[int, NDArray[np.int64]]]  # episodes and which of their judged sentences
    chosen: NDArray[np.int8]
    weight: Numbers


@dataclass(frozen=True, eq=False)
class Material:
    """All that is learned from."""

    talks: Talks
    lines: Lines
    graded: list[Graded]  # of each episode

    def kept(self, without: int | None) -> list[int]:
        """The episodes that are not in a fold."""
        return [at for at, one in enumerate(self.talks.episodes) if one.fold != without]

    def mixed(self, kept: Sequence[int], without: int | None) -> Mixed:
        """The lines that are not in a fold, and some sentences of each of these episodes."""
        talks, lines = self.talks, self.lines
        random = np.random.default_rng(0)
        talk = []
        for at in kept:
            count = len(talks.words[at])
            talk.append((at, random.choice(count, min(count, _PLAIN), replace=False)))
        plain = np.concatenate([talks.words[at][rows] for at, rows in talk])
        use = lines.fold != (-2 if without is None else without)
        famous = _lengths(lines.words[lines.fold < 0])
        alike = (famous / _lengths(plain))[np.minimum(plain, _MOST_WORDS)]
        return Mixed(
            use,
            talk,
            np.concatenate([lines.chosen[use], np.zeros(len(plain), dtype=np.int8)]),
            np.concatenate([lines.weight[use], alike]),
        )


def _lengths(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many sentences there are of each length, and one."""
    found: NDArray[np.int64] = np.bincount(np.minimum(words, _MOST_WORDS), minlength=46) + 1
    return found


def episodes_of(folder: Path) -> list[Episode]:
    """The episodes of a folder; ``InputError`` where a file cannot be read."""
    return [one for name in EPISODES for one in read(folder / name)]


def gather(folder: Path, cache: Path, grades: Grades | None = None) -> Material:
    """The material of a folder; ``BotError`` or ``OSError`` where something cannot be read."""
    episodes = episodes_of(folder)
    return Material(
        _talks(episodes, cache),
        _lines(folder, cache),
        all_graded(episodes, load() if grades is None else grades),
    )


def _talks(episodes: list[Episode], cache: Path) -> Talks:
    texts = [[one.text for one in episode.sentences] for episode in episodes]
    said = [words_of(each) for each in texts]
    judged = [np.flatnonzero(one.judged) for one in episodes]
    own = [[words[at] for at in places] for words, places in zip(said, judged, strict=True)]
    flat = vectors([text for each in texts for text in each], cache)
    stops = np.cumsum([len(each) for each in texts])[:-1]
    return Talks(
        episodes,
        all_spans(episodes),
        [grams_of(words, phrases, SIZES["phrases"]) for words in said],
        [grams_of(words, phrases, SIZES["passage"]) for words in said],
        np.split(flat, stops),
        [grams_of(words, skeleton, SIZES["syntax"]) for words in own],
        [_around(words, places) for words, places in zip(said, judged, strict=True)],
        [np.array([len(one) for one in words]) for words in own],
    )


def _around(words: Sequence[tuple[str, ...]], judged: NDArray[np.int64]) -> csr_array:
    """How often words stand around each judged sentence, as shares."""
    count = len(words)
    near = [step for step in range(-SURROUNDINGS, SURROUNDINGS + 1) if step and abs(step) < count]
    ones = [np.ones(count - abs(step)) for step in near]
    beside = diags_array(ones, offsets=near, shape=(count, count)).tocsr()
    sums = csr_array(beside @ means_of(words, SIZES["surroundings"]))[judged]
    return csr_array(sums.multiply(1 / np.maximum(1, sums.sum(axis=1))[:, None]))


def _lines(folder: Path, cache: Path) -> Lines:
    famous = quotations(folder / "quotes_merged.tsv")
    movies = pairs(folder / "cornell_pairs.txt")
    texts = [*famous, *(one.chosen for one in movies), *(one.other for one in movies)]
    words = words_of(texts)
    folds = [fold_of(one.group) for one in movies]
    return Lines(
        alone(texts),
        grams_of(words, phrases, SIZES["quotation"]),
        vectors(texts, cache),
        grams_of(words, skeleton, SIZES["syntax"]),
        np.repeat(np.array([1, 1, 0], dtype=np.int8), (len(famous), len(movies), len(movies))),
        np.repeat((1.0, _MEMORABLE), (len(famous), 2 * len(movies))),
        np.array([-1] * len(famous) + 2 * folds),
        np.array([len(one) for one in words]),
    )
