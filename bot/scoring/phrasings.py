"""What the words of a text hold, counted: figures, hedges, names, repeats. Pure.

Searching is what a look at a span costs most, and spans share their sentences: each sentence is
searched once. A quick look for a part of what a pattern wants goes before the slow one.
"""

import re
from collections.abc import Sequence
from operator import eq
from typing import NamedTuple

from bot.lexicon import DETERMINERS, IMPERATIVES, PRONOUNS, is_verb, steps_said_twice
from bot.scoring.kinds import POINTING

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
    shown: str, lower: str, words: Words, sentences: Sequence[Words], clauses: Sequence[Words]
) -> Phrasings:
    """What a text holds; the others are what follows from ``shown``."""

    def has(parts: Sequence[str]) -> bool:
        return any(map(lower.__contains__, parts))

    return Phrasings(
        contrasts=int(has(_CONTRASTING) and contrasts(lower)),
        refusals=lower.count("n't"),
        definitions=_definitions(lower) if has(_DEFINING) else 0,
        likenesses=len(_LIKENESS.findall(lower)) if has(_LIKE) else 0,
        loose=len(_LOOSE.findall(lower)) if has(_LOOSELY) else 0,
        asides=len(_ASIDE.findall(lower)) if has(_ASIDES) else 0,
        weighty=len(_WEIGHTY.findall(lower)) if has(_WEIGHING) else 0,
        names=sum([_names(shown, one) for one in _CAPITAL.finditer(shown)]),
        new_starts=len(_NEW_START.findall(shown)),
        quoted=sum(map(shown.__contains__, _QUOTE_MARKS)),
        reasons=("because" in words) + ("so that" in lower),
        told=sum([clause[0] in _TELLING for clause in clauses]),
        alike=_alike_among(sentences) + _alike_among(list(filter(is_longer, clauses))),
        restarts=restarts(words),
        pointing=pointing(words),
    )


_CONTRAST = re.compile(
    r"\bnot (?:just |only |because )?[\w' ]{1,40}?(?:,|;|--|–|—| but)|"
    r"\b(?:isn't|aren't|don't|doesn't|didn't|wasn't|won't|can't)\b"
    r"[^.!?]{2,60}[,;.] ?(?:it|it's|they|they're|you|we|but|that's)\b|"
    r"\b(?:instead of|rather than|more than|less than|the opposite of|not the)\b",
)
_CONTRASTING = ("n't", "not", " than", "instead", "opposite")


def contrasts(lower: str) -> bool:
    """Whether a text sets one thing against another."""
    return _CONTRAST.search(lower) is not None


_DEFINITION = re.compile(
    r"(?:(?:a|an|the|your|our|every) )?[\w'-]+(?: [\w'-]+){0,3} (?:is|are|means|isn't|aren't) "
    r"(?:a|an|the|not|just|never|always|about|what|when|how|like)\b"
)
_DEFINING = (" is ", " are ", " means ", "n't ")
_END = re.compile(r"[.!?]\s+")


def _definitions(lower: str) -> int:
    starts = (0, *[end.end() for end in _END.finditer(lower)])
    return sum([_DEFINITION.match(lower, start) is not None for start in starts])


_LIKENESS = re.compile(
    r"\b(?:(?:is|are|was|be|it's|that's|they're|feels|looks?) (?:just |really |almost )?like|"
    r"as if|as though|as \w+ as|the \w+ of \w+|kind of like)\b"
)
_LIKE = ("like", "as ", " of ")
_LOOSE = re.compile(
    r"kind(?<!\w....) of\b|sort(?<!\w....) of\b|i(?<!\w.) (?:think|guess|mean)\b|a(?<!\w.) bit\b"
)
_LOOSELY = ("kind of", "sort of", "i think", "i guess", "a bit", "i mean")
_SAID_LIKE = "(?:'s|'re| was| were)? like"
_ASIDE = re.compile(  # each opens on its letter, so that a search leaps from one such to the next
    r"--|u(?<!\w.)(?:m+|h+)\b|et(?<!\w..) cetera\b|and(?<!\w...) (?:so on|stuff)\b"
    r"|or(?<!\w..) something\b|of(?<!\w..) course\b|for(?<!\w...) (?:example|instance)\b"
    r"|i(?<!\w.) would say\b|roughly(?<!\w.{7}) speaking\b|like,(?<!\w.{5})|, like\b"
    rf"|you(?<!\w...)(?: know|{_SAID_LIKE})\b|she(?<!\w...){_SAID_LIKE}\b"
    rf"|he(?<!\w..){_SAID_LIKE}\b|they(?<!\w....){_SAID_LIKE}\b|it(?<!\w..){_SAID_LIKE}\b"
)
_ASIDES = (
    *("--", "um", "uh", "you know", "cetera", "so on", "something", "stuff", "of course"),
    *("for example", "for instance", "would say", "speaking", "like,", ", like", "he like"),
    *("they like", "you like", "it like", "'s like", "'re like", "was like", "were like"),
)
_WEIGHTY = re.compile(
    r"\b(?:the (?:real |whole |only |single |very |most )*(?:thing|key|secret|point|truth|reason|"
    r"problem|question|idea|lesson|difference|goal|trick|answer|rule|job|way|mistake)|"
    r"(?:the )?most important(?:ly)?|at the end of the day|bottom line|"
    r"what (?:matters|counts)|fundamental\w*|matters most)\b"
)
_WEIGHING = ("the ", "most", "bottom line", "what ", "fundamental")
_CAPITAL = re.compile(r"[A-Z](?<!\w.)\w+")  # the look back second: the search starts at capitals
_GOES_ON = re.compile(r"[\w,;:] ")


def _names(shown: str, found: re.Match[str]) -> bool:
    """Whether a capital stands for a name: inside a sentence, or two of them anywhere."""
    at = found.start()
    return found[0][1].isupper() or (at > 1 and _GOES_ON.match(shown, at - 2) is not None)


_WIND_UP = r"(?:and|so|but|yeah|now|well|then|also|i think|i guess|i would say|i mean|you know)\b"
_NEW_START = re.compile(rf"[.!?] {_WIND_UP}", re.IGNORECASE)
WIND_UP = re.compile(_WIND_UP, re.IGNORECASE)
_QUOTE_MARKS = ('"', *"“”«»„")
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
