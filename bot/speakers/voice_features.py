"""What a sentence and its neighbours say of who speaks: features for the inference. Pure."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from bot.lexicon import tokens

_NAME = re.compile(r"[^\W\d_]{3,}")
_GREETED = re.compile(
    r"(?:Yes|Yeah|No|So|Well|Okay|Thanks|Thank you|Welcome|Hi|Hello),?\s+([A-Z][a-z]+)[.,!?]"
)
_CALLED_LAST = re.compile(r",\s+([A-Z][a-z]+)[.!?]?$")

# A word or a mark; a pair of words; "^" and the first words of a sentence.
Feature = str | tuple[str, ...]

_FIRST = "^"
_ANSWERS = [(_FIRST, word) for word in ("yeah", "yes", "so", "well", "um")]
_HANDS_OVER = [
    (_FIRST, word) for word in ("thank", "thanks", "welcome", "okay", "awesome", "great", "amazing")
]
MAIN_NAMED, MAIN_CALLED, OTHER_CALLED, ASKS = "=main", "=called", "=other called", "?$"
# What counts beside the words that have points.
TELLING: Sequence[Feature] = (
    *(MAIN_NAMED, MAIN_CALLED, OTHER_CALLED, ASKS),
    *(*_ANSWERS, *_HANDS_OVER),
)


def named_feature(name: str) -> Feature:
    """The feature of a name in a file of weights: ``we``, ``we are``, ``^we are``."""
    if name.startswith(_FIRST):
        return (_FIRST, *name.removeprefix(_FIRST).split(" "))
    return name if name in TELLING or " " not in name else tuple(name.split(" "))


def feature_name(feature: Feature) -> str:
    """The name of a feature, for a file of weights."""
    if isinstance(feature, str):
        return feature
    first, *rest = feature
    return _FIRST + " ".join(rest) if first == _FIRST else " ".join(feature)


def name_parts(main: str | None) -> frozenset[str]:
    """The parts of the main speaker's name that another voice may use."""
    return frozenset(part.casefold() for part in _NAME.findall(main or ""))


def features_of(text: str, names: frozenset[str]) -> list[Feature]:
    """The words, pairs of words and marks of a sentence; the main speaker's name is one of them."""
    words: Sequence[str] = (*tokens(text), "?") if "?" in text else tokens(text)
    if not names.isdisjoint(words):
        words = [word for word in words if word not in names]
    found: list[Feature] = [*words, *pairwise(words)]
    if words:
        found += ((_FIRST, words[0]), (_FIRST, *words[:2]), (_FIRST, *words[:3]))
    found.append(f"#{min(9, len(words) // 4)}" if len(words) > 3 else f"#s{len(words)}")
    if "?" in text[-3:]:
        found.append(ASKS)
    called = _called(text)
    if _has_part(text, names):
        found.append(MAIN_NAMED)
        if called and called.casefold() in names:
            found.append(MAIN_CALLED)
    elif called:
        found.append(OTHER_CALLED)
    return found


def _has_part(text: str, names: frozenset[str]) -> bool:
    """Whether a text has one of these parts of a name as a word."""
    lower = text.casefold()
    if not any(map(lower.__contains__, names)):
        return False
    return any(part.casefold() in names for part in _NAME.findall(text))


def _called(text: str) -> str | None:
    """The name that a sentence calls, at its start or its end."""
    comma = text.rfind(",")
    found = _GREETED.match(text) or (_CALLED_LAST.match(text, comma) if comma >= 0 else None)
    return found[1] if found else None


class Said(NamedTuple):
    """What words say of who speaks, as logits; of one word, its points.

    ``main``: the main speaker says this sentence; ``begins``: another voice than before it;
    ``ends``: another voice comes behind it.
    """

    main: float
    begins: float
    ends: float


def word_logits(
    features: Sequence[frozenset[Feature]], points: Mapping[Feature, Said], bias: Said
) -> list[Said]:
    """What each sentence says by its own words alone. All features have points."""
    worth = points.__getitem__
    return [Said._make(map(sum, zip(bias, *map(worth, found), strict=True))) for found in features]


class Context(NamedTuple):
    """What the network is told of each sentence, its neighbours and its place in the talk.

    ``columns`` has the inputs that vary, by their number, a value a sentence. Of all other inputs,
    which are 0 nearly always, ``ones`` has the sentences where they are 1.
    """

    columns: dict[int, list[float]]
    ones: dict[int, list[int]]

    @property
    def inputs(self) -> int:
        """How many there are."""
        return len(self.columns) + len(self.ones)

    @property
    def sentences(self) -> int:
        """How many there are."""
        return len(self.columns[0])

    def rows(self) -> list[list[float]]:
        """All inputs of each sentence."""
        found = [[0.0] * self.inputs for _ in range(self.sentences)]
        for number, column in self.columns.items():
            for row, value in zip(found, column, strict=True):
                row[number] = value
        for number, places in self.ones.items():
            for at in places:
                found[at][number] = 1.0
        return found


def context(
    features: Sequence[frozenset[Feature]], lengths: Sequence[int], logits: Sequence[Said]
) -> Context:
    """What stands around sentences that have these features, words in all, and word logits."""
    count = len(features)
    own, begins, ends = ([_bounded(one) for one in column] for column in zip(*logits, strict=True))
    found = Context({}, {})
    _add_values(found, own, 6)
    _add_values(found, begins, 4)
    _add_values(found, ends, 3)
    _add_places(found, _having(features, [ASKS]), 4, count)
    _add_values(found, [math.log1p(length) / 3 - 0.8 for length in lengths], 2)
    _add_places(found, _having(features, _ANSWERS), 2, count)
    _add_places(found, _having(features, _HANDS_OVER), 2, count)
    _add_places(found, _having(features, [MAIN_NAMED]), 3, count)
    _add_places(found, _having(features, [MAIN_CALLED]), 2, count)
    _add_places(found, _having(features, [OTHER_CALLED]), 2, count)
    near, far = ([math.exp(-at / length) for at in range(count)] for length in (6, 40))
    place = [at / max(1, count - 1) - 0.5 for at in range(count)]
    means = (_means(own, 12), _means(own, 40))
    for column in (*means, near, near[::-1], far, far[::-1], place):
        found.columns[found.inputs] = column
    return found


def _bounded(logit: float) -> float:
    return max(-6.0, min(6.0, logit)) / 3


def _add_values(found: Context, values: list[float], reach: int) -> None:
    """Inputs for a number of the sentence and of so many on both sides; outside it is 0."""
    around = [0.0] * reach
    padded = [*around, *values, *around]
    for first in range(2 * reach + 1):
        found.columns[found.inputs] = padded[first : first + len(values)]


def _add_places(found: Context, places: Sequence[int], reach: int, count: int) -> None:
    """The same for what is 1 in these places and 0 in all others."""
    for away in range(-reach, reach + 1):
        found.ones[found.inputs] = [at - away for at in places if 0 <= at - away < count]


def _means(values: Sequence[float], reach: int) -> list[float]:
    """For each place the mean of what is at most ``reach`` away."""
    count = len(values)
    sums = [0.0, *accumulate(values)]
    bounds = [(max(0, at - reach), min(count, at + reach + 1)) for at in range(count)]
    return [(sums[stop] - sums[first]) / (stop - first) for first, stop in bounds]


def _having(features: Sequence[frozenset[Feature]], wanted: Iterable[Feature]) -> list[int]:
    """The sentences that have one of these features."""
    meant = frozenset(wanted)
    return [at for at, found in enumerate(features) if not meant.isdisjoint(found)]
