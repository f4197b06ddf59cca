"""The learned numbers of the inference: a file, checked when it is read."""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from bot.errors import MALFORMED, BotError
from bot.speakers.voice_features import TELLING, Feature, Said, context, named_feature

VERSION = 2
_FINEST = 2.0**-40  # of points: sums of its multiples are exact, in whatever order a set has them


@dataclass(frozen=True, slots=True)
class VoiceWeights:
    """The learned numbers: points of words, the network, and what a logit is worth.

    ``points`` has every feature that counts, if only by where it stands. ``levels`` are logits,
    rising, and ``shares`` what was right with them; ``sure`` is the logit from which on a sentence
    may be offered as the main speaker's.
    """

    bias: Said
    points: dict[Feature, Said]
    hidden: tuple[tuple[tuple[float, ...], float], ...]
    out: tuple[float, ...]
    out_bias: float
    levels: tuple[float, ...]
    shares: tuple[float, ...]
    sure: float

    def confidence(self, logit: float) -> float:
        """The share of sentences with such a logit that were the main speaker's."""
        levels, shares = self.levels, self.shares
        at = bisect_right(levels, logit)
        if at in (0, len(levels)):
            return shares[max(0, at - 1)]
        left, right, low, high = levels[at - 1], levels[at], shares[at - 1], shares[at]
        return low + (high - low) * (logit - left) / (right - left)


def _exact(points: Any) -> Said:
    main, begins, ends = (round(float(one) / _FINEST) * _FINEST for one in points)
    return Said(main, begins, ends)


@lru_cache(maxsize=2)
def load(path: Path) -> VoiceWeights:
    """Read a weights file, once in a process; ``BotError`` when it is missing or broken."""
    remedy = "install pullquote again"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise ValueError
        weights = VoiceWeights(
            _exact(found["bias"]),
            {
                **dict.fromkeys(TELLING, Said(0.0, 0.0, 0.0)),
                **{named_feature(name): _exact(points) for name, points in found["points"].items()},
            },
            tuple((tuple(map(float, unit)), float(bias)) for unit, bias in found["hidden"]),
            tuple(map(float, found["out"])),
            float(found["out_bias"]),
            tuple(float(logit) for logit, _ in found["calibration"]),
            tuple(float(share) for _, share in found["calibration"]),
            float(found["sure"]),
        )
    except OSError as error:
        reason = "the weights for telling voices are missing"
        raise BotError(reason, place=str(path), remedy=remedy) from error
    except MALFORMED as error:
        reason = "the weights for telling voices are broken"
        raise BotError(reason, place=str(path), remedy=remedy) from error
    width = context([frozenset()], [0], [weights.bias]).inputs
    numbers = [*weights.bias, *weights.out, weights.out_bias]
    numbers += chain.from_iterable(weights.points.values())
    numbers += [value for unit, bias in weights.hidden for value in (*unit, bias)]
    fits = len(weights.hidden) == len(weights.out) and weights.levels
    if not fits or any(len(unit) != width for unit, _ in weights.hidden):
        raise BotError("the weights for telling voices do not fit", place=str(path), remedy=remedy)
    if not all(map(math.isfinite, numbers)):
        raise BotError("the weights for telling voices are broken", place=str(path), remedy=remedy)
    return weights
