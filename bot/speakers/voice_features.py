"""What a sentence and its neighbours say of who speaks: features for the inference. Pure."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|\?")
_NAME = re.compile(r"[^\W\d_]{3,}")
_CALLED = re.compile(
    r",\s+([A-Z][a-z]+)[.!?]?$"
    r"|^(?:Yes|Yeah|No|So|Well|Okay|Thanks|Thank you|Welcome|Hi|Hello),?\s+([A-Z][a-z]+)[.,!?]"
)
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
    found |= {"^" + " ".join(words[:length]) for length in (1, 2, 3) if words}
    found.add(f"#{min(9, len(words) // 4)}" if len(words) > 3 else f"#s{len(words)}")
    if "?" in text[-3:]:
        found.add(ASKS)
    called = _CALLED.search(text)
    if names & {part.casefold() for part in _NAME.findall(text)}:
        found.add(MAIN_NAMED)
        if called and (called[1] or called[2]).casefold() in names:
            found.add(MAIN_CALLED)
    elif called:
        found.add(OTHER_CALLED)
    return frozenset(found)


def word_logits(
    features: Sequence[frozenset[str]], points: Mapping[str, float], bias: float
) -> list[float]:
    """For each sentence, from its own words alone, the logit that the main speaker says it."""
    return [
        bias + sum(sorted(points[name] for name in found if name in points)) for found in features
    ]


def context(
    features: Sequence[frozenset[str]], lengths: Sequence[int], logits: Sequence[float]
) -> list[list[float]]:
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
    sums = [0.0]
    for value in own:
        sums.append(sums[-1] + value)
    rows: list[list[float]] = []
    for at in range(count):
        row = [value for column, width in padded for value in column[at : at + width]]
        for reach in (12, 40):
            first, stop = max(0, at - reach), min(count, at + reach + 1)
            row.append((sums[stop] - sums[first]) / (stop - first))
        left = count - 1 - at
        row += [math.exp(-at / 6), math.exp(-left / 6), math.exp(-at / 40), math.exp(-left / 40)]
        row.append(at / max(1, count - 1) - 0.5)
        rows.append(row)
    return rows


def _having(features: Sequence[frozenset[str]], *names: str) -> list[float]:
    wanted = frozenset(names)
    return [float(not wanted.isdisjoint(found)) for found in features]
