"""A text as its words and what stands between them; the ways in which one mark is typed. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.wording import UNIT

_TYPED = str.maketrans(  # one character each, so that places stay
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n", " "),
        **dict.fromkeys("\u2010\u2011", "-"),
    }
)
_PLAIN = str.maketrans({**dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‘’‚‛", "'")})
_DASHES = str.maketrans(dict.fromkeys("–—―−", "-"))
_APOSTROPHE = re.compile(r"(?<=\w)[`´ʼʹ′＇](?=\w)")
_DOTS = re.compile(r"\.{3,}|\. \. \.")
_SPACES = re.compile(r"\s+")
_HYPHENS = re.compile(r"-+")
_OPENED, _CLOSED = re.compile(r"^[\"“„«]"), re.compile(r"[\"”“»]$")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text, the characters they span, and the marks and spaces around each.

    ``between`` has one more than ``words``: before the first, …, after the last.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    between: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared: without case, apostrophes straight."""
        return tuple(map(key, self.words))


def key(word: str) -> str:
    """A word as it is compared with others."""
    return word.casefold().replace("’", "'")


def taken_apart(text: str) -> Text:
    """The words of a text and what is between them."""
    spans = [match.span() for match in UNIT.finditer(text)]
    edges = [0, *(at for span in spans for at in span), len(text)]
    gaps = (text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))
    return Text(tuple(text[a:b] for a, b in spans), tuple(spans), tuple(gaps))


def as_typed(text: str) -> Text:
    """What a person typed: spaces single, three dots one mark, marks around all of it left out."""
    plain = unicodedata.normalize("NFC", text).translate(_TYPED)
    found = taken_apart(_APOSTROPHE.sub("'", plain))
    between = [_SPACES.sub(" ", _DOTS.sub("…", gap)) for gap in found.between]
    between[0], between[-1] = between[0].lstrip(), between[-1].rstrip()
    if len(between) > 1 and _OPENED.match(between[0]) and _CLOSED.search(between[-1]):
        between[0], between[-1] = between[0][1:].lstrip(), between[-1][:-1].rstrip()
    return Text(found.words, found.spans, tuple(between))


def meant(said: str, typed: str) -> str:
    """The marks between two words: those said where the typed ones are only another way of them."""
    if _plain(said) == _plain(typed):
        return said
    hyphen = "-" in typed and typed.translate(_DASHES) == typed  # no other dash is on a keyboard
    return said if hyphen and _dashed(said) == _dashed(typed) else typed


def spelt(said: Sequence[str], typed: Sequence[str]) -> list[str]:
    """Typed words with the apostrophes of those said, which are the same but for case."""
    return [
        "".join(a if key(a) == key(b) == "'" else b for a, b in zip(one, other, strict=True))
        if len(one) == len(other)
        else other
        for one, other in zip(said, typed, strict=True)
    ]


def _plain(gap: str) -> str:
    return _SPACES.sub(" ", _DOTS.sub("…", gap)).translate(_PLAIN)


def _dashed(gap: str) -> str:
    return _HYPHENS.sub("-", _plain(gap).translate(_DASHES)).replace(" ", "")
