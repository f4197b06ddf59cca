"""Named ways to damage what comes from outside: bytes and chance in, bytes out.

``MUTATORS`` has each by its name; ``KINDS`` says which of them fit what kind of input.
"""

import random
from collections.abc import Sequence

from benchmarks.mutators.archives import OF_ARCHIVES
from benchmarks.mutators.databases import OF_DATABASES
from benchmarks.mutators.pictures import OF_FONTS, OF_PICTURES
from benchmarks.mutators.raw import OF_BYTES, OF_LINES, OF_TEXT, Mutator
from benchmarks.mutators.values import OF_JSON, OF_TABLES, OF_XML, OF_YAML
from benchmarks.mutators.wire import OF_ANSWERS, OF_REQUESTS

__all__ = ["KINDS", "MUTATORS", "damaged", "fitting"]

_SEVERAL = "several-at-once"
_FAMILIES = {
    "bytes": OF_BYTES,
    "text": OF_TEXT,
    "json": OF_JSON,
    "yaml": OF_YAML,
    "xml": OF_XML,
    "table": OF_TABLES,
    "picture": OF_PICTURES,
    "font": OF_FONTS,
    "answer": OF_ANSWERS,
    "request": OF_REQUESTS,
    "line": OF_LINES,
    "library": OF_DATABASES,
    "archive": OF_ARCHIVES,
}
MUTATORS: dict[str, Mutator] = {
    name: mutator for family in _FAMILIES.values() for name, mutator in family.items()
}
KINDS: dict[str, tuple[str, ...]] = {kind: tuple(family) for kind, family in _FAMILIES.items()}


def fitting(kinds: Sequence[str]) -> tuple[str, ...]:
    """The names of the mutators of these kinds, and that of several at once."""
    return (*dict.fromkeys(name for kind in kinds for name in KINDS[kind]), _SEVERAL)


def damaged(raw: bytes, kinds: Sequence[str], mutator: str, seed: int) -> bytes:
    """The bytes damaged: the same every time for the same arguments."""
    chance = random.Random(f"{mutator} {seed}")
    names = [mutator]
    if mutator == _SEVERAL:
        names = [chance.choice(fitting(kinds)[:-1]) for _ in range(chance.choice((2, 2, 3, 5)))]
    for name in names:
        raw = MUTATORS[name](raw, chance) if raw else raw
    return raw
