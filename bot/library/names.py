"""The names the library gives: a talk's id from its title, a quote's id from its words. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from bot.lexicon import straight
from bot.terms import PLAIN

_LONGEST = 40  # letters of an id that is made
_MOST = 100  # of one that is taken
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LETTERS = "abcdefghjkmnpqrstvwxyz"  # Crockford's base 32 without its digits: no i, l, o, u
_DIGITS = "0123456789" + _LETTERS
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+(?:['’]\w+)*")
# The same for ASCII, in a fifth of the time: an apostrophe that joins nothing, and all between
# words, becomes a space. ``_CURLED`` stands for ’, which is no reason to go the long way.
_CURLED = "\x1a"
_LOOSE = re.compile(rf"['{_CURLED}](?:(?!\w)|(?<!\w['{_CURLED}]))", re.ASCII)
_IN_WORDS = f"abcdefghijklmnopqrstuvwxyz0123456789_'{_CURLED}"
_TO_SPACES = str.maketrans({chr(at): " " for at in range(128) if chr(at) not in _IN_WORDS})
_MARKS = "“”–—…"


def words(text: str) -> list[str]:
    """The words without case and punctuation; where none are spaced apart, the characters."""
    plain = text
    if not text.isascii() and _CURLED not in text:
        plain = text.replace("’", _CURLED)
        for mark in _MARKS:
            plain = plain.replace(mark, " ")
    if not plain.isascii() or _CURLED in text:
        return _WORD.findall(text.casefold())
    joined = _LOOSE.sub(" ", plain.lower()).translate(_TO_SPACES)
    return joined.replace(_CURLED, "’").split()


def plain(text: str) -> str:
    """A text without case and punctuation, apostrophes straight: what its spellings share."""
    return " ".join(words(straight(text)))


def slug(title: str, number: int = 1) -> str:
    """The id for the first talk of a title, the second …: ``on-maps``, ``on-maps-2``, …"""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(PLAIN))
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", "").encode("ascii", "ignore").decode())
    whole = _cut("-".join(parts) or "talk", _LONGEST)
    return whole if number == 1 else f"{_cut(whole, _LONGEST - len(f'-{number}'))}-{number}"


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    whole_words = slug[: longest + 1].rpartition("-")[0]
    return whole_words or slug[:longest]


def is_talk_id(name: str) -> bool:
    """Whether a talk may have this id: files are named after it."""
    return len(name) <= _MOST and _ID.fullmatch(name) is not None


def quote_ids(talk: str, said: str) -> Iterator[str]:
    """Ids for a quote of these words, the best first: 6 to 8 characters, the first a letter."""
    for number in count():
        seed = "\n".join([talk, " ".join(words(said)), *([str(number)] if number else [])])
        value = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
        value, first = divmod(value, len(_LETTERS))
        name = _LETTERS[first] + "".join(_DIGITS[value >> 5 * at & 31] for at in range(7))
        yield from (name[:length] for length in (6, 7, 8))
