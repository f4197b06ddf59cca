"""Wind-ups: how people start to speak before they say something ("And so I think …"). Pure.

A wind-up is trimmed only when what stays is a clause that can stand alone; when in doubt it stays.
"""

import re
from collections.abc import Callable, Sequence

from bot.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CONTRACTED,
    DETERMINERS,
    IMPERATIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SUBORDINATORS,
    first_words,
    is_verb,
    tokens,
)

_COMMA = r"(?:\s*(?:,|--|–|—|\.\.\.|…))+\s*"

# Sounds and calls for attention: only when a comma sets them off.
_CALL = re.compile(
    r"(?:yeah|yep|yes|well|now|okay|ok|alright|all right|right|look|listen|see|you know|i mean|"
    rf"oh|um+|uh+|uhm|er|erm|hmm|mm|mm-hmm|anyway|anyways|again){_COMMA}",
    re.IGNORECASE,
)
# "Like, physics is the law": the rest is the speaker's own; "Like, hey, …" plays somebody else.
_LIKE = re.compile(
    rf"like{_COMMA}(?!\s*(?:(?:hey|hi|hello|oh|ok|okay|yeah|yes|no|wait|well|wow|dude|man|thank|thanks"
    r"|what|why|how|who|where|when|is|are|do|does|can|could|will|would|should)\b|[\"“‘'«„]))",
    re.IGNORECASE,
)
_SOUND = re.compile(r"(?:um+|uh+|uhm|erm?|hmm)\s+", re.IGNORECASE)
_LEFTOVER = re.compile(r"(?:>>|[-–—,;:.…]+)\s*")
_LINK = re.compile(rf"(?P<link>and|so)(?:(?P<pause>{_COMMA})|\s+)", re.IGNORECASE)
_FRAME = re.compile(
    r"i(?:(?: also| just| really| do| kind of| sort of)* (?:think|guess|feel like)"
    r"|(?:'d|’d| would)(?: also| just| probably| really)* (?:say|argue))"
    rf"(?P<comma>{_COMMA})?(?P<that>\s*\bthat\b)?(?:{_COMMA}|\s+)",
    re.IGNORECASE,
)
OWN_NOTE = re.compile(  # the speaker's own writing, read out; what a neighbour says is not
    r"\bi (?:had|have|wrote|posted|published|tweeted|made|put up|put out) (?:a|an|this|the|my|one)"
    r"(?P<inner>(?: (?:little|short|long|quick|whole|new|old|recent|first|last|blog|sticky|small))"
    r"{0,3}) (?:post|tweet|thread|note|line|saying|essay|article|blog|book|chapter|paper|list|motto"
    r"|rule|slide|sign|talk|piece)(?P<when>(?: [\w'’-]+){0,4})"
    r" (?:about|that|saying|called|where|which says|that says)\s*[,:]\s*"
    r"(?!\s|you know|like|um|uh|i mean|basically|just|how)",
    re.IGNORECASE,
)

_ALONE = re.compile(  # in this order
    "|".join(one.pattern for one in (_LEFTOVER, _CALL, _LIKE, _SOUND, OWN_NOTE)), re.IGNORECASE
)
_JOINED = re.compile(f"{_LINK.pattern}|{_FRAME.pattern}", re.IGNORECASE)
_NO_OPENING = (
    PREPOSITIONS
    | CONJUNCTIONS
    | {"therefore", "again", "so", "too", "twice", "yes", "then", "later", "better", "hard"}
    | {"fast", "slow", "big", "small", "deep", "ahead", "differently", "positive", "clearly"}
)
_NO_FOLLOW = PREPOSITIONS | CONJUNCTIONS | {"no", "not", "again", "too", "so", "louder", "aloud"}
_NOT_A_LINK = {
    "and": {"yet", "not", "then", "or", "still", "nor", "vice"},
    "so": {"on", "far", "long", "much", "many", "few", "little", "often", "be", "too", "did"},
}
_AFTER_SO = (
    PRONOUNS
    | DETERMINERS
    | QUESTION_WORDS
    | IMPERATIVES
    | SUBORDINATORS
    | {"people", "number", "some", "nobody", "nothing", "no", "not"}
) - {"that"}
_STANDS = 4  # words that no layer takes up to the end of a sentence
_BEFORE_VERBS = ADVERBS | {"even", "kind", "sort", "simply"}


