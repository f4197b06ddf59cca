"""Sentences that are plainly broken: marks of a voice that stopped short or began anew. Pure.

Recognisers write a restart as if it were a sentence, and a full stop where a voice pauses. An
article, "you're" or "because" ends no clause of English; a word said twice in a row is a stumble,
unless it is one that people double ("very, very"). These are the reparanda of speech (Shriberg
1994).
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from bot.lexicon import ADVERBS, is_verb
from bot.scoring.parts import Part

_GO_ON = frozenset(  # what these begin stands behind them
    {
        *("a", "an", "the", "my", "your", "our", "every"),
        *(f"{who}'{how}" for who in ("i", "you", "we", "they") for how in ("m", "re", "ve", "ll")),
        *(f"{who}'s" for who in ("it", "that", "he", "she", "there", "what", "who", "let")),
    }
)
_ENDS_ON = re.compile(
    r"(?:[ ,](?:and|or|because|than|although|unless|whether|such as|(?:kind|sort) of"
    r"|(?:is|was) that)|, ?(?:but|if|like|so|maybe|i mean|you know))\W*$"
)
_TAIL = 24  # letters, enough for any of these
_BEFORE_A_NOUN = frozenset({"a", "an", "the", "my", "your", "our", "to", "be"})
_SUBJECTS = frozenset({"i", "we", "they", "he", "she"})
_DASHED = re.compile(r"(?<!\w)(\w[\w']* \w[\w']*)\b[^.!?]{0,25}- \1(?!\w)")
_TWICE = re.compile(r"(?<![\w'])(\w[\w']*(?: \w[\w']*){0,2}) \1(?![\w'])")
_DOUBLED = frozenset(
    {
        *("very", "really", "so", "many", "much", "long", "far", "more", "again", "no", "never"),
        *("that", "had", "and", "by", "after", "ha", "bye", "knock", "blah", "in", "on", "her"),
        *("is", "was", "do", "hundred", "thousand", "million", "billion"),
    }
)
_HALVES = frozenset({"if", "when", "whenever", "whether", "while", "until"})
_THAT = (
    (_BEFORE_A_NOUN - {"to", "be"})
    | _SUBJECTS
    | {"you", "it's", "i'm", "you're", "we're", "they're"}
)
_SECOND = _SUBJECTS | {"you", "it", "there", "people"}  # what a main clause may begin with
_NO_MAIN = frozenset(  # … but behind these it goes on with the first one
    {
        *("that", "who", "which", "where", "what", "how", "why", "if", "when", "because", "as"),
        *("than", "and", "or", "but", "so", "like", "about", "to", "of", "for", "with", "way"),
        *("thing", "things", "everything", "think", "know", "feel", "say", "said", "believe"),
        *("mean", "see", "sure", "want", "hope", "wish", "guess", "realize"),
    }
)
_BEFORE_VERBS = ADVERBS | {"often"}
_MANY_VERBS = 7  # of so many one may be the main clause's


def is_broken(part: Part) -> bool:
    """Whether an English sentence, as it is shown, is plainly broken."""
    return _stops_short(part) or _begins_anew(part) or _stutters(part) or _is_half(part)


def _stops_short(part: Part) -> bool:
    """Whether a clause ends where none can, but before direct speech: «It's, "Here …"»."""
    ends = not _GO_ON.isdisjoint([clause[-1] for clause in part.clauses])
    return (ends and '"' not in part.lower) or _ENDS_ON.search(part.lower[-_TAIL:]) is not None


def _begins_anew(part: Part) -> bool:
    """Whether a subject comes where a noun must, or the words before a dash come again."""
    pairs = chain.from_iterable(map(pairwise, part.clauses))
    meets = any(one in _BEFORE_A_NOUN and other in _SUBJECTS for one, other in pairs)
    return meets or ("- " in part.lower and _DASHED.search(part.lower) is not None)


def _stutters(part: Part) -> bool:
    """Whether words are said twice in a row: "I'm just I'm here", "we build we build"."""
    words = part.words
    if len(set(words)) == len(words):
        return False
    over_one = (pair for clause in part.clauses for pair in zip(clause, clause[2:], strict=False))
    if any("'" in one and one == other for one, other in over_one):
        return True
    found = _TWICE.finditer(part.lower) if part.phrasings.restarts else ()
    return any(_DOUBLED.isdisjoint(one[1].split()) for one in found)


def _is_half(part: Part) -> bool:
    """Whether a clause that needs another stands alone: "If you're looking for a mentor."

    Only where no mark inside tells of two. In 244 episodes editors chose 0 of 293 such sentences.
    """
    if len(part.clauses) != 1:
        return False
    first, *rest = part.clauses[0]
    if first == "that":
        return not _THAT.isdisjoint(rest[:1])
    if first not in _HALVES or rest[:1] == ["only"]:
        return False
    return not _has_main(rest) and sum(map(is_verb, rest)) < _MANY_VERBS


def _has_main(words: Sequence[str]) -> bool:
    """Whether a second subject and its verb come in the words behind "if" or "when"."""
    return any(
        before not in _NO_MAIN
        and subject.partition("'")[0] in _SECOND
        and (
            "'" in subject or verb in _BEFORE_VERBS or is_verb(verb) or verb.endswith(("ly", "ed"))
        )
        for before, subject, verb in zip(words[1:], words[2:], words[3:], strict=False)
    )
