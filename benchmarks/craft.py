"""What reads well on a card, learned from lines that readers graded (``grades``).

Lines of the episodes that are learned from are looked up by their hash among the grades. A ridge
regression learns what a line is worth from the features of a quote's own words, from what the
tables of quotations and of syntax say of it, and from its words, marks and pairs of them. It counts
above the gate of a talk's scores alone.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from scipy.sparse import csr_array, hstack
from sklearn.linear_model import Ridge

from benchmarks.episodes import Episode, Numbers
from benchmarks.examples import WORDED, candidates, features, grams_of
from benchmarks.grades import Grades, key
from bot.errors import BotError
from bot.lexicon import tokens
from bot.scoring.features import FEATURES
from bot.scoring.ngrams import Grams, marked, phrases, skeleton

_GRAMS = {"quotation": phrases, "syntax": skeleton}  # tables learned from like features
_NAMES = [*(one.__name__ for at, one in enumerate(FEATURES) if at in WORDED), *_GRAMS]
_BESIDE = 0.1  # what a standardised value weighs beside the n-grams of a line, of length one
_LEAST_SPREAD = 1e-6
# Of the grades: a dull line is hardly better than a broken one, and a leaning one in between.
_WORTH = {"0": 0.0, "0.5": 0.25, "L": 0.25, "1": 0.5, "1.5": 1.0, "2": 1.5, "2.5": 1.75, "3": 2.0}
_RIDGE = {"alpha": 8.0, "solver": "sparse_cg", "max_iter": 300, "tol": 1e-3}


@dataclass(frozen=True, eq=False)
class Graded:
    """Graded spans of one episode: FEATURES of each, its sentences, what its grade is worth."""

    rows: Numbers
    said: list[list[str]]
    worth: Numbers


@dataclass(frozen=True, eq=False)
class Craft:
    """What a line is worth by a sum: ``base``, what each feature, table and n-gram adds.

    It is 0 for a broken line, 2 for one that would be posted; ``base`` where all features have
    their usual value and no n-gram is known.
    """

    base: float
    worth: dict[str, float]
    grams: Numbers


def graded_of(episode: Episode, grades: Grades) -> Graded:
    """The spans of an episode that readers graded."""
    survey, found = candidates(episode)
    known = [one for one in found if key(one.shown) in grades]
    return Graded(
        features(known, survey),
        [[sentence.text for sentence in one.sentences] for one in known],
        np.array([_WORTH[grades[key(one.shown)]] for one in known]),
    )


def all_graded(episodes: Sequence[Episode], grades: Grades) -> list[Graded]:
    """``graded_of`` each episode, on all processors; ``BotError`` where nothing is graded."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(partial(graded_of, grades=grades), episodes, chunksize=16))
    if not any(len(one.worth) for one in found):
        raise BotError("no line of these episodes is graded", remedy="give the episodes graded")
    return found


def learned(
    graded: Sequence[Graded], usual: Mapping[str, float], tables: Mapping[str, Numbers], size: int
) -> Craft:
    """What graded lines teach; ``tables`` are what n-grams are worth in quotation and syntax.

    ``usual`` is the value of each feature and table that adds nothing, ``size`` that of the table
    of n-grams to learn.
    """
    said = [one for each in graded for one in each.said]
    words = [list(map(tokens, one)) for one in said]
    worth_of_lines = np.concatenate([one.worth for one in graded])
    rows = np.concatenate([one.rows[:, WORDED] for one in graded])
    says = [_means(words, _GRAMS[name], len(tables[name])) @ tables[name] for name in _GRAMS]
    values = np.column_stack([rows, *says])
    mean, spread = values.mean(0), values.std(0) + _LEAST_SPREAD
    grams = _means([list(map(marked, one)) for one in said], phrases, size)
    all_known = csr_array(hstack([csr_array(_BESIDE * (values - mean) / spread), grams]))
    model = Ridge(**_RIDGE).fit(all_known, worth_of_lines)
    count = values.shape[1]
    worth = dict(zip(_NAMES, (_BESIDE * model.coef_[:count] / spread).tolist(), strict=True))
    from_mean = zip(_NAMES, mean.tolist(), strict=True)
    base = model.intercept_ + sum(worth[name] * (usual[name] - one) for name, one in from_mean)
    return Craft(float(base), worth, model.coef_[count:])


def _means(said: Sequence[Sequence[tuple[str, ...]]], grams: Grams, size: int) -> csr_array:
    """The mean n-grams of the sentences of each line; shape (lines, size)."""
    counts = [len(one) for one in said]
    stops = np.concatenate([[0], np.cumsum(counts)])
    shares = np.repeat(1 / np.array(counts), counts)
    mean = csr_array((shares, np.arange(stops[-1]), stops), shape=(len(said), int(stops[-1])))
    return csr_array(mean @ grams_of([*chain.from_iterable(said)], grams, size))
