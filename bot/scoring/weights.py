"""The scorer's weights: a file with its provenance, checked against the feature table."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.errors import BotError
from bot.scoring.features import FEATURES

VERSION = 1
_REMEDY = "install pullquote again"


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of the logit for each feature, the constant, and where the numbers come from."""

    bias: float
    points: Mapping[str, float]
    provenance: str


@lru_cache(maxsize=2)
def load(path: Path) -> Weights:
    """Read a weights file, once; ``BotError`` when it is missing, broken or of other features."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        weights = Weights(
            float(document["bias"]),
            {str(name): float(points) for name, points in document["points"].items()},
            str(document["provenance"]),
        )
        version = document["version"]
    except OSError as error:
        raise BotError(
            "the scorer's weights are missing", place=str(path), remedy=_REMEDY
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BotError(
            "the scorer's weights are broken", place=str(path), remedy=_REMEDY
        ) from error
    if not all(map(math.isfinite, (weights.bias, *weights.points.values()))):
        raise BotError("the scorer's weights are broken", place=str(path), remedy=_REMEDY)
    known = {feature.__name__ for feature in FEATURES}
    if version != VERSION:
        reason = f"the scorer's weights are of version {version}, not {VERSION}"
        raise BotError(reason, place=str(path), remedy=_REMEDY)
    if odd := sorted(known ^ set(weights.points)):
        reason = f"the scorer's weights are of other features: {', '.join(odd)}"
        raise BotError(reason, place=str(path), remedy=_REMEDY)
    return weights
