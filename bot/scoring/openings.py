"""How a quote may open: on nothing that stands before it. Pure."""

import re
from collections.abc import Sequence

from bot.lexicon import (
    AUXILIARIES,
    CONTRACTED,
    FUNCTION_WORDS,
    PEOPLE,
    PREPOSITIONS,
    UNIVERSALS,
    is_verb,
    straight,
    tokens,
    word_count,
)
from bot.scoring.filters import Refusal
from bot.scoring.phrases import any_of

_LEANING = {
    *("he", "she", "they", "him", "her", "them", "his", "their", "its", "theirs", "hers"),
    *("because", "cuz", "which", "or", "then", "also", "plus", "otherwise", "instead", "and"),
    *("so", "but", "therefore", "thus", "hence", "secondly", "thirdly", "finally", "similarly"),
    *("yes", "no", "yeah", "exactly", "right", "nope", "yep", "sure", "correct", "same", "either"),
    *("another", "both", "neither", "again", "anyway", "like", "well", "oh", "okay", "ok", "hmm"),
    "likewise",
}
_SUBJECTLESS = {"does", "did", "is", "are", "was", "were", "has", "had", "will", "would", "could"}
_LEANS = frozenset(_LEANING | _SUBJECTLESS)
_POINTING = {"this", "that", "these", "those", "it"}
_LEANING_PHRASE = any_of(
    r"""
    as (?:i|we|you) (?:said|mentioned|just)
    cause (?:i|we|you|they|he|she|it|there|that|this|like)\b
    like i said
    the (?:other|second|third|next|last|latter|former|same)(?! (?:people|person|day|year|time))
    (?:number )?(?:two|three|four),
    (?:second|third),
    number (?:two|three|four)
    in (?:that|this|the same)
    of course
    for (?:example|instance)
    that said
    on the other hand
    by the way
    at that point
    (?:after|before|with) that
    (?:\w+ ){1,2}of (?:it|them)
    (?:\w+ ){1,2}of (?:that|this|those|these)(?= (?:is|are|was|were|ha[sd]|have|will|can)\b)
    here(?:'s| is) (?:it|that)
    (?:when|if) (?:he|she|they|it|that)
    just (?:like|because|as)
    what (?:i|we|you|they|people) (?:\w+ ){1,2}(?:it|that|this|them|these|those)
""",
    at_start=True,
)
_LEANING_ALONE = any_of(  # unless something follows
    r"""
    number one(?!.*\bnumber two)
    first(?:ly)?,(?!.*\bsecond)
    (?:once|unless|although|because|whereas)(?!.*,)
""",
    at_start=True,
)
# One sentence that ends on "that problem" needs the one that had it.
_ENDS_POINTING = re.compile(
    r"[^.!?]*\b(?:to|of|in|for|with|about|on|from|by|at) (?:that|those) \w+[.!]$"
)
# "It's never too late to …", "It takes a village to …": the noun follows.
_IT_AHEAD = re.compile(
    r"^it(?:'s| is| was| takes| took| doesn't matter| never hurts| pays| isn't)\b.{0,60}?"
    r"\b(?:to|that|who|when|if|what|how)\b \w+"
)
_IT_REACHES = 100  # characters, and more than ``_IT_AHEAD`` looks at
_EARLY = 8  # words
_INTRODUCING = frozenset(
    {"a", "an", "the", "my", "your", "our", "every", "any", "each", "no", "one"}
)
_SOMEBODY = re.compile(r"h(?<!\w.)(?:e|im|is|ers?)\b|s(?<!\w.)he\b")
_NOBODY = frozenset(  # what is said with an article and is neither he nor she
    {
        *("rest", "time", "times", "day", "days", "year", "years", "week", "month", "moment"),
        *("morning", "evening", "night", "end", "beginning", "way", "point", "fact", "case"),
        "thing",
    }
)
_NO_NAMES = FUNCTION_WORDS | frozenset(  # though a capital opens them
    {
        *("unlike", "despite", "besides", "today", "yesterday", "sometimes", "suddenly", "luckily"),
        *("unfortunately", "eventually", "clearly", "obviously", "finally", "usually", "maybe"),
    }
)
_THINGS = frozenset({"everything", "anything", "nothing", "all", "none", "whole", "life", "world"})
_NOUNS = UNIVERSALS | PEOPLE
_STOP = re.compile(r"[.!?。！？]")
_NAMED = re.compile(r"(?!(?:I|I'[a-z]+)\b)[A-Z][\w'-]+")


def opening_refusal(words: Sequence[str], shown: str) -> Refusal | None:
    """Whether a quote's first words lean on a noun or a thought that stands before it."""
    if not words:
        return "unfinished"
    shown = straight(shown)
    lower = shown.lower()
    leans = (
        is_leaning(words[0])
        or bool(_LEANING_PHRASE.match(lower) or _LEANING_ALONE.match(lower))
        or _points(words, lower)
        or _of_somebody(shown, lower)
        or _of_something(words)
        or ((" that " in lower or " those " in lower) and bool(_ENDS_POINTING.match(lower)))
        or is_cut_off(shown)
    )
    return "leans on what came before" if leans else None


def is_cut_off(shown: str) -> bool:
    """Whether a text shows in any language that words are missing, or half a quotation."""
    return word_count(_STOP.split(shown, maxsplit=1)[0]) < 3 or _is_half_quoted(shown)


def _is_half_quoted(text: str) -> bool:
    """Whether a mark of quotation has no other: “these”, „these“, „these” or «these»."""
    if text.count('"') % 2:
        return True
    if text.isascii():
        return False
    low, high, closing = map(text.count, "„“”")
    meet = low == high + closing if low else high == closing
    return not meet or text.count("«") != text.count("»")


