"""Where sentences end: Punkt's answer (Kiss & Strunk 2006), found without it where it is plain.

Punkt here is NLTK's, untrained, with our abbreviations: nothing is downloaded. Without training it
goes by the word before a mark and the word after it alone, so that a mark after a plain word, a
number or a known abbreviation is settled here; whatever else holds a full stop is put to Punkt,
and tests hold the two to the same answer. Pure.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import Any

# Unstressed words of speech that end in a full stop without ending a sentence.
ABBREVIATIONS = """
    dr mr mrs ms prof sr jr st mt ft rev hon gen col sgt lt capt gov sen rep pres
    vs etc e.g i.e eg ie al cf ca approx est vol pp
    a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a inc ltd corp dept univ assn
    jan feb apr jun jul aug sep sept oct nov dec tues thurs
"""
_SHORT = frozenset(ABBREVIATIONS.split())
_CLOSING = "\"')\\]}‘’“”«»"
_MARK = re.compile(rf"[.?!](?=[{_CLOSING};*:@({{\[?!]|\s+\S)")
_REALIGNED = re.compile(rf"[{_CLOSING}]+?(?:\s+|(?=--)|$)")  # belongs to the sentence before it
_WORD = re.compile(  # a plain word: its part that tells, what shows it to end, its full stops
    r"[\"(\[]*(?P<part>[^\W_]+(?:[-.,][^\W_]+)*)(?P<tail>['’%][^\W_]*|[\"\])}])?(?P<dots>\.+)"
)
_ENDS_NOTHING = re.compile(r"[^.?!]*(?:[?!]|\.+)?")  # has no mark with anything behind it
_NUMBER = re.compile(r"\d[\d,.-]*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and stop of each sentence of a text whose words stand one space apart."""
    if " ".join(text.split()) != text:
        return list(_punkt().span_tokenize(text))
    return list(_realigned(text, list(_parts(text))))


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # 0.2 s

    parameters = PunktParameters()
    parameters.abbrev_types = set(_SHORT)
    return PunktSentenceTokenizer(parameters)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """A text cut at the last mark of every word that ends a sentence."""
    start = 0
    word, before = 0, 0
    marks = [match.start() for match in _MARK.finditer(text)]
    for at, following in zip_longest(marks, marks[1:]):
        word = text.rfind(" ", before, at) + 1 or word
        before = at
        if following and at > word and text.find(" ", at, following) < 0:
            continue  # the last mark of a word decides
        if _ends(text, word, at):
            yield start, at + 1
            start = at + 2 if text[at + 1] == " " else at + 1
    yield start, len(text)


def _ends(text: str, word: int, at: int) -> bool:
    """Whether the word that starts at one offset ends a sentence with its mark at another."""
    if text[at] != ".":
        return True
    spaced = text[at + 1] == " "
    stop = text.find(" ", at + 2) if spaced else at + 2
    after = text[at + 1 + spaced : stop if stop > 0 else len(text)]
    bare = text[word:at]
    if len(bare) > 1 and bare.isalpha() and bare.lower() not in _SHORT and after[0] != ".":
        return True  # most are such
    ended = _settled(text[word : at + 1], after)
    if ended is None:
        between = " " if spaced else ""
        return bool(_punkt().text_contains_sentbreak(text[word : at + 1] + between + after))
    return ended


def _settled(word: str, after: str) -> bool | None:
    """Whether a sentence ends between a word with a full stop and the next; None in doubt."""
    found = _WORD.fullmatch(word)
    if not found or after[0] == ".":
        return None
    if found["dots"] == "." and not _goes_on(found, after):
        return True
    return False if _ENDS_NOTHING.fullmatch(after) else None


def _is_short(word: re.Match[str]) -> bool:
    """Whether a word with its full stop is a known abbreviation."""
    part = word["part"].lower()
    return not word["tail"] and (part in _SHORT or part.split("-")[-1] in _SHORT)


def _goes_on(word: re.Match[str], after: str) -> bool:
    """Whether a full stop belongs to its word: an abbreviation, an initial, a number in a row."""
    part, first = word["part"], after[0]
    if not word["tail"] and len(part) == 1 and part.isalpha():
        return first.islower() or first.isupper() or first in ";:,!?"
    if not word["tail"] and _NUMBER.fullmatch(part):
        return first.islower() or first in ";:,!?"
    return _is_short(word)


def _realigned(text: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Parts where marks that close a sentence, as quotation marks, stand with it."""
    moved = 0
    for (start, stop), (next_start, next_stop) in zip(parts, [*parts[1:], (-1, -1)], strict=True):
        start += moved
        closing = _REALIGNED.match(text, next_start, next_stop) if next_start >= 0 else None
        moved = closing.end() - next_start if closing else 0
        if closing:
            yield start, next_start + len(closing[0].rstrip())
        elif text[start:stop]:
            yield start, stop
