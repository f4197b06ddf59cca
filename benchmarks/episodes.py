"""Episodes with the sentences that editors chose, and how well a ranking finds those.

A file of episodes is gzipped JSON lines, a sentence each: ep, i, n_sent, t (seconds), speaker,
para, text, label (1 chosen, 0 not, -1 left out), split. Judged are the guest's sentences of 6 to
45 words; where nobody is named, all of them.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import InputError
from bot.model import Mark, Sentence

HOST = "Lenny"
FOLDS = 5
METRICS = ("auc", "hit1", "hit5", "hit10", "lift10")
_LEAST, _MOST = 6, 45  # words
_ROUNDS, _SEED = 2000, 7

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Episode:
    """One talk: its sentences, 1 where an editor chose one, whose are the guest's, which judged."""

    name: str
    source: str
    sentences: tuple[Sentence, ...]
    chosen: NDArray[np.int8]
    guest: NDArray[np.bool_]
    judged: NDArray[np.bool_]

    @property
    def fold(self) -> int:
        """Which fifth of the episodes it belongs to; its name alone decides."""
        return fold_of(self.name)

    @cached_property
    def labels(self) -> NDArray[np.int8]:
        """1 for chosen, 0 for not, of the judged sentences."""
        found: NDArray[np.int8] = self.chosen[self.judged]
        return found


def fold_of(name: str) -> int:
    """Which fold an episode, a talk or a movie is in."""
    return int(sha256(name.encode()).hexdigest(), 16) % FOLDS


def read(path: Path) -> list[Episode]:
    """The episodes of a file, in its order; ``InputError`` names the line that cannot be read."""
    rows: dict[str, list[dict[str, Any]]] = {}
    line = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line, text in enumerate(lines, 1):  # noqa: B007 - the error names it
                row = _row(json.loads(text))
                rows.setdefault(row["ep"], []).append(row)
    except (OSError, EOFError, ValueError, OverflowError, KeyError, TypeError) as error:
        where = f"{path} line {line}" if line else str(path)
        said = f"has no {error}" if isinstance(error, KeyError) else str(error)
        remedy = "give gzipped JSON lines with ep, t, text, label and, if known, speaker"
        raise InputError(f"is no file of episodes: {said}", place=where, remedy=remedy) from error
    return [_episode(name, path.stem.split(".")[0], each) for name, each in rows.items()]


def _row(found: Any) -> dict[str, Any]:
    """What is used of a line; ``ValueError``, ``KeyError`` or ``TypeError`` where it is amiss."""
    if found["label"] not in (-1, 0, 1):
        raise ValueError(f"its label is {found['label']!r}, not 1, 0 or -1")
    return {
        "ep": str(found["ep"]),
        "start_ms": round(1000 * float(found["t"])),
        "speaker": str(found.get("speaker") or ""),
        "text": str(found["text"]),
        "label": int(found["label"]),
    }


def _episode(name: str, source: str, rows: Sequence[dict[str, Any]]) -> Episode:
    starts = [row["start_ms"] for row in rows]
    ends = [*starts[1:], starts[-1] + 3000]
    turn, offset, found = 0, 0, []
    for at, row in enumerate(rows):
        if at and row["speaker"] != rows[at - 1]["speaker"]:
            turn, offset = turn + 1, 0
        start_ms, text = starts[at], row["text"]
        marks = (Mark(0, start_ms),)
        end_ms = max(start_ms, ends[at])
        found.append(
            Sentence(
                at, text, start_ms, end_ms, marks, turn, offset, speaker=row["speaker"] or None
            )
        )
        offset += len(text) + 1
    labels = np.array([row["label"] for row in rows], dtype=np.int8)
    guest = np.array([not row["speaker"].startswith(HOST) for row in rows])
    words = np.array([len(one.text.split()) for one in found])
    judged = guest & (labels >= 0) & (words >= _LEAST) & (words <= _MOST)
    return Episode(name, source, tuple(found), labels, guest, judged)


def judge(episodes: Sequence[Episode], scores: Sequence[Numbers]) -> Numbers:
    """METRICS of each episode of which some was chosen and some not; shape (episodes, metrics).

    ``scores`` are for each episode those of its judged sentences, the higher the better.
    """
    rows = [
        metrics(found, one.labels)
        for one, found in zip(episodes, scores, strict=True)
        if one.labels.any() and not one.labels.all()
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(METRICS))


def metrics(scores: Numbers, labels: NDArray[np.int8]) -> tuple[float, ...]:
    """METRICS of one ranking: area under the ROC curve, hits among the first, lift of the ten."""
    best = labels[np.argsort(-scores, kind="stable")]
    hits = (float(best[:count].any()) for count in (1, 5, 10))
    return (auc(scores, labels), *hits, float(best[:10].mean() / labels.mean()))


def auc(scores: Numbers, labels: NDArray[np.int8]) -> float:
    """How often a chosen sentence is above another one; ties count half (Mann and Whitney 1947)."""
    chosen, others = scores[labels == 1], np.sort(scores[labels == 0])
    below = np.searchsorted(others, chosen, "left") + np.searchsorted(others, chosen, "right")
    return float(below.mean() / 2 / len(others))


def by_metric(rows: Numbers) -> dict[str, Any]:
    """Each of METRICS as a mean, and under ``intervals`` as the 95 % of a bootstrap by episode."""
    random = np.random.default_rng(_SEED)
    draws = random.integers(0, len(rows), (_ROUNDS, len(rows)))
    low, high = np.percentile(rows[draws].mean(axis=1), (2.5, 97.5), axis=0)
    means = (round(float(mean), 4) for mean in rows.mean(axis=0))
    bounds = ([round(float(one), 4) for one in pair] for pair in zip(low, high, strict=True))
    intervals = dict(zip(METRICS, bounds, strict=True))
    return {**dict(zip(METRICS, means, strict=True)), "intervals": intervals}
