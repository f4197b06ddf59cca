"""A text taken apart for the features, sentence by sentence. Pure.

Spans of a talk share sentences: each is taken apart once (``apart``), and a span of several is
``joined`` of theirs. Of a text and its sentences that is the same: what may reach from one into the
next is looked at where they meet.
"""

import re
from collections.abc import Sequence
from itertools import chain
from operator import add
from typing import NamedTuple

from bot.lexicon import FUNCTION_WORDS, is_spaced, straight, units
from bot.scoring.kinds import Kinds, packed, unpacked
from bot.scoring.phrasings import (
    WIND_UP,
    Phrasings,
    Words,
    alike,
    contrasts,
    is_longer,
    phrasings,
    pointing,
    restarts,
)


class Part(NamedTuple):
    """A text in lower case with straight apostrophes, its words and how many are of each kind.

    ``content`` are those that carry a subject, ``subjects`` the same once each; ``sentences`` and
    ``clauses`` the words between marks of punctuation; ``winds_up`` says whether it opens as a
    new thought does.
    """

    lower: str
    words: Words
    row: int  # its ``kinds``, packed: these add up
    kinds: Kinds
    content: Words
    subjects: frozenset[str]
    sentences: tuple[Words, ...]
    clauses: tuple[Words, ...]
    phrasings: Phrasings
    winds_up: bool


_MEETING = re.compile(r" (?<=[.!?] )(?=\S)")
_REACH = 3  # words that are said again across the end of a sentence


def cut(shown: str) -> list[str]:
    """The sentences of a text where nothing but a space stands between them."""
    return _MEETING.split(shown) if is_spaced(shown) else [shown]


def apart(shown: str) -> Part:
    """A text as it is taken apart."""
    lower = straight(shown.lower())
    words, sentences, clauses = taken_apart(lower)
    row, carrying = packed(words), content(words)
    kinds = unpacked(row)
    return Part(
        lower,
        words,
        row,
        kinds,
        carrying,
        frozenset(carrying),
        sentences,
        clauses,
        phrasings(shown, words, kinds, sentences, clauses),
        WIND_UP.match(shown) is not None,
    )


def joined(parts: Sequence[Part]) -> Part:
    """The sentences that ``cut`` gives, ``apart``, as the whole text would be taken apart."""
    whole = parts[0]
    for part in parts[1:]:
        whole = _joined(whole, part)
    return whole


def _joined(one: Part, other: Part) -> Part:
    lower, words = f"{one.lower} {other.lower}", one.words + other.words
    row = one.row + other.row
    return Part(
        lower,
        words,
        row,
        unpacked(row),
        one.content + other.content,
        one.subjects | other.subjects,
        one.sentences + other.sentences,
        one.clauses + other.clauses,
        _met(one, other, lower, words),
        one.winds_up,
    )


def _met(one: Part, other: Part, lower: str, words: Words) -> Phrasings:
    """The phrasings of both, and those that stand across the end of the first."""
    both = Phrasings._make(map(add, one.phrasings, other.phrasings))
    more: dict[str, int] = {}
    if other.winds_up:
        more["new_starts"] = both.new_starts + 1
    if not both.contrasts and one.phrasings.refusals and contrasts(lower):
        more["contrasts"] = 1
    if not frozenset(one.words[-_REACH:]).isdisjoint(other.words[:_REACH]):
        more["restarts"] = restarts(words)
    if one.words[-1:] == ("that",):
        more["pointing"] = pointing(words)
    if one.sentences and other.sentences:
        pairs = (one.sentences[-1], other.sentences[0]), (_last_longer(one), _first_longer(other))
        if found := sum([alike(*pair) for pair in pairs]):
            more["alike"] = both.alike + found
    return both._replace(**more) if more else both


def _last_longer(part: Part) -> Words:
    return next(filter(is_longer, reversed(part.clauses)), ())


def _first_longer(part: Part) -> Words:
    return next(filter(is_longer, part.clauses), ())


_PIECE = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|[.!?؟](?=\s|$)|[。！？]|[.!?,;:…，、；،؛؟–—]|--")
_ENDS = frozenset(".!?؟。！？")
_MARKS = _ENDS | frozenset(",;:…，、；،؛–—") | {"--"}


def taken_apart(text: str) -> tuple[Words, tuple[Words, ...], tuple[Words, ...]]:
    """The words of a text in lower case, the same by sentences, and by clauses."""
    pieces = _PIECE.findall(text)
    if not is_spaced(text):
        pieces = [one for piece in pieces for one in (units(piece) or (piece,))]
    sentences: list[Words] = []
    clauses: list[Words] = []
    start = first = 0  # piece of the clause, clause of the sentence
    marks = [at for at, piece in enumerate(pieces) if piece in _MARKS]
    for stop in (*marks, len(pieces)):
        if start < stop:
            clauses.append(tuple(pieces[start:stop]))
        start = stop + 1
        if first < len(clauses) and (stop == len(pieces) or pieces[stop] in _ENDS):
            sentences.append(tuple(chain.from_iterable(clauses[first:])))
            first = len(clauses)
    words = sentences[0] if len(sentences) == 1 else tuple(chain.from_iterable(clauses))
    return words, tuple(sentences), tuple(clauses)


def content(words: Words) -> Words:
    """The words that carry a subject, without function words."""
    return tuple([word for word in words if word not in FUNCTION_WORDS and len(word) > 2])
