"""How many words of each kind a text has: every word is looked at once, all kinds in one sum. Pure.

A word stands for a row of small numbers, a field for each kind, packed into one integer; the sum
of these integers holds the sums of all fields.
"""

import re
from collections.abc import Callable
from struct import Struct
from typing import NamedTuple

from bot.lexicon import (
    ABSTRACT_ENDINGS,
    COMPARISONS,
    HEDGES,
    NEGATIONS,
    OBLIGATIONS,
    PEOPLE,
    PERSONS,
    SUPERLATIVES,
    THIRD_PERSONS,
    UNIVERSALS,
    is_verb,
)
from bot.remembering import remembered


class Kinds(NamedTuple):
    """Counts of words, in lower case; ``letters`` are those of all words."""

    letters: int
    negations: int
    universals: int
    comparisons: int
    hedges: int
    obligations: int
    superlatives: int
    abstract: int
    past: int
    indefinite: int
    figures: int
    verbs: int
    stumbling: int
    weighty: int
    # the following without what stands after an apostrophe: "you're" is "you"
    you: int
    we: int
    persons: int
    third_persons: int
    people: int
    pointing: int
    # words without which there is no such phrasing
    contrasting: int = 0
    defining: int = 0
    likening: int = 0
    loosely: int = 0
    aside: int = 0


POINTING = frozenset({"this", "that", "these", "those", "here"})
_FIELDS = Struct(f"<{len(Kinds._fields)}I")
_PAST = frozenset({"was", "were", "had", "did"})
_STUMBLING = frozenset(
    {
        *("know", "cetera", "on", "something", "stuff", "course", "example", "instance", "say"),
        *("like", "speaking", "um", "umm", "ummm", "uh", "uhh", "uhhh"),
    }
)
_WEIGHTY = re.compile(  # one of these is in whatever says that something counts
    r"\b(?:thing|key|secret|point|truth|reason|problem|question|idea|lesson|difference|goal|trick"
    r"|answer|rule|job|way|mistake|important|day|bottom|matters|counts|fundamental)"
)
_CONTRASTING = re.compile(r"n't|not|than|instead|opposite")
_DEFINING = frozenset({"is", "are", "means", "isn't", "aren't"})
_LIKENING = re.compile(r"like|\bas$|^of$")
_LOOSELY = re.compile(r"(?:kind|sort)$|^(?:think|guess|mean|bit)")
_ASIDE = re.compile(
    r"\b(?:u(?:m+|h+)|cetera|on|stuff|something|course|example|instance|say|speaking|like|know)\b"
)
_YOU = frozenset({"you", "your"})
_WE = frozenset({"we", "us", "our", "ours"})

_WORD: dict[str, Callable[[str], int | bool]] = {
    "letters": len,
    "negations": NEGATIONS.__contains__,
    "universals": UNIVERSALS.__contains__,
    "comparisons": COMPARISONS.__contains__,
    "hedges": HEDGES.__contains__,
    "obligations": OBLIGATIONS.__contains__,
    "superlatives": SUPERLATIVES.__contains__,
    "abstract": lambda word: len(word) > 5 and word.rstrip("s").endswith(ABSTRACT_ENDINGS),
    "past": lambda word: word.endswith("ed") or word in _PAST,
    "indefinite": {"a", "an"}.__contains__,
    "figures": lambda word: word[0].isdigit(),
    "verbs": lambda word: is_verb(word) or (word.endswith("ed") and len(word) > 4),
    "stumbling": _STUMBLING.__contains__,
    "weighty": lambda word: _WEIGHTY.search(word) is not None,
    "contrasting": lambda word: _CONTRASTING.search(word) is not None,
    "defining": _DEFINING.__contains__,
    "likening": lambda word: _LIKENING.search(word) is not None,
    "loosely": lambda word: _LOOSELY.search(word) is not None,
    "aside": lambda word: _ASIDE.search(word) is not None,
}
_STEM: dict[str, Callable[[str], bool]] = {
    "you": _YOU.__contains__,
    "we": _WE.__contains__,
    "persons": PERSONS.__contains__,
    "third_persons": THIRD_PERSONS.__contains__,
    "people": PEOPLE.__contains__,
    "pointing": POINTING.__contains__,
}


def packed(words: tuple[str, ...]) -> int:
    """How many of these words are of each kind, as one row: the rows of texts add up."""
    return sum(map(_packed, words))


def unpacked(row: int) -> Kinds:
    """How many words of each kind a row says."""
    return Kinds._make(_FIELDS.unpack(row.to_bytes(_FIELDS.size, "little")))


@remembered(100_000)
def _packed(word: str) -> int:
    """A word as a row of numbers in one integer."""
    stem = word.partition("'")[0]
    found = Kinds(
        **{name: int(test(word)) for name, test in _WORD.items()},
        **{name: int(test(stem)) for name, test in _STEM.items()},
    )
    return int.from_bytes(_FIELDS.pack(*found), "little")
