"""Figures of speech in a quote: one function a feature, each with its source. Pure.

A feature is a number of 0 to 1 of one ``View``; sources as in ``wording_features``.
"""

import re
from itertools import pairwise
from operator import eq

from bot.lexicon import IMPERATIVES
from bot.scoring.view import View

_ENUMERATION = {"number", "step", "rule", "first", "second", "third", "one", "two", "three"}


def imperative(view: View) -> float:
    """A clause that tells what to do (Bendersky & Smith 2012 keep imperatives as quotations)."""
    openings = [clause[0] for clause in view.clauses if clause[0] not in _ENUMERATION]
    told = sum(word in IMPERATIVES for word in openings)
    return min(1.0, told / max(1, len(view.sentences)))


def parallelism(view: View) -> float:
    """Clauses that begin or end on the same words: anaphora, epistrophe (Quintilian IX 3)."""
    clauses = [clause for clause in view.clauses if len(clause) > 2]
    if len(clauses) < 2:
        return 0.0
    apart = len({clause[:2] for clause in clauses}) + len({clause[-2:] for clause in clauses})
    return min(1.0, (2 * len(clauses) - apart) / 2)


def isocolon(view: View) -> float:
    """Two sentences or clauses in a row built alike: isocolon (Aristotle, Rhetoric III 9)."""
    if len(view.clauses) < 2:
        return 0.0
    clauses = [clause for clause in view.clauses if len(clause) > 2]
    pairs = (*pairwise(view.sentences), *pairwise(clauses))
    return float(any(_alike(one, other) for one, other in pairs if one != other))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two of them have one length (±1) and every second word in the same place."""
    if abs(len(one) - len(other)) > 1 or len(one) < 3:
        return False
    return len(one) <= 2 * list(map(eq, one, other)).count(True)


def repetition(view: View) -> float:
    """Content words said again inside the span (Koto et al. 2015: sound and echo carry quotes)."""
    words = view.content
    return min(1.0, (len(words) - len(view.subjects)) / 3)


_CONTRAST = re.compile(
    r"\bnot (?:just |only |because )?[\w' ]{1,40}?(?:,|;|--|–|—| but)|"
    r"\b(?:isn't|aren't|don't|doesn't|didn't|wasn't|won't|can't)\b"
    r"[^.!?]{2,60}[,;.] ?(?:it|it's|they|they're|you|we|but|that's)\b|"
    r"\b(?:instead of|rather than|more than|less than|the opposite of|not the)\b",
)


_CONTRASTING = ("n't", "not", " than", "instead", "opposite")


def contrast(view: View) -> float:
    """Not this but that, this rather than that (Tan et al. 2018 on what audiences remember)."""
    return float(view.has_any(_CONTRASTING) and _CONTRAST.search(view.lower) is not None)


_DEFINITION = re.compile(
    r"(?:(?:a|an|the|your|our|every) )?[\w'-]+(?: [\w'-]+){0,3} (?:is|are|means|isn't|aren't) "
    r"(?:a|an|the|not|just|never|always|about|what|when|how|like)\b"
)


_DEFINING = (" is ", " are ", " means ", "n't ")


_END = re.compile(r"[.!?]\s+")


def definition(view: View) -> float:
    """Opens on "X is a …", "X means …" (Koto et al. 2015: definitions mark quotes)."""
    if not view.has_any(_DEFINING):
        return 0.0
    lower = view.lower
    starts = (0, *[end.end() for end in _END.finditer(lower)])
    return float(any(_DEFINITION.match(lower, start) for start in starts))


def rhythm(view: View) -> float:
    """Two or three clauses of like length: isocolon (Koto et al. 2015: sound, 68 % alone)."""
    lengths = [len(clause) for clause in view.clauses if len(clause) > 1]
    if not 2 <= len(lengths) <= 4:
        return 0.0
    return max(0.0, 1 - (max(lengths) - min(lengths)) / max(lengths))


def sound(view: View) -> float:
    """Content words that begin alike: alliteration (Koto et al. 2015: sound, 68 % alone)."""
    alike = len(view.content) - len({word[0] for word in view.content})
    return min(1.0, alike / max(4, len(view.words) / 2))


_LIKENESS = re.compile(
    r"\b(?:(?:is|are|was|be|it's|that's|they're|feels|looks?) (?:just |really |almost )?like|"
    r"as if|as though|as \w+ as|the \w+ of \w+|kind of like)\b"
)


_LIKENED = (" like", " as ", "as if", "as though")


def metaphor(view: View) -> float:
    """Is like, as if, as big as, the heart of (markers of figures; Bendersky & Smith 2012)."""
    lower = view.lower
    if view.has_any(_LIKENED) or (" of " in lower and "the " in lower):
        return min(1.0, len(_LIKENESS.findall(lower)) / 2)
    return 0.0
