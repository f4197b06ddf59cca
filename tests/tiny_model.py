"""A language model of two layers and forty pieces of words, by chance, as a package brings it."""

import base64
import json
import string
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFWriter, TokenType
from numpy.typing import NDArray

END = "<|im_end|>"
MERGES = ("Ġ t", "h e", "Ġt he", "i n", "Ġ s", "o o", "s h", "r a", "m p")
PIECES = (
    "<unk>",
    END,
    *string.ascii_lowercase,
    "Ġ",
    ".",
    *(one.replace(" ", "") for one in MERGES),
)
SIZE, INNER, LAYERS, HEADS, KEPT = 24, 40, 2, 6, 2
LINES = ("build the ramp.", "we shape the tools first", "unheard of, i think")

Floats = NDArray[np.float32]


def matrices() -> dict[str, Floats]:
    """The model's own, by their names in the package's file."""
    chance = np.random.default_rng(0)

    def some(*shape: int) -> Floats:
        return chance.normal(0, 0.3, shape).astype(np.float32)

    kept = SIZE * KEPT // HEADS
    found = {"token_embd.weight": some(len(PIECES), SIZE), "output_norm.weight": some(SIZE)}
    for at in range(LAYERS):
        shapes = {
            "attn_norm": (SIZE,),
            "attn_q": (SIZE, SIZE),
            "attn_k": (kept, SIZE),
            "attn_v": (kept, SIZE),
            "attn_output": (SIZE, SIZE),
            "ffn_norm": (SIZE,),
            "ffn_gate": (INNER, SIZE),
            "ffn_up": (INNER, SIZE),
            "ffn_down": (SIZE, INNER),
        }
        found |= {f"blk.{at}.{name}.weight": some(*shape) for name, shape in shapes.items()}
    return found


def write_model(path: Path, own: dict[str, Floats] | None = None) -> Path:
    """The model in a file, as the package has it."""
    file = GGUFWriter(path, "llama")
    file.add_block_count(LAYERS)
    file.add_head_count(HEADS)
    file.add_head_count_kv(KEPT)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_freq_base(10_000.0)
    file.add_token_list(list(PIECES))
    kinds = [TokenType.CONTROL if one == END else TokenType.NORMAL for one in PIECES]
    file.add_token_types(kinds)
    file.add_token_merges(list(MERGES))
    for name, one in (own or matrices()).items():
        file.add_tensor(name, one)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()
    return path


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
        "version": 2,
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
