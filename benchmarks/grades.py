"""Lines that readers graded, each alone: ``grades.json`` has hashes and grades, no words.

Readers who did not know the program graded lines out of episodes and talks: 3 would be posted,
2 maybe, 1 dull, L leaning on what was said before, 0 broken. Of each grade the file has the hashes
of the words of its lines; a line that two readers graded differently has their mean, or the L of
one of them.
"""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.lexicon import tokens

_PLACE = Path(__file__).parent / "grades.json"

Grades = dict[str, str]


def key(shown: str) -> str:
    """The hash of the words of a line, whatever their capitals and marks."""
    return sha256(" ".join(tokens(shown)).encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def load() -> Grades:
    """The grades of lines by their ``key``: 0 to 3 in steps of a half, or L."""
    found = json.loads(_PLACE.read_text(encoding="utf-8"))
    return {one: grade for grade, keys in found.items() for one in keys.split()}
