"""What the words of a text hold, counted: figures, hedges, names, repeats. Pure.

Searching is what a look at a span costs most, and spans share their sentences: each sentence is
searched once, and for what its words allow (the last fields of ``Kinds``).
"""

import re
from collections.abc import Sequence
from operator import eq
from typing import NamedTuple

from bot.lexicon import (
    DETERMINERS,
    IMPERATIVES,
    PRONOUNS,
    is_spaced,
    is_verb,
    steps_said_twice,
    straight,
)
from bot.scoring.kinds import POINTING, Kinds

Words = tuple[str, ...]


class Phrasings(NamedTuple):
    """How often a text has each; those of one sentence add up with those of the next."""

    contrasts: int = 0
    refusals: int = 0  # "n't"; a contrast may go on in the next sentence
    definitions: int = 0
    likenesses: int = 0
    loose: int = 0
    asides: int = 0
    weighty: int = 0
    names: int = 0
    new_starts: int = 0
    quoted: int = 0
    reasons: int = 0
    told: int = 0
    alike: int = 0
    restarts: int = 0
    pointing: int = 0


def phrasings(
    shown: str, words: Words, kinds: Kinds, sentences: Sequence[Words], clauses: Sequence[Words]
) -> Phrasings:
    """What a text holds; the others are what follows from ``shown``."""
    lower = straight(shown.lower())
    if not is_spaced(shown):
        kinds = kinds._replace(contrasting=1, defining=1, likening=1, loosely=1, aside=1)
    return Phrasings(
        int(kinds.contrasting > 0 and contrasts(lower)),
        lower.count("n't") if kinds.contrasting else 0,
        _definitions(lower) if kinds.defining else 0,
        len(_LIKENESS.findall(lower)) if kinds.likening else 0,
        len(_LOOSE.findall(lower)) if kinds.loosely else 0,
        len(_ASIDE.findall(lower)) if kinds.aside or "--" in lower else 0,
        len(_WEIGHTY.findall(lower)) if kinds.weighty else 0,
        _names(shown),
        len(_NEW_START.findall(shown)),
        int('"' in shown or not (shown.isascii() or _QUOTE_MARKS.isdisjoint(shown))),
        ("because" in words) + ("so that" in lower),
        sum([clause[0] in _TELLING for clause in clauses]),
        _alike_among(sentences) + _alike_among(list(filter(is_longer, clauses))),
        restarts(words),
        pointing(words) if kinds.pointing else 0,
    )


_CONTRAST = re.compile(
    r"\bnot (?:just |only |because )?[\w' ]{1,40}?(?:,|;|--|–|—| but)|"
    r"\b(?:isn't|aren't|don't|doesn't|didn't|wasn't|won't|can't)\b"
    r"[^.!?]{2,60}[,;.] ?(?:it|it's|they|they're|you|we|but|that's)\b|"
    r"\b(?:instead of|rather than|more than|less than|the opposite of|not the)\b",
)


def contrasts(lower: str) -> bool:
    """Whether a text sets one thing against another."""
    return _CONTRAST.search(lower) is not None


_DEFINITION = re.compile(
    r"(?:(?:a|an|the|your|our|every) )?[\w'-]+(?: [\w'-]+){0,3} (?:is|are|means|isn't|aren't) "
    r"(?:a|an|the|not|just|never|always|about|what|when|how|like)\b"
)
_END = re.compile(r"[.!?]\s+")


def _definitions(lower: str) -> int:
    starts = (0, *[end.end() for end in _END.finditer(lower)])
    return sum([_DEFINITION.match(lower, start) is not None for start in starts])


