"""Quotes of one speaker that say the same, or nearly, in two talks. Pure.

Of each text the few smallest hashes of its runs of words are looked at, as in ``fingerprint``; only
texts that share one are compared. So the time grows with the quotes, not with their pairs.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from zlib import crc32

from bot.library.finding import Finding
from bot.library.names import words
from bot.library.people import name_id
from bot.model import Quote

_ALIKE = 0.7  # share of the pairs of words of both that both have
_RUN, _HASHES = 3, 5
_CROWD = 40  # texts that share a run; of more, the run is a set phrase


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one speaker, and the first quote that says them."""

    first: Quote
    pairs: frozenset[tuple[str, str]]


def duplicates(quotes: Sequence[Quote]) -> Iterator[Finding]:
    """Each quote that says what one of another talk says, with that one; in the given order."""
    texts: dict[tuple[str, tuple[str, ...]], _Text] = {}
    buckets: dict[tuple[str, int], list[_Text]] = defaultdict(list)
    for quote in quotes:
        speaker, spoken = name_id(quote.speaker or ""), tuple(words(quote.shown))
        same = texts.get((speaker, spoken))
        if same is None:
            same = texts[speaker, spoken] = _Text(quote, frozenset(pairwise(spoken)))
            keys = [(speaker, number) for number in _sketch(spoken)]
            near = _nearest(same, [one for key in keys for one in buckets[key]])
            for key in keys:
                if len(buckets[key]) < _CROWD:
                    buckets[key].append(same)
            if near:
                yield _finding(quote, near.first, "nearly the same")
        elif same.first.talk != quote.talk:
            yield _finding(quote, same.first, "the same")


def _finding(quote: Quote, other: Quote, how: str) -> Finding:
    reason = f"says {how} as {other.id} of the talk {other.talk}"
    return Finding(quote.talk, quote.transcript, quote.id, reason, "duplicate", other.id)


def _sketch(spoken: Sequence[str]) -> list[int]:
    runs = {" ".join(spoken[at : at + _RUN]) for at in range(max(1, len(spoken) - _RUN + 1))}
    return nsmallest(_HASHES, {crc32(run.encode("utf-8", "replace")) for run in runs})


def _nearest(text: _Text, others: Sequence[_Text]) -> _Text | None:
    alike = ((_likeness(text, one), one) for one in others if one.first.talk != text.first.talk)
    best = max(alike, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _likeness(one: _Text, other: _Text) -> float:
    either = one.pairs | other.pairs
    return len(one.pairs & other.pairs) / len(either) if either else 0.0
