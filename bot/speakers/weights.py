"""The learned numbers of the inference: a file, checked when it is read."""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.speakers.voice_features import context

VERSION = 1


@dataclass(frozen=True, slots=True)
class VoiceWeights:
    """The learned numbers: points of words, the network, and what a logit is worth.

    ``sure`` is the logit from which on a sentence may be offered as the main speaker's.
    """

    bias: float
    points: dict[str, float]
    hidden: tuple[tuple[tuple[float, ...], float], ...]
    out: tuple[float, ...]
    out_bias: float
    calibration: tuple[tuple[float, float], ...]
    sure: float

    def confidence(self, logit: float) -> float:
        """The share of sentences with such a logit that were the main speaker's."""
        at = bisect_right(self.calibration, (logit, math.inf))
        if at in (0, len(self.calibration)):
            return self.calibration[max(0, at - 1)][1]
        (left, low), (right, high) = self.calibration[at - 1 : at + 1]
        return low + (high - low) * (logit - left) / (right - left)


@lru_cache(maxsize=2)
def load(path: Path) -> VoiceWeights:
    """Read a weights file, once in a process; ``BotError`` when it is missing or broken."""
    remedy = "install pullquote again"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise ValueError
        weights = VoiceWeights(
            float(found["bias"]),
            {str(name): float(points) for name, points in found["points"].items()},
            tuple((tuple(map(float, unit)), float(bias)) for unit, bias in found["hidden"]),
            tuple(map(float, found["out"])),
            float(found["out_bias"]),
            tuple((float(logit), float(share)) for logit, share in found["calibration"]),
            float(found["sure"]),
        )
    except OSError as error:
        reason = "the weights for telling voices are missing"
        raise BotError(reason, place=str(path), remedy=remedy) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = "the weights for telling voices are broken"
        raise BotError(reason, place=str(path), remedy=remedy) from error
    width = len(context([frozenset()], [0], [0.0])[0])
    numbers = [weights.bias, *weights.points.values(), *weights.out, weights.out_bias]
    numbers += [value for unit, bias in weights.hidden for value in (*unit, bias)]
    fits = len(weights.hidden) == len(weights.out) and weights.calibration
    if not fits or any(len(unit) != width for unit, _ in weights.hidden):
        raise BotError("the weights for telling voices do not fit", place=str(path), remedy=remedy)
    if not all(map(math.isfinite, numbers)):
        raise BotError("the weights for telling voices are broken", place=str(path), remedy=remedy)
    return weights
