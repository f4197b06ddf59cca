"""Learn who speaks from labelled interviews: ``python -m benchmarks.train_speakers DATA …``.

DATA is a gzipped file of JSON lines, a sentence each: ep, speaker, text, split (train or dev). The
host is whoever the name of ``--host`` begins; everyone else is a main speaker. Labels are only ever
the target. Needs numpy. Seeded: the same data give the same file.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from bot.speakers.voice_features import (
    Feature,
    Said,
    context,
    feature_name,
    features_of,
    name_parts,
)
from bot.speakers.weights import VERSION

Numbers = NDArray[np.float64]
Pair = tuple[Numbers, Numbers]  # inputs of sentences, a row each, and who says them
_LEAST_EPISODES, _LEAST_TIMES = 60, 120  # of a word that counts
_FOLDS, _HIDDEN, _SEED = 4, 20, 1
_PIECES, _SHORTEST, _LONGEST = 4, 15, 150  # of each interview, in sentences: talks may be short
_SURE_SHARE = 0.995  # right, in episodes held out: a margin over the 99 % that is promised


@dataclass(frozen=True, slots=True)
class Episode:
    """One interview: features of its sentences, their lengths, 1 for the guest's."""

    split: str
    features: list[frozenset[Feature]]
    lengths: list[int]
    guest: Numbers
    texts: list[str]
    guests: str


def episodes(path: Path, host: str, *, named: bool = True) -> list[Episode]:
    """All interviews of a file; ``named`` when the guests' names are known to the method."""
    rows: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.setdefault(row["ep"], []).append(row)
    found = []
    for each in rows.values():
        guests = {row["speaker"] for row in each if not row["speaker"].startswith(host)}
        names = frozenset().union(*map(name_parts, guests)) if named else frozenset()
        texts = [row["text"] for row in each]
        features = [frozenset(features_of(text, names)) - {host.casefold()} for text in texts]
        guest = np.array([float(not row["speaker"].startswith(host)) for row in each])
        lengths = [len(text.split()) for text in texts]
        found.append(
            Episode(each[0]["split"], features, lengths, guest, texts, " ".join(sorted(guests)))
        )
    return found


def vocabulary(chosen: Sequence[Episode], host: str) -> dict[Feature, int]:
    """Words and pairs that many episodes have, none of them the show's own."""
    in_episodes: Counter[Feature] = Counter()
    times: Counter[Feature] = Counter()
    for one in chosen:
        in_episodes.update(frozenset().union(*one.features))
        times.update(name for found in one.features for name in found)
    often = (
        name
        for name, count in in_episodes.items()
        if count >= _LEAST_EPISODES and times[name] >= _LEAST_TIMES
    )
    own = host.casefold()
    kept = sorted((one for one in often if own not in feature_name(one)), key=feature_name)
    return {name: at for at, name in enumerate(kept)}


def _rows(chosen: Sequence[Episode], known: dict[Feature, int]) -> tuple[Any, Any]:
    """For each present feature its sentence and its number."""
    of_row: list[int] = []
    numbers: list[int] = []
    row = 0
    for one in chosen:
        for found in one.features:
            here = [known[name] for name in found if name in known]
            numbers += here
            of_row += [row] * len(here)
            row += 1
    return np.array(of_row), np.array(numbers)


def _adam(parts: list[Numbers], gradients: list[Numbers], state: list[Any], rate: float) -> None:
    state[0] += 1
    for part, gradient, first, second in zip(parts, gradients, state[1], state[2], strict=True):
        first *= 0.9
        first += 0.1 * gradient
        second *= 0.999
        second += 0.001 * gradient**2
        step = (first / (1 - 0.9 ** state[0])) / (np.sqrt(second / (1 - 0.999 ** state[0])) + 1e-8)
        part -= rate * step


def _state(parts: list[Numbers]) -> list[Any]:
    return [0, [np.zeros_like(part) for part in parts], [np.zeros_like(part) for part in parts]]