def windup_cuts(said: str) -> list[int]:
    """Where a quote may open after its wind-up, in characters; empty when in doubt.

    Layers come off one by one: "And so", then "I think"; each says what may follow it.
    """
    return _layers(said)[0]


def settled_cuts(opening: str) -> list[int] | None:
    """The ``windup_cuts`` of any text that goes on after this end of a sentence; None in doubt.

    What is a clause stays one, and no layer goes over the end of a sentence with words before it.
    """
    cuts, rest, opened = _layers(opening)
    return cuts if opened and len(first_words(rest, _STANDS)) == _STANDS else None


def _layers(said: str) -> tuple[list[int], str, bool]:
    """Where a quote may open, what is left after all layers, and whether each may open one."""
    cuts: list[int] = []
    rest, layers = said, 0
    while True:
        length, opens = _layer(rest)
        if not length:
            return cuts, rest, len(cuts) == layers
        rest = rest[length:]
        layers += 1
        if len(first_words(rest, 2)) == 2 and opens(rest):
            cuts.append(len(said) - len(rest))


def _layer(text: str) -> tuple[int, Callable[[str], bool]]:
    """The length of one wind-up at the start of a text (0: none), and what may follow it."""
    if match := _ALONE.match(text):
        return match.end(), bool
    if match := _JOINED.match(text):
        if not match["link"]:
            return _frame(match, text), is_clause
        rest = text[match.end() :]
        joins = _links(match["link"].casefold(), match["pause"] is not None, rest)
        return (match.end(), bool) if joins else (0, bool)
    return 0, bool


def _links(link: str, pauses: bool, rest: str) -> bool:
    """Whether "and" or "so" only joins on: "So much of life …" and "And yet …" do not.

    It does where the voice ``pauses`` behind it, or a plural noun and its verb come.
    """
    words = first_words(rest, 2)
    if not words or words[0] in _NOT_A_LINK[link] or words == ("so", "on"):
        return False
    if link == "and" or pauses or _layer(rest)[0]:
        return True
    if words[0] == "that":  # "so that" is a purpose, "so that was" is not
        return is_verb(words[1]) if len(words) > 1 else False
    first, *second = words
    if first.endswith("s") and first not in AUXILIARIES and not AUXILIARIES.isdisjoint(second):
        return True
    return rest[:1].isupper() or words[0] in _AFTER_SO or words[0].endswith(CONTRACTED)


def _frame(match: re.Match[str], text: str) -> int:
    """The length of "I think (that)" – without "that" where it is the subject of what follows."""
    if not match["that"]:
        return match.end()
    words = first_words(text[match.end() :], 1)
    if not words or words[0] in _NO_FOLLOW:
        return 0
    is_subject = is_verb(words[0]) and words[0].split("'")[0] not in PRONOUNS
    return match.end("that") - len("that") if is_subject else match.end()


def is_clause(rest: str) -> bool:
    """Whether what stays after "I think" is a clause: "I think of it as …" leaves none."""
    words = tokens(rest)
    first, second = words[0], words[1]
    if first in SUBORDINATORS | {"when", "whenever"}:
        return "," in rest
    if first in _NO_OPENING:
        return first in PREPOSITIONS - {"to", "of", "about"} and _set_off(rest)
    if first == "not":
        return second in {"every", "everyone", "everybody", "everything", "all", "many", "only"}
    if first in ("no", "yes"):
        return second not in PREPOSITIONS and not re.match(r"\w+\s*,", rest)
    if first in ("it", "this", "that"):
        return is_verb(second) or second.endswith(("ly", "ed")) or second in _BEFORE_VERBS
    if first in PRONOUNS:
        return second not in _NO_FOLLOW
    if first in QUESTION_WORDS | IMPERATIVES or first.endswith(CONTRACTED):
        return True
    return _has_finite_verb(words)


def _set_off(rest: str) -> bool:
    """Whether an opening phrase ends in a comma before a clause: "in the end, we …"."""
    head, comma, tail = rest.partition(",")
    return bool(comma) and len(head.split()) <= 7 and _has_finite_verb(tokens(tail))


def _has_finite_verb(words: Sequence[str]) -> bool:
    """Whether a verb stands in the main clause: before any subordinate one opens."""
    for place, word in enumerate(words[1:], 1):
        if word in SUBORDINATORS or (word in ("i", "you", "we", "they") and place > 1):
            return False
        if words[place - 1] in ("to", "the", "a", "an"):
            continue
        if is_verb(word) or (word.endswith("ed") and len(word) > 4):
            return True
    return False
