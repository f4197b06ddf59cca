"""How alike two transcripts are, told from 256 bytes of each. Pure.

A bottom-k sketch: the 64 smallest 32-bit hashes of the text's runs of five words. The share of
the smallest of both that both have estimates their Jaccard similarity, within about 0.06.
Source: A. Broder, On the resemblance and containment of documents, 1997.
"""

import struct
from collections.abc import Iterable
from hashlib import blake2b
from heapq import nsmallest

from bot.library.names import words

_HASHES = 64
_RUN = 5


def fingerprint(text: str) -> bytes:
    """The sketch of a text: at most 64 big-endian 32-bit numbers, ascending; of no words, none."""
    spoken = " ".join(words(text)).encode("utf-8", "replace").split(b" ")
    runs = map(b" ".join, zip(*(spoken[at:] for at in range(_RUN)), strict=False))
    whole = b" ".join(spoken)
    hashes = _hashes(runs) or _hashes([whole] if whole else [])
    return b"".join(nsmallest(_HASHES, hashes))


def _hashes(runs: Iterable[bytes]) -> set[bytes]:
    """BLAKE2b of each in four bytes; to copy an empty one is cheaper than to make another."""
    new, found = blake2b(digest_size=4).copy, set[bytes]()
    for run in runs:
        one = new()
        one.update(run)
        found.add(one.digest())
    return found


def similarity(first: bytes, second: bytes) -> float:
    """The estimated Jaccard similarity of the texts behind two fingerprints, 0 to 1."""
    a, b = _numbers(first), _numbers(second)
    smallest = nsmallest(_HASHES, a | b)
    return len(a & b & set(smallest)) / len(smallest) if smallest else 0.0


def _numbers(sketch: bytes) -> set[int]:
    return set(struct.unpack(f">{len(sketch) // 4}I", sketch))
