"""The scorer's learned numbers: a file with its provenance, checked against the feature table."""

import base64
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import MALFORMED, BotError
from bot.scoring.features import FEATURES, READ_ALONE, TABLES
from bot.scoring.ngrams import PLACES, ZERO, Table

VERSION = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature and table adds to the logit, and the logit where all is usual.

    ``points`` are for each feature its weight and its usual value. From the logit
    ``top`` on, within about ``width``, ``craft`` is added to the weights it names, and the table
    ``READ_ALONE`` counts, which counts nowhere else.
    ``provenance`` says on what data, when, and how well the numbers were learned.
    """

    bias: float
    top: float
    width: float
    points: Mapping[str, tuple[float, float]]
    craft: Mapping[str, float]
    tables: Mapping[str, Table]
    provenance: Mapping[str, Any]


@lru_cache(maxsize=2)
def load(path: Path) -> Weights:
    """Read a weights file, once; ``BotError`` when it is missing, broken or of other features."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if (version := document["version"]) != VERSION:
            raise _error(f"are of version {version}, not {VERSION}", path)
        weights = parse(document)
    except OSError as error:
        raise _error("are missing", path) from error
    except MALFORMED as error:
        raise _error("are broken", path) from error
    names = {feature.__name__ for feature in FEATURES}
    strange = {*weights.craft} - names - {*TABLES}
    strange |= {*weights.points} ^ names | {*weights.tables} ^ {*TABLES}
    if odd := sorted(strange):
        raise _error(f"are of other features: {', '.join(odd)}", path)
    return weights


def parse(document: Mapping[str, Any]) -> Weights:
    """Weights from the content of their file; ``ValueError`` and the like when it is broken."""
    points = {
        str(name): (float(weight), float(usual))
        for name, (weight, usual) in document["points"].items()
    }
    tables = {str(name): _table(one) for name, one in document["tables"].items()}
    bias, top, width = (float(document[name]) for name in ("bias", "top", "width"))
    craft = {str(name): float(worth) for name, worth in document["craft"].items()}
    weights = Weights(bias, top, width, points, craft, tables, {**document["provenance"]})
    if width <= 0 or READ_ALONE in craft:
        raise ValueError("the gate at the top is none")
    numbers = [
        bias,
        *craft.values(),
        top,
        1 / width,
        *(number for pair in points.values() for number in pair),
    ]
    numbers += [number for one in tables.values() for number in (one.scale, one.usual)]
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a number is not finite")
    return weights


_FROM_SIGNED = bytes([(one + ZERO) % 256 for one in range(256)])


def _table(found: Mapping[str, Any]) -> Table:
    values = zlib.decompress(base64.b85decode(found["values"])).translate(_FROM_SIGNED)
    if not values or len(values) & (len(values) - 1):
        raise ValueError("the size of a table is no power of two")
    if len(values) > PLACES:
        raise ValueError("a table is too large")
    values *= PLACES // len(values)
    return Table(values, float(found["scale"]), float(found["usual"]))


def _error(reason: str, path: Path) -> BotError:
    remedy = "install pullquote again"
    return BotError(f"the scorer's weights {reason}", place=str(path), remedy=remedy)
