"""Sentences to learn the language of quotations from: quotations, memorable lines, pairs of both.

Three layouts: ``quotes_merged.tsv`` (source, text, author …), ``cornell_pairs.txt`` (a block of a
movie's title, the memorable line as quoted, the same as in the script, another line) and tables of
pairs with the columns ``pos`` and ``neg``.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LEAST, _MOST = 5, 45  # words of a quotation


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of one episode, talk or movie (``group``), of which the first was chosen.

    ``places`` are where they stand in their episode, where the file says so.
    """

    group: str
    chosen: str
    other: str
    places: tuple[int, int] | None = None


def quotations(path: Path) -> list[str]:
    """The famous quotations of a collection, of a sensible length."""
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=3)]
    return [text for text in texts if _LEAST <= len(text.split()) <= _MOST]


def pairs(path: Path) -> list[Pair]:
    """The pairs of a file in any of the layouts."""
    return list(_of_movies(path) if path.suffix == ".txt" else _of_table(path))


def _of_table(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=3):
            places = (int(row["pos_i"]), int(row["neg_i"])) if "pos_i" in row else None
            yield Pair(row.get("ep") or row["talk"], row["pos"], row["neg"], places)


def _of_movies(path: Path) -> Iterator[Pair]:
    for block in path.read_text(encoding="latin-1").split("\n\n"):
        lines = block.strip().split("\n")
        if len(lines) == 4:  # title, as quoted, as in the script, the other (with line numbers)
            movie, quoted, _, other = lines
            yield Pair(movie, quoted, other.partition(" ")[2])
