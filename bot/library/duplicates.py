"""Quotes of one speaker that say the same, or nearly, in two talks; or of two speakers. Pure.

Of each text the few smallest hashes of its runs of words are looked at, as in ``fingerprint``; only
texts that share one are compared. So the time grows with the quotes, not with their pairs. Of two
speakers only the same words count, in one talk too: one of them is wrong, unless both said it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from zlib import crc32

from bot.library.finding import Finding
from bot.library.names import plain, words
from bot.library.people import name_id
from bot.model import Quote

_ALIKE = 0.7  # share of the pairs of words of both that both have
_HASHES = 3
_FIRST, _SECOND, _MASK = 0x9E3779B1, 0x85EBCA77, 0xFFFFFFFF  # odd, so that none is lost
_CROWD = 40  # texts that share a run; of more, the run is a set phrase


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one speaker, and the first quote that says them."""

    first: Quote
    speaker: str
    spoken: tuple[str, ...]


class _Numbers(dict[str, int]):
    """A number for each word, worked out once."""

    def __missing__(self, word: str) -> int:
        self[word] = number = crc32(word.encode("utf-8", "replace"))
        return number


def duplicates(quotes: Sequence[Quote]) -> Iterator[Finding]:
    """Each quote that says what another says, with that one; in the given order."""
    texts: dict[tuple[str, tuple[str, ...]], _Text] = {}
    by_words: dict[str, Quote] = {}
    buckets: dict[int, list[_Text]] = {}
    numbers, name_of = _Numbers(), cache(name_id)
    for quote in quotes:
        speaker, spoken = name_of(quote.speaker or ""), tuple(words(quote.shown))
        same = texts.get((speaker, spoken))
        if same is None:
            same = texts[speaker, spoken] = _Text(quote, speaker, spoken)
            if near := _nearest(same, _crowds(same, buckets, numbers)):
                yield _finding(quote, near.first, "nearly the same")
            other = by_words.setdefault(plain(quote.shown), quote)
            if spoken and name_of(other.speaker or "") != speaker:
                yield _finding(quote, other, "the same", _names(quote, other))
        elif same.first.talk != quote.talk:
            yield _finding(quote, same.first, "the same")


def _crowds(text: _Text, buckets: dict[int, list[_Text]], numbers: "_Numbers") -> list[_Text]:
    """The texts that share a run of words with one, which joins them."""
    found: list[_Text] = []
    for run in _sketch(text.spoken, numbers):
        crowd = buckets.setdefault(run ^ numbers[text.speaker], [])
        found += crowd
        if len(crowd) < _CROWD:
            crowd.append(text)
    return found


def _finding(quote: Quote, other: Quote, how: str, names: str = "") -> Finding:
    reason = f"says {how} as {other.id} of the talk {other.talk}{names}"
    return Finding(quote.talk, quote.transcript, quote.id, reason, "duplicate", other.id)


def _names(quote: Quote, other: Quote) -> str:
    here, there = (one.speaker or "nobody by name" for one in (quote, other))
    return f", here by {here}, there by {there}: reject the one whose name is wrong"


def _sketch(spoken: Sequence[str], numbers: _Numbers) -> list[int]:
    """The smallest hashes of its runs of three words; of fewer words that of all."""
    codes = [numbers[word] for word in spoken]
    runs = {
        (one * _FIRST + two * _SECOND + three) & _MASK
        for one, two, three in zip(codes, codes[1:], codes[2:], strict=False)
    }
    return sorted(runs)[:_HASHES] or [sum(codes)]


def _nearest(text: _Text, others: Sequence[_Text]) -> _Text | None:
    alike = (
        (_likeness(text, one), one)
        for one in others
        if one.first.talk != text.first.talk and one.speaker == text.speaker
    )
    best = max(alike, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _likeness(one: _Text, other: _Text) -> float:
    mine, theirs = set(pairwise(one.spoken)), set(pairwise(other.spoken))
    either = mine | theirs
    return len(mine & theirs) / len(either) if either else 0.0
