"""A model of meaning of two layers and twelve words, by chance, as the package would bring it."""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

VOCABULARY = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]"),
    *("build", "the", "ramp", "thing", "we", "shape", "tools", "first"),
)
SIZE, LAYERS = 24, 2
LINES = ("build the ramp", "we shape the tools first", "unheard of")

Floats = NDArray[np.float32]


def matrices() -> dict[str, Floats]:
    """The model's own, by their names in the package's file."""
    chance = np.random.default_rng(0)

    def some(*shape: int) -> Floats:
        return chance.normal(0, 0.3, shape).astype(np.float32)

    embeddings = "embeddings."
    found = {
        f"{embeddings}word_embeddings.weight": some(len(VOCABULARY), SIZE),
        f"{embeddings}position_embeddings.weight": some(80, SIZE),
        f"{embeddings}token_type_embeddings.weight": some(2, SIZE),
        f"{embeddings}LayerNorm.weight": some(SIZE),
        f"{embeddings}LayerNorm.bias": some(SIZE),
    }
    for at in range(LAYERS):
        layer = f"encoder.layer.{at}."
        shapes = {
            **{f"attention.self.{one}": (SIZE, SIZE) for one in ("query", "key", "value")},
            "attention.output.dense": (SIZE, SIZE),
            "intermediate.dense": (2 * SIZE, SIZE),
            "output.dense": (SIZE, 2 * SIZE),
        }
        for name, (rows, columns) in shapes.items():
            found[f"{layer}{name}.weight"] = some(rows, columns)
            found[f"{layer}{name}.bias"] = some(rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{layer}{name}.weight"] = some(SIZE)
            found[f"{layer}{name}.bias"] = some(SIZE)
    return found


def write_model(folder: Path) -> Path:
    """The model in a folder, as the package has it."""
    folder.mkdir(parents=True)
    save_file(matrices(), folder / "model.safetensors")
    ids = {word: at for at, word in enumerate(VOCABULARY)}
    split = Tokenizer(WordPiece(ids, unk_token="[UNK]"))
    split.pre_tokenizer = Whitespace()
    split.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(one, ids[one]) for one in ("[CLS]", "[SEP]")]
    )
    split.enable_padding(length=14)  # as the package's own has it; no reader wants that
    split.save(str(folder / "tokenizer.json"))
    return folder


def packed(values: NDArray[Any], scale: float) -> dict[str, Any]:
    """A matrix of small whole numbers, as in a file of what was taught."""
    small = values.astype(np.int8).tobytes()
    return {
        "shape": list(values.shape),
        "scale": scale,
        "values": base64.b85encode(zlib.compress(small)).decode(),
    }


def taught(**changed: Any) -> dict[str, Any]:
    """What was taught: nothing inside the model, and a top that looks at its first five numbers."""
    return {
        "version": 1,
        "provenance": {"learned": "2026-11-28"},
        "worth": {"0": 0.0, "L": 0.0, "1": 0.0, "2": 1.0, "3": 2.0},
        "counts": {"share": 0.8, "usual": 0.6, "top": 0.4, "width": 0.1},
        "matrices": {
            "top.weight": packed(np.eye(5, SIZE), 1.0),
            "top.bias": packed(np.zeros(5), 1.0),
        },
        **changed,
    }


def write_taught(path: Path, **changed: Any) -> Path:
    """``taught`` in a file."""
    path.write_text(json.dumps(taught(**changed)), encoding="utf-8")
    return path