def fit_words(chosen: Sequence[Episode], known: dict[Feature, int]) -> tuple[Numbers, Numbers]:
    """Logistic regressions on a sentence's own words: points of each word, and biases.

    A column each for who says it, whether a voice begins with it, and whether one ends.
    """
    of_row, numbers = _rows(chosen, known)
    targets = np.concatenate([_voices(one.guest) for one in chosen])
    found = [_fit(target, of_row, numbers, len(known)) for target in targets.T]
    points, biases = zip(*found, strict=True)
    bias = [biases[0], 0, 0]  # where a talk begins and ends, 0 stands around it: what is usual
    return np.stack(points, 1), np.array(bias)


def _voices(guest: Numbers) -> Numbers:
    """For each sentence 1 if it is the guest's, if a voice begins with it, if one ends."""
    changes = (guest[1:] != guest[:-1]).astype(float)
    return np.stack([guest, np.append(1, changes), np.append(changes, 1)], 1)


def _fit(target: Numbers, of_row: Any, numbers: Any, words: int) -> tuple[Numbers, float]:
    """One logistic regression."""
    points, bias = np.zeros(words), np.zeros(1)
    state = _state([points, bias])
    for step in range(300):
        logits = np.bincount(of_row, weights=points[numbers], minlength=len(target)) + bias
        off = (1 / (1 + np.exp(-logits)) - target) / len(target)
        gradient = np.bincount(numbers, weights=off[of_row], minlength=words) + 3e-5 * points
        _adam(
            [points, bias], [gradient, np.array([off.sum()])], state, 0.05 if step < 200 else 0.015
        )
    return points, float(bias[0])


def logits_of(
    one: Episode, known: dict[Feature, int], points: Numbers, biases: Numbers
) -> list[Said]:
    """What the words of each sentence say."""
    places = [[known[name] for name in found if name in known] for found in one.features]
    return [Said(*(biases + points[here].sum(0))) for here in places]


def fit_network(inputs: Numbers, target: Numbers) -> tuple[list[Numbers], Numbers, Numbers]:
    """One hidden layer over a sentence and its neighbours; with mean and scale of the inputs."""
    chance = np.random.default_rng(_SEED)
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-6
    scaled = (inputs - mean) / scale
    width = scaled.shape[1]
    parts = [
        chance.normal(0, width**-0.5, (width, _HIDDEN)),
        np.zeros(_HIDDEN),
        chance.normal(0, _HIDDEN**-0.5, _HIDDEN),
        np.zeros(1),
    ]
    state = _state(parts)
    rounds = 14
    for each in range(rounds):
        order = chance.permutation(len(target))
        rate = 0.002 * (1 + np.cos(np.pi * each / rounds)) + 1e-4
        for at in range(0, len(order), 512):
            some = order[at : at + 512]
            hidden = np.tanh(scaled[some] @ parts[0] + parts[1])
            off = (1 / (1 + np.exp(-(hidden @ parts[2] + parts[3]))) - target[some]) / len(some)
            back = np.outer(off, parts[2]) * (1 - hidden**2)
            gradients = [
                scaled[some].T @ back + 1e-4 * parts[0],
                back.sum(0),
                hidden.T @ off + 1e-4 * parts[2],
                np.array([off.sum()]),
            ]
            _adam(parts, gradients, state, rate)
    return parts, mean, scale


def calibrated(logits: Numbers, guest: Numbers) -> tuple[list[list[float]], float]:
    """The share of guests by logit, never falling, and the logit that is sure."""
    order = np.argsort(logits)
    groups = [(logits[some].mean(), guest[some].mean()) for some in np.array_split(order, 30)]
    shares = np.maximum.accumulate([share for _, share in groups])
    table = [
        [round(float(at), 3), round(float(min(share, 0.999)), 4)]
        for (at, _), share in zip(groups, shares, strict=True)
    ]
    falling = order[::-1]
    right = np.cumsum(guest[falling]) / np.arange(1, len(falling) + 1)
    last = int(np.nonzero(right >= _SURE_SHARE)[0].max())
    return table, round(float(logits[falling[last]]), 3)


