"""Words that English has: what a recogniser wrote and nobody else does is worth a second hearing.

The words are a Bloom filter (https://doi.org/10.1145/362686.362692): a fifth of a megabyte for
172,000 of them, one in a hundred unknown words passing for known. Pure.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from bot.lexicon import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS
from bot.remembering import remembered

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_ENGLISH = 0.2  # of the words; running English has about 0.45
_A_TERM = 3  # times in a talk: a word said that often is no slip of the recogniser
_FUNCTION_WORDS = AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | PRONOUNS


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, not by all its bits
class Vocabulary:
    """A set of words that forgets which they were: ``word in vocabulary`` is enough."""

    bits: bytes
    hashes: int

    def __contains__(self, word: str) -> bool:
        bits = self.bits
        return all(bits[at >> 3] >> (at & 7) & 1 for at in _places(word, self))


def parse(raw: bytes) -> Vocabulary:
    """A vocabulary from its file: a line of JSON that says whence it is, then the bits."""
    head, _, bits = raw.partition(b"\n")
    return Vocabulary(bits, int(json.loads(head)["hashes"]))


def built(words: Iterable[str], size: int, hashes: int) -> Vocabulary:
    """A vocabulary of ``size`` bytes that has these words."""
    bits = bytearray(size)
    empty = Vocabulary(bytes(size), hashes)
    for word in words:
        for at in _places(word, empty):
            bits[at >> 3] |= 1 << (at & 7)
    return Vocabulary(bytes(bits), hashes)


def spoken(texts: Iterable[str]) -> Counter[str]:
    """How often each word is said, in lower case."""
    said: Counter[str] = Counter()
    for between_spaces, times in Counter(" ".join(texts).split()).items():
        for word in _words(between_spaces):
            said[word] += times
    return said


def is_english(said: Counter[str]) -> bool:
    """Whether the small words of a talk are English ones."""
    return english_share(said) >= _LEAST_ENGLISH


def english_share(said: Counter[str]) -> float:
    """The share of words that are small English ones: articles, pronouns, prepositions and such."""
    return sum([said[word] for word in _FUNCTION_WORDS & said.keys()]) / max(1, said.total())


def unknown(text: str, said: Counter[str], names: Iterable[str], known: Vocabulary) -> list[str]:
    """The words of a quote that no list has, that the talk says once or twice, that name nobody.

    ``names`` are of its speakers and its title.
    """
    given = {word for name in names for word in _words(name)}
    found = dict.fromkeys(_WORD.findall(text))
    return [word for word in found if not _is_known(word, said, given, known)]


def _is_known(word: str, said: Counter[str], given: set[str], known: Vocabulary) -> bool:
    plain = word.casefold().replace("’", "'")
    stem = plain.partition("'")[0]
    if len(stem) < 2 or said[plain] >= _A_TERM or plain in given or stem in given:
        return True
    return _is_listed(plain, known) or (stem != plain and _is_listed(stem, known))


@remembered(32768)
def _is_listed(word: str, known: Vocabulary) -> bool:
    return word in known


@remembered(16384)  # talks have most of what stands between their spaces in common
def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text.casefold().replace("’", "'"))
    return found


def _places(word: str, known: Vocabulary) -> list[int]:
    """Where the bits of a word are (https://doi.org/10.1002/rsa.20208: two hashes do for many)."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8]), int.from_bytes(digest[8:]) | 1
    bits = len(known.bits) * 8
    return [(first + nth * step) % bits for nth in range(known.hashes)]
