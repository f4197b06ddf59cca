"""Figures of speech in a quote: one function a feature, each with its source. Pure.

A feature is a number of 0 to 1 of one ``View``; sources as in ``wording_features``.
"""

from operator import itemgetter

from bot.scoring.phrasings import alike
from bot.scoring.view import View


def imperative(view: View) -> float:
    """A clause that tells what to do (Bendersky & Smith 2012 keep imperatives as quotations)."""
    return min(1.0, view.phrasings.told / max(1, len(view.sentences)))


def parallelism(view: View) -> float:
    """Clauses that begin or end on the same words: anaphora, epistrophe (Quintilian IX 3)."""
    if len(view.clauses) < 2:
        return 0.0
    clauses = [clause for clause in view.clauses if len(clause) > 2]
    apart = len({clause[:2] for clause in clauses}) + len({clause[-2:] for clause in clauses})
    return min(1.0, (2 * len(clauses) - apart) / 2)


def isocolon(view: View) -> float:
    """Tells what to do, all its parts built alike: isocolon (Rhetoric III 9), as maxims are."""
    if not (view.phrasings.told and view.phrasings.alike):
        return 0.0
    parts = view.sentences if len(view.sentences) > 1 else view.clauses
    return float(all(map(alike, parts, parts[1:])))


def repetition(view: View) -> float:
    """Content words said again inside the span (Koto et al. 2015: sound and echo carry quotes)."""
    words = view.content
    return min(1.0, (len(words) - len(view.subjects)) / 3)


def contrast(view: View) -> float:
    """Not this but that, this rather than that (Tan et al. 2018 on what audiences remember)."""
    return float(view.phrasings.contrasts > 0)


def definition(view: View) -> float:
    """Opens on "X is a …", "X means …" (Koto et al. 2015: definitions mark quotes)."""
    return float(view.phrasings.definitions > 0)


def rhythm(view: View) -> float:
    """Two or three clauses of like length: isocolon (Koto et al. 2015: sound, 68 % alone)."""
    if len(view.clauses) < 2:
        return 0.0
    lengths = [length for length in map(len, view.clauses) if length > 1]
    if not 2 <= len(lengths) <= 4:
        return 0.0
    return max(0.0, 1 - (max(lengths) - min(lengths)) / max(lengths))


def sound(view: View) -> float:
    """Content words that begin alike: alliteration (Koto et al. 2015: sound, 68 % alone)."""
    again = len(view.content) - len(set(map(_FIRST, view.content)))
    return min(1.0, again / max(4, len(view.words) / 2)) if again else 0.0


_FIRST = itemgetter(0)


def metaphor(view: View) -> float:
    """Is like, as if, as big as, the heart of (markers of figures; Bendersky & Smith 2012)."""
    found = view.phrasings.likenesses
    return min(1.0, found / 2) if found else 0.0
