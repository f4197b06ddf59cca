"""Which said word each typed word is: the way that leaves out least of what must stay. Pure.

Dynamic programming over the places where a typed word is said, as Needleman and Wunsch align two
sequences (https://doi.org/10.1016/0022-2836(70)90057-4): a gap costs little where the law lets
its words go, much where it does not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.editing.texts import Text, taken_apart
from bot.remembering import remembered
from bot.windups import windup_cuts
from bot.wording import FILLERS

_OTHER_CASE, _LAWFUL, _UNLAWFUL = 0.01, 1.0, 50.0
_ENDS = re.compile(r"[.!?…]")
_RUN = 6  # words of a filler, or of what is said twice


@dataclass(frozen=True, slots=True)
class Pair:
    """Words ``first`` to ``stop`` of what was said are words ``typed`` to ``typed_stop`` typed.

    One word each, but for the words of a glossary: ``corrected`` is then what replaces them.
    """

    first: int
    stop: int
    typed: int
    typed_stop: int
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    cost: float
    pair: Pair
    before: "_Way | None"


def paired(said: str, typed: Text, glossary: Mapping[str, str]) -> list[Pair] | None:
    """A pair for each typed word, in order; None where some word is not said in that order."""
    text = taken_apart(said)
    gaps = _Gaps(said, text, typed)
    words = defaultdict(list)
    for pair in _possible(said, text, typed, glossary):
        words[pair.typed].append(pair)
    ways: list[dict[int, _Way]] = [{} for _ in range(len(typed.words) + 1)]
    for at in range(len(typed.words)):
        for pair in words[at]:
            best = _reached(ways[at], pair, gaps)
            known = ways[pair.typed_stop].get(pair.stop)
            if best and text.words[pair.first] != typed.words[at]:
                best = replace(best, cost=best.cost + _OTHER_CASE)
            if best and (known is None or best.cost < known.cost):
                ways[pair.typed_stop][pair.stop] = best
    found = min(
        ways[-1].values(), key=lambda way: way.cost + gaps.at_end(way.pair.stop), default=None
    )
    return None if found is None else list(_back(found))[::-1]


def _reached(ways: Mapping[int, _Way], pair: Pair, gaps: "_Gaps") -> _Way | None:
    """The cheapest way to a pair."""
    if pair.typed == 0:
        return _Way(gaps.at_start(pair.first), pair, None)
    costs = [
        (way.cost + gaps.inside(stop, pair.first, pair.typed), stop)
        for stop, way in ways.items()
        if stop <= pair.first
    ]
    if not costs:
        return None
    cost, stop = min(costs)
    return _Way(cost, pair, ways[stop])


def _back(way: _Way | None) -> Iterator[Pair]:
    while way:
        yield way.pair
        way = way.before


def _possible(said: str, text: Text, typed: Text, glossary: Mapping[str, str]) -> Iterator[Pair]:
    """Every typed word with every said word that it is, and what the glossary corrects."""
    keys, wanted = text.keys, typed.keys
    places = defaultdict(list)
    for at, word in enumerate(keys):
        places[word].append(at)
    for at, word in enumerate(wanted):
        yield from (Pair(one, one + 1, at, at + 1) for one in places[word])
    for misheard, right in glossary.items():
        old, new = taken_apart(misheard).keys, taken_apart(right).keys
        if not old or not new:
            continue
        spots = [at for at, _ in enumerate(wanted) if wanted[at : at + len(new)] == new]
        for first in places[old[0]]:
            stop = first + len(old)
            if keys[first:stop] == old and _stands(said, text, first, stop, misheard):
                yield from (Pair(first, stop, at, at + len(new), right) for at in spots)


def _stands(said: str, text: Text, first: int, stop: int, misheard: str) -> bool:
    """Whether the words are written as the glossary has them, its marks included."""
    words = taken_apart(misheard)
    start = text.spans[first][0] - words.spans[0][0]
    return said[max(0, start) :].startswith(misheard)


class _Gaps:
    """What it costs to leave out words of what was said."""

    def __init__(self, said: str, text: Text, typed: Text) -> None:
        self._text, self._typed, self._keys = text, typed, text.keys
        self._cuts = tuple(windup_cuts(said))

    def at_start(self, first: int) -> float:
        """Of the words before the first one kept."""
        spans = self._text.spans[: first + 1]
        opened = [sum(start < cut for start, _ in spans) for cut in self._cuts]
        return min(self._cost(at, first, 0) for at in (0, *opened) if at <= first)

    def inside(self, stop: int, first: int, typed: int) -> float:
        """Of those from word ``stop`` to ``first``, before a typed word."""
        return self._cost(stop, first, typed)

    def at_end(self, stop: int) -> float:
        """Of those after the last one kept."""
        whole = _ENDS.search(self._text.between[stop])
        return _LAWFUL if whole else self._cost(stop, len(self._keys), len(self._typed.words))

    def _cost(self, stop: int, first: int, typed: int) -> float:
        if first == stop:
            return 0.0
        if "…" in self._typed.between[typed]:
            return _LAWFUL
        gap, following = self._keys[stop:first], self._keys[first : first + _RUN]
        return _LAWFUL if droppable(gap, following) else _UNLAWFUL + first - stop


@remembered(4096)
def droppable(gap: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether the words of a gap are all fillers, or said again at once."""
    if not gap:
        return True
    for first, stop in runs(len(gap)) if len(gap) <= 2 * _RUN else ():
        again = (*gap[stop:], *following)[: stop - first] == gap[first:stop]
        if again or " ".join(gap[first:stop]) in FILLERS:
            return droppable((*gap[:first], *gap[stop:]), following)
    return False


def runs(count: int) -> Iterator[tuple[int, int]]:
    """Every short run of so many words, the first word's first."""
    for first in range(count):
        for stop in range(first + 1, min(count, first + _RUN) + 1):
            yield first, stop
