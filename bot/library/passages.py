"""Whether two spans are the same passage of a talk, also when its transcript was corrected. Pure.

Within one version two passages are the same when they overlap in time *and* share words as text:
neighbouring sentences often share a cue, so that their times touch. Across versions times shift and
words are mended: then pairs of adjacent words are compared. Single words would not do: in a talk
half of all sentences share half of theirs ("it is the") with another within two minutes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.library.names import words
from bot.remembering import remembered

_NEAR_MS = 120_000
_SAME, _SURELY_SAME = 0.5, 0.8
_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Words said at a time (milliseconds), in one version of the talk's transcript."""

    version: int
    start_ms: int
    end_ms: int
    said: str


def same_passage(a: Passage, b: Passage) -> bool:
    """Whether the two are the same stretch of the talk, at least in good part."""
    if a.version == b.version:
        return _at_once(a, b) and _share_text(a.said.split(), b.said.split())
    shared = overlap(a, b)
    return shared >= _SURELY_SAME or (shared >= _SAME and abs(a.start_ms - b.start_ms) <= _NEAR_MS)


def overlap(a: Passage, b: Passage) -> float:
    """The share of the shorter one's pairs of adjacent words that the other has, 0 to 1."""
    first, second = _pairs(a.said), _pairs(b.said)
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 0.0


def match(candidates: Sequence[Passage], stored: Sequence[Passage]) -> dict[int, int]:
    """Which stored passage each candidate is, by their positions: the closest first, one to one."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, candidate, row in sorted(_alike(candidates, stored)):
        if candidate not in partners and row not in taken:
            partners[candidate] = row
            taken.add(row)
    return partners


def distinct(candidates: Sequence[Passage]) -> tuple[int, ...]:
    """The positions of those that are not the same passage as a better one before them."""
    kept: list[int] = []
    better: list[tuple[int, int, int]] = []  # version, start and end of those kept
    for position, one in enumerate(candidates):
        version, start_ms, end_ms = one.version, one.start_ms, one.end_ms
        near = [  # forty candidates are 780 pairs: nearly all are told apart by their times
            kept[place]
            for place, (other, start, end) in enumerate(better)
            if other != version or start == start_ms or (start < end_ms and start_ms < end)
        ]
        if not any(same_passage(one, candidates[other]) for other in near):
            kept.append(position)
            better.append((version, start_ms, end_ms))
    return tuple(kept)


def _alike(
    candidates: Sequence[Passage], stored: Sequence[Passage]
) -> Iterator[tuple[tuple[float, int, int], int, int]]:
    """Every pair that is the same passage, with its distance: words, then time, then length."""
    for position, candidate in enumerate(candidates):
        for row, passage in enumerate(stored):
            if same_passage(candidate, passage):
                apart = (
                    -overlap(candidate, passage),
                    abs(candidate.start_ms - passage.start_ms),
                    abs(len(candidate.said) - len(passage.said)),
                )
                yield apart, position, row


def _at_once(a: Passage, b: Passage) -> bool:
    return a.start_ms == b.start_ms or max(a.start_ms, b.start_ms) < min(a.end_ms, b.end_ms)


def _share_text(a: list[str], b: list[str]) -> bool:
    """Whether one holds the other, or the end of one is the beginning of the other.

    A single word that both have may be chance.
    """
    shorter, longer = sorted((a, b), key=len)
    size = len(shorter)
    if size < _SHARED_WORDS:
        return shorter == longer
    if any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1)):
        return True
    shared = range(_SHARED_WORDS, size)
    return any(a[-length:] == b[:length] or b[-length:] == a[:length] for length in shared)


@remembered(4096)
def _pairs(said: str) -> Counter[tuple[str, ...]]:
    spoken = words(said)
    return Counter(pairwise(spoken)) if len(spoken) > 1 else Counter([tuple(spoken)])
