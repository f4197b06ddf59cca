"""What a sentence and its neighbours say of who speaks: features for the inference. Pure."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|\?")
_NAME = re.compile(r"[^\W\d_]{3,}")
_GREETED = re.compile(
    r"(?:Yes|Yeah|No|So|Well|Okay|Thanks|Thank you|Welcome|Hi|Hello),?\s+([A-Z][a-z]+)[.,!?]"
)
_CALLED_LAST = re.compile(r",\s+([A-Z][a-z]+)[.!?]?$")
_ANSWERS = ("^yeah", "^yes", "^so", "^well", "^um")
_HANDS_OVER = ("^thank", "^thanks", "^welcome", "^okay", "^awesome", "^great", "^amazing")
MAIN_NAMED, MAIN_CALLED, OTHER_CALLED, ASKS = "=main", "=called", "=other called", "?$"


def name_parts(main: str | None) -> frozenset[str]:
    """The parts of the main speaker's name that another voice may use."""
    return frozenset(part.casefold() for part in _NAME.findall(main or ""))


def features_of(text: str, names: frozenset[str]) -> frozenset[str]:
    """The words, pairs of words and marks of a sentence; the main speaker's name is one of them."""
    words = [word for word in _WORD.findall(text.lower().replace("’", "'")) if word not in names]
    found = {*words, *map(" ".join, pairwise(words))}
    found.update(["^" + " ".join(words[:length]) for length in (1, 2, 3) if words])
    found.add(f"#{min(9, len(words) // 4)}" if len(words) > 3 else f"#s{len(words)}")
    if "?" in text[-3:]:
        found.add(ASKS)
    called = _GREETED.match(text) or _CALLED_LAST.match(text, max(0, text.rfind(",")))
    if _has_part(text, names):
        found.add(MAIN_NAMED)
        if called and called[1].casefold() in names:
            found.add(MAIN_CALLED)
    elif called:
        found.add(OTHER_CALLED)
    return frozenset(found)


def _has_part(text: str, names: frozenset[str]) -> bool:
    """Whether a text has one of these parts of a name as a word."""
    lower = text.casefold()
    if not any(map(lower.__contains__, names)):
        return False
    return any(part.casefold() in names for part in _NAME.findall(text))


def word_logits(
    features: Sequence[frozenset[str]], points: Mapping[str, float], bias: float
) -> list[float]:
    """For each sentence, from its own words alone, the logit that the main speaker says it."""
    known, worth = frozenset(points), points.__getitem__
    return [bias + sum(sorted(map(worth, found & known))) for found in features]


def context(
    features: Sequence[frozenset[str]], lengths: Sequence[int], logits: Sequence[float]
) -> list[tuple[float, ...]]:
    """For each sentence a row of numbers on it, its neighbours and its place in the talk."""
    count = len(features)
    own = [max(-6.0, min(6.0, logit)) / 3 for logit in logits]
    columns = (
        (own, 8),
        (_having(features, ASKS), 4),
        ([math.log1p(length) / 3 - 0.8 for length in lengths], 3),
        (_having(features, *_ANSWERS), 2),
        (_having(features, *_HANDS_OVER), 2),
        (_having(features, MAIN_NAMED), 3),
        (_having(features, MAIN_CALLED), 2),
        (_having(features, OTHER_CALLED), 2),
    )
    padded = [([0.0] * reach + column + [0.0] * reach, 2 * reach + 1) for column, reach in columns]
    sums = [0.0, *accumulate(own)]
    rows: list[tuple[float, ...]] = []
    for at in range(count):
        near = chain.from_iterable([column[at : at + width] for column, width in padded])
        means = [_mean(sums, max(0, at - reach), min(count, at + reach + 1)) for reach in (12, 40)]
        left = count - 1 - at
        ends = [math.exp(-at / 6), math.exp(-left / 6), math.exp(-at / 40), math.exp(-left / 40)]
        rows.append((*near, *means, *ends, at / max(1, count - 1) - 0.5))
    return rows


def _mean(sums: Sequence[float], first: int, stop: int) -> float:
    return (sums[stop] - sums[first]) / (stop - first)


def _having(features: Sequence[frozenset[str]], *names: str) -> list[float]:
    wanted = frozenset(names)
    return [float(not wanted.isdisjoint(found)) for found in features]
