"""Lines that readers graded, each alone: ``grades.json`` has hashes and grades, no words.

Readers who did not know the program graded lines out of episodes and talks: 3 would be posted,
2 maybe, 1 dull, L leaning on what was said before, 0 broken. Of each grade the file has the hashes
of the words of its lines; a line that two readers graded otherwise has their mean.
"""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.lexicon import tokens

_PLACE = Path(__file__).parent / "grades.json"
_LEANS = "L"


class Grade(NamedTuple):
    """How a line reads: 0 to 3, and whether it is no better than 1 as it leans."""

    points: float
    leans: bool = False


Grades = dict[str, Grade]


def key(shown: str) -> str:
    """The hash of the words of a line, whatever their capitals and marks."""
    return sha256(" ".join(tokens(shown)).encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def load() -> Grades:
    """The grades of lines by their ``key``."""
    found = json.loads(_PLACE.read_text(encoding="utf-8"))
    grades = {
        name: Grade(1.0, leans=True) if name == _LEANS else Grade(float(name)) for name in found
    }
    return {one: grades[name] for name, keys in found.items() for one in keys.split()}