def leans_whatever_follows(words: Sequence[str], shown: str) -> bool:
    """Whether a sentence opens in a way that ``opening_refusal`` or ``points_outside`` refuses.

    Only what its own words settle counts: with any sentences behind it, they refuse it as well.
    """
    shown = straight(shown)
    lower = shown.lower()
    return (
        is_leaning(words[0])
        or bool(_LEANING_PHRASE.match(lower))
        or (len(lower) >= _IT_REACHES and _points(words, lower))
        or _of_somebody(shown, lower)
        or _of_something((*words, "."))  # a "that" at its end may go on
        or points_outside(shown)
    )


def settles(words: Sequence[str]) -> bool:
    """Whether a sentence that does not lean is long enough to stand whatever follows.

    Whatever ``names_nobody``, that is: all else that leans is looked for in fewer words, and stays
    in its sentence.
    """
    return len(words) > _EARLY


def names_nobody(sentence: str) -> bool:
    """Whether a later sentence has no "he" or "she", and no quotation that is half outside."""
    return not _is_half_quoted(sentence) and not _SOMEBODY.search(sentence.lower())


_OUTSIDE = re.compile(
    r"[^.!?]*\b(?:(?:something|anything|nothing|things?|stuff) like (?:that|this)\b"
    r"|(?:d(?:o|id|one|oing)|sa(?:y|id)|make|made|build|built|want|like|about|with|for|of|to)"
    r" that[,.!;])"
)


_POINTED = (
    "like th",
    " that,",
    " that.",
    " that!",
    " that;",
)  # one of these is in whatever it finds


_SUCH = re.compile(r"[^.!?]*\b(?:this|that|these|those) (?:kind|sort|type)s? of\b")
_OF_THAT = re.compile(
    r"\b(?:in|of|to|at|for|with|on|from|about|by|under|into|around|behind|through|against)"
    r" that ([a-z]+)\b(?! (?:when|where|who|which|that)\b)"
)


def points_outside(shown: str) -> bool:
    """Whether the first sentence means by "that" what is not in it: "you can do that".

    Of 699 lines with "that kind of" or "in that direction" readers would post four.
    """
    lower = shown.lower()
    if any(map(lower.__contains__, _POINTED)) and _OUTSIDE.match(lower):
        return True
    if " of " in lower and _SUCH.match(lower):
        return True
    return " that " in lower and _names_outside(_STOP.split(lower, maxsplit=1)[0])


def _names_outside(sentence: str) -> bool:
    """Whether "that" goes with a noun nobody has said, nor explains: "in that direction"."""
    for found in _OF_THAT.finditer(sentence):
        noun, before = found[1], tokens(sentence[: found.start()])
        if noun not in before and noun not in FUNCTION_WORDS and not is_verb(noun):
            return True
    return False


def _of_somebody(shown: str, lower: str) -> bool:
    """Whether he or she is said of somebody whom nothing before it names."""
    found = _SOMEBODY.search(lower)
    if not found:
        return False
    before = shown[: found.start()]
    words = tokens(before)
    introduced = not PEOPLE.isdisjoint(words) or any(map(_introduces, words, (*words[1:], "")))
    return not introduced and not any(map(_is_name, _NAMED.finditer(before)))


def _is_name(found: re.Match[str]) -> bool:
    """Whether a word with a capital is a name: a text may open on another word, or on a verb."""
    word = found[0].partition("'")[0].lower()
    return word not in _NO_NAMES and not (found.start() == 0 and is_verb(word))


def _introduces(article: str, noun: str) -> bool:
    return article in _INTRODUCING and noun not in _NOBODY


def _of_something(words: Sequence[str]) -> bool:
    """Whether it, them or that is said early of something that nothing before it names."""
    for at, word in enumerate(words[1:_EARLY], 1):
        if word[0] in "it" and _is_pronoun(word, words[at + 1] if at + 1 < len(words) else ""):
            nouns = _NOUNS if word.startswith("th") else _THINGS  # "it" is nobody
            before = words[:at]
            named = not nouns.isdisjoint(before) or any(map(_may_name, ("", *before), before))
            return _INTRODUCING.isdisjoint(before) and not named
    return False


def _is_pronoun(word: str, following: str) -> bool:
    if word == "that":
        return not following or following in PREPOSITIONS
    return word.startswith(("it", "the")) and word.partition("'")[0] in ("it", "them", "they")


def _may_name(before: str, word: str) -> bool:
    """Whether a word beside ``_NOUNS`` can be the noun that a later pronoun means."""
    if word in _NOUNS or (word.endswith("ing") and before in AUXILIARIES):  # "is trying"
        return False
    return FUNCTION_WORDS.isdisjoint((word, word.partition("'")[0])) and not is_verb(word)


def is_leaning(first: str) -> bool:
    """Whether nothing that opens on this word stands alone, whatever follows."""
    stem = first.partition("'")[0]
    return first in _LEANS or (stem in _LEANING and first.endswith(CONTRACTED))


def _points(words: Sequence[str], lower: str) -> bool:
    """Whether the quote opens on it, this or that with nothing it could mean."""
    stem = words[0].split("'")[0]
    if stem not in _POINTING or (stem == "it" and _IT_AHEAD.match(lower)):
        return False
    if stem != words[0] or stem == "it":
        return True
    following = words[1] if len(words) > 1 else ""
    return following in AUXILIARIES or is_verb(following) or following.endswith("ly")