_LIKENESS = re.compile(
    r"\b(?:(?:is|are|was|be|it's|that's|they're|feels|looks?) (?:just |really |almost )?like|"
    r"as if|as though|as \w+ as|the \w+ of \w+|kind of like)\b"
)
_LOOSE = re.compile(
    r"kind(?<!\w....) of\b|sort(?<!\w....) of\b|i(?<!\w.) (?:think|guess|mean)\b|a(?<!\w.) bit\b"
)
_SAID_LIKE = "(?:'s|'re| was| were)? like"
_ASIDE = re.compile(  # each opens on its letter, so that a search leaps from one such to the next
    r"--|u(?<!\w.)(?:m+|h+)\b|et(?<!\w..) cetera\b|and(?<!\w...) (?:so on|stuff)\b"
    r"|or(?<!\w..) something\b|of(?<!\w..) course\b|for(?<!\w...) (?:example|instance)\b"
    r"|i(?<!\w.) would say\b|roughly(?<!\w.{7}) speaking\b|like,(?<!\w.{5})|, like\b"
    rf"|you(?<!\w...)(?: know|{_SAID_LIKE})\b|she(?<!\w...){_SAID_LIKE}\b"
    rf"|he(?<!\w..){_SAID_LIKE}\b|they(?<!\w....){_SAID_LIKE}\b|it(?<!\w..){_SAID_LIKE}\b"
)
_WEIGHTY = re.compile(
    r"\b(?:the (?:real |whole |only |single |very |most )*(?:thing|key|secret|point|truth|reason|"
    r"problem|question|idea|lesson|difference|goal|trick|answer|rule|job|way|mistake)|"
    r"(?:the )?most important(?:ly)?|at the end of the day|bottom line|"
    r"what (?:matters|counts)|fundamental\w*|matters most)\b"
)
_CAPITAL = re.compile(r"[A-Z](?<!\w.)\w+")  # the look back second: the search starts at capitals
_MAY_NAME = re.compile(r"[A-Z](?:[^\Wa-z]|(?<=[\w,;:] .))")
_GOES_ON = re.compile(r"[\w,;:] ")


def _names(shown: str) -> int:
    """How many capitals stand for a name: inside a sentence, or two of them anywhere."""
    if not _MAY_NAME.search(shown):
        return 0
    return sum([_is_name(shown, one) for one in _CAPITAL.finditer(shown)])


def _is_name(shown: str, found: re.Match[str]) -> bool:
    at = found.start()
    return found[0][1].isupper() or (at > 1 and _GOES_ON.match(shown, at - 2) is not None)


_WIND_UP = r"(?:and|so|but|yeah|now|well|then|also|i think|i guess|i would say|i mean|you know)\b"
_NEW_START = re.compile(rf"[.!?] {_WIND_UP}", re.IGNORECASE)
WIND_UP = re.compile(_WIND_UP, re.IGNORECASE)
_QUOTE_MARKS = frozenset("“”«»„")
_ENUMERATION = {"number", "step", "rule", "first", "second", "third", "one", "two", "three"}
_TELLING = IMPERATIVES - _ENUMERATION


def is_longer(clause: Words) -> bool:
    """Whether a clause has three words or more."""
    return len(clause) > 2


def _alike_among(parts: Sequence[Words]) -> int:
    return sum(map(alike, parts, parts[1:]))


def alike(one: Words, other: Words) -> bool:
    """Whether two differ, but in length (±1) hardly, and have every second word in one place."""
    if abs(len(one) - len(other)) > 1 or len(one) < 3 or one == other:
        return False
    return len(one) <= 2 * list(map(eq, one, other)).count(True)


def restarts(words: Words) -> int:
    """How often one to three words are said twice in a row: "if you ever if you ever"."""
    return sum(
        words[at : at + step] == words[at + step : at + 2 * step]
        for step in steps_said_twice(words)
        for at in range(len(words) - 2 * step + 1)
    )


def pointing(words: Words) -> int:
    """How many words point at what the eye cannot see."""
    pairs = zip(words, (*words[1:], ""), strict=True)
    return sum([_points(one, other) for one, other in pairs if one[0] in "th"])


_NO_NOUN = PRONOUNS | DETERMINERS  # after "that", one of these opens a clause


def _points(word: str, following: str) -> bool:
    """Whether a word points: "that direction" does, "something that works" does not."""
    if word != "that":
        return word.partition("'")[0] in POINTING
    return not (is_verb(following) or following.partition("'")[0] in _NO_NOUN)