def learn(chosen: Sequence[Episode], host: str) -> dict[str, Any]:
    """The weights file of some episodes; what is held out in turn gives the calibration."""
    known = vocabulary(chosen, host)
    folds = [list(range(fold, len(chosen), _FOLDS)) for fold in range(_FOLDS)]
    chance = np.random.default_rng(_SEED)
    given: dict[int, list[Pair]] = {}
    for fold in folds:
        words = fit_words([one for at, one in enumerate(chosen) if at not in fold], known)
        for at in fold:
            logits = logits_of(chosen[at], known, *words)
            given[at] = list(_shown(chosen[at], logits, chance))
    held: list[Numbers] = []
    for fold in folds:
        network = fit_network(*_joined([given[at] for at in given if at not in fold]))
        wholes = [given[at][0] for at in fold]
        held += [_run(network, inputs) for inputs, _ in wholes]
    guests = [chosen[at].guest for fold in folds for at in fold]
    table, sure = calibrated(np.concatenate(held), np.concatenate(guests))
    parts, mean, scale = fit_network(*_joined(list(given.values())))
    points, biases = fit_words(chosen, known)
    units = (parts[0] / scale[:, None]).T
    shifts = parts[1] - (mean / scale) @ parts[0]
    return {
        "version": VERSION,
        "provenance": f"{len(chosen)} labelled interviews; benchmarks/train_speakers.py",
        "sure": sure,
        "calibration": table,
        "bias": [round(float(bias), 4) for bias in biases],
        "out_bias": round(float(parts[3][0]), 4),
        "out": [round(float(value), 4) for value in parts[2]],
        "hidden": [
            [[round(float(value), 4) for value in unit], round(float(shift), 4)]
            for unit, shift in zip(units, shifts, strict=True)
        ],
        "points": {
            feature_name(name): [round(float(one), 2) for one in points[at]]
            for name, at in known.items()
            if abs(points[at]).max() >= 0.02
        },
    }


def _shown(one: Episode, logits: list[Said], chance: np.random.Generator) -> Iterator[Pair]:
    """Inputs and target of an interview, then of pieces of it, each as if it were all there is."""
    starts = np.nonzero(_voices(one.guest)[:, 1])[0]
    pieces = [slice(None)]
    for first in chance.choice(starts, _PIECES):
        length = round(_SHORTEST * (_LONGEST / _SHORTEST) ** chance.random())
        pieces.append(slice(first, first + length))
    for piece in pieces:
        told = context(one.features[piece], one.lengths[piece], logits[piece])
        yield np.array(told.rows()), one.guest[piece]


def _joined(given: Sequence[Sequence[Pair]]) -> Pair:
    inputs, targets = zip(*chain.from_iterable(given), strict=True)
    return np.concatenate(inputs), np.concatenate(targets)


def _run(network: tuple[list[Numbers], Numbers, Numbers], rows: Numbers) -> Numbers:
    parts, mean, scale = network
    result: Numbers = np.tanh(((rows - mean) / scale) @ parts[0] + parts[1]) @ parts[2] + parts[3]
    return result


def main(
    data: Path,
    out: Annotated[Path, typer.Option(help="The weights file.")],
    host: Annotated[str, typer.Option(help="How the host's name begins.")],
) -> None:
    """Learn from the episodes marked train and write the weights."""
    chosen = [one for one in episodes(data, host) if one.split == "train"]
    weights = learn(chosen, host)
    out.write_text(json.dumps(weights, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(weights['points'])} words, sure from {weights['sure']}", file=sys.stderr)


if __name__ == "__main__":
    typer.run(main)
