"""Light cleaning: fillers, stutters and what trails off, each as a lawful edit. Pure.

In doubt words stay: only what is set off, or said twice where nobody means it twice, is taken out.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.lexicon import PRONOUNS, steps_said_twice, tokens
from bot.model import Edit
from bot.remembering import remembered

_GAP = r"(?:\s*(?:,|--|–|—|\.\.\.|…))*\s+"
_SOUND = re.compile(r"(?i)(?P<before>,?\s+|^)\b(?:um+|uh+|uhm|erm?|hmm)\b(?P<after>,?)(?=[\s.!]|$)")
_FILLER = re.compile(r"u[hm](?<!\w..)|hm(?<!\w..)|er(?<!\w..)|you know")  # in lower case
# "I mean" stays: what comes after it mends what came before.
_ASIDE = re.compile(r"(?i)(?P<before>,\s+)you know(?P<after>,)(?=\s)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"'”’)\]]*)$")
_MARKS = re.compile(r"(?:\s*(?:--|[–—]|[,.!]+)(?=\s|$))+")  # behind a filler: they go with it
# Pronouns that end one clause and open the next ("I told you, you are late") are left as they are.
_STUTTERED = (
    "the|a|an|i|we|to|of|in|and|but|my|our|their|if|for|with|at|because|when|i'm|we're|it's|there's"
)
_EITHER = _STUTTERED.replace("'", "['’]")
_STUTTER = re.compile(rf"(?i)(?<![\w'’-])(?P<word>{_EITHER}){_GAP}(?=(?P=word)(?![\w'’-]))")
_RESTART = re.compile(
    rf"(?i)(?<![\w'’-])(?P<words>[\w'’]+ [\w'’]+(?: [\w'’]+)?){_GAP}(?=(?P=words)(?![\w'’-]))"
)
_TAIL = re.compile(
    r"(?i)(?:,| --| –| —)\s+(?:you know|and so on|et cetera|or whatever"
    r"|or something(?: like that)?|so yeah|yeah)[.…]+\s*$"
)
_CLAUSE = 3  # words before a comma that make it worth keeping
# "to row with [laughs]." without its note; before "!" and "?" French has a space of its own.
_APART = r"(?<=[\w\"”'’)%]) +(?=[{marks}](?! ?\.)[\"”’)]*(?:\s|$))"
_APART_ENGLISH, _APART_ELSEWHERE = (re.compile(_APART.format(marks=one)) for one in (".,!?", ".,"))


def closed(text: str, *, english: bool) -> list[Edit]:
    """What takes out spaces before marks, the last first, so that none moves another."""
    if not any(map(text.__contains__, (" .", " ,", " !", " ?"))):
        return []
    spaces = [*(_APART_ENGLISH if english else _APART_ELSEWHERE).finditer(text)]
    return [Edit("punctuation", one.start(), one[0], "") for one in reversed(spaces)]


_TAILS = ("you know", "so on", "cetera", "whatever", "something", "like that", "yeah")


def tail(text: str) -> Edit | None:
    """What trails off after a sentence that was whole: ", and so on."."""
    if not text.rstrip().rstrip(".…")[-16:].lower().endswith(_TAILS):
        return None
    found = _TAIL.search(text)
    return Edit("trim-end", found.start(), found[0], ".") if found else None


_MEETING = re.compile(r"[.!?] (?<=[^\W_]. )(?=\S)")


def sentences(text: str) -> list[str]:
    """A text cut before the spaces behind plain ends: no filler or stutter goes over one.

    What trails off does go on ("the … the"), so that such an end is none; and "_" is a letter to
    some patterns alone.
    """
    starts = [] if "_" in text else [found.end() - 1 for found in _MEETING.finditer(text)]
    return [text[start:stop] for start, stop in pairwise([0, *starts, len(text)])]


def are_apart(text: str, swept: Sequence[str]) -> bool:
    """Whether the ``sentences`` of a text still meet in plain ends when they are swept."""
    meetings = [one[-2:] + other[:2] for one, other in pairwise(swept)]
    trails_off = any(".." in one or "…" in one for one in (text, *swept))
    return not trails_off and all(map(_MEETING.search, meetings))


@remembered(4096)  # spans share sentences
def is_clean(sentence: str) -> bool:
    """Whether a sentence has neither fillers nor stutters, whatever space stands before it."""
    sounds = _FILLER.search(sentence.lower())
    may_not_be = sounds or "- " in sentence or steps_said_twice(tokens(sentence))
    return not (may_not_be and edits(sentence))


def edits(text: str) -> list[Edit]:
    """Fillers and stutters of a text, the last first, so that none moves another."""
    found = [*_fillers(text)] if _FILLER.search(text.lower()) else []
    found = sorted([*found, *_repeats(text)], key=lambda edit: edit.at)
    apart: list[Edit] = []
    for edit in found:
        if not apart or edit.at >= apart[-1].at + len(apart[-1].old):
            apart.append(edit)
    return apart[::-1]


def capital(text: str, at: int) -> Edit | None:
    """The capital that a sentence needs whose first words went at this place."""
    found = re.match(r"\s*(?P<first>[a-zà-ÿ])", text[at:])
    if not found or not re.search(r"(?:^|[.!?…])\s*$", text[:at]):
        return None
    first = found["first"]
    return Edit("case", at + found.start("first"), first, first.upper())


def _fillers(text: str) -> Iterator[Edit]:
    for pattern in (_SOUND, _ASIDE):
        for found in pattern.finditer(text):
            before, after = found["before"], found["after"]
            start, stop = found.span()
            if _SENTENCE_START.search(text[:start]) and (marks := _MARKS.match(text, stop)):
                stop = marks.end()
            if not before:  # the space goes with a filler that opens the text
                yield Edit("filler", 0, text[: stop + 1], "")
            else:
                keeps = "," in before and after and _opens_clause(text, found)
                yield Edit("filler", start, text[start:stop], "," if keeps else "")


def _opens_clause(text: str, found: re.Match[str]) -> bool:
    """Whether a comma belongs there without the filler: "If it rains, um, we wait"."""
    clause = re.split(r"[.,;:!?]", text[: found.start()])[-1]
    following = text[found.end() :].split(maxsplit=1)
    return len(clause.split()) >= _CLAUSE and bool({*following[:1]} & PRONOUNS)


_BROKEN = re.compile(r"(?i)(?<![\w'’-])(?P<word>\w+)-{1,2}\s+(?=(?P=word)(?![\w'’-]))")
_DOUBLED = "you|they|he|she|it"
_PRONOUN = re.compile(rf"(?i)(?<![\w'’-])(?P<word>{_DOUBLED})\s+(?=(?P=word)(?![\w'’-]))")
# A word begun, broken off and said: "th- that", "w- w- wonderful". Consonants alone are no word,
# a lone capital is a grade.
_CONSONANT = "[b-df-hj-np-tv-xz]"
_BEGINNING = rf"(?:{_CONSONANT}{{1,4}}|{_CONSONANT.upper()}{_CONSONANT}{{1,3}})"
_BEGUN = re.compile(
    rf"(?<![\w'’-])(?P<begun>{_BEGINNING})- +(?=(?:(?P=begun)- +)*(?i:(?P=begun))[^\W\d_])"
)
_BROKEN_OFF = re.compile(rf"({_BEGINNING})- +")
_RUN = re.compile(r"[\w']+")


def is_begun(old: str, following: Sequence[str]) -> bool:
    """Whether this is the beginning of the first of the words that follow, broken off."""
    found = _BROKEN_OFF.fullmatch(old)
    return bool(found and following and following[0].startswith(found[1].lower()))


def _repeats(text: str) -> Iterator[Edit]:
    if "- " in text:
        yield from (Edit("repeat", found.start(), found[0], "") for found in _BEGUN.finditer(text))
    if not steps_said_twice(tokens(text)):
        return
    for pattern in _worth_a_search(text):
        for found in pattern.finditer(text):
            yield Edit("repeat", found.start(), found[0], "")


def _worth_a_search(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns of repeats that may be in a text: each wants certain words twice in a row."""
    if not text.isascii():  # a pattern has its own way to take capitals for small letters
        yield from (_RESTART, _STUTTER, _BROKEN, _PRONOUN)
        return
    words = tuple(_RUN.findall(text.lower()))
    if not {2, 3}.isdisjoint(steps_said_twice(words)):
        yield _RESTART
    doubled = {one for one, other in pairwise(words) if one == other}
    if not doubled.isdisjoint(_STUTTERED.split("|")):
        yield _STUTTER
    if doubled and "-" in text:
        yield _BROKEN
    if not doubled.isdisjoint(_DOUBLED.split("|")):
        yield _PRONOUN
