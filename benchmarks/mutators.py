"""Named ways to damage a transcript: bytes and chance in, bytes out."""

import json
import random
from collections.abc import Callable
from typing import Any

_ODD: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    [[]],
    "",
    "x",
    "0:01",
    "1e9",
    -1,
    0,
    7,
    1e30,
    float("nan"),
    10**40,
)

Mutator = Callable[[bytes, random.Random], bytes]


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _cut_start(raw: bytes, chance: random.Random) -> bytes:
    return raw[chance.randrange(len(raw) + 1) :]


def _flip(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _lines(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Mutator:
    def mutate(raw: bytes, chance: random.Random) -> bytes:
        return b"".join(change(raw.splitlines(keepends=True), chance))

    return mutate


def _doubled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    return [each for line in lines for each in [line] * chance.choice((1, 1, 2, 30))]


def _dropped(lines: list[bytes], chance: random.Random) -> list[bytes]:
    return [line for line in lines if chance.random() > 0.2]


def _shuffled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    return chance.sample(lines, len(lines))


def _digits(raw: bytes, chance: random.Random) -> bytes:
    share = chance.choice((0.01, 0.2))
    return bytes(
        chance.choice(b"0123456789") if 48 <= byte < 58 and chance.random() < share else byte
        for byte in raw
    )


def _huge_numbers(raw: bytes, chance: random.Random) -> bytes:
    digit = bytes([chance.choice(b"0123456789")])
    return raw.replace(digit, digit * chance.choice((3, 40, 400)), 5)


def _marks(raw: bytes, chance: random.Random) -> bytes:
    return raw.replace(bytes([chance.choice(b'"{}[]<>:,.-|/')]), b"", chance.randint(1, 50))


def _nulls(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + b"\0" * chance.randint(1, 9) + raw[at:]


def _encoding(raw: bytes, chance: random.Random) -> bytes:
    text = raw.decode("utf-8", errors="replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "cp1252", "cp1251")), errors="replace")


def _repeated(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    piece = raw[at : at + chance.randint(1, 40)]
    return raw[:at] + piece * chance.choice((50, 2000)) + raw[at:]


def _twice(raw: bytes, _chance: random.Random) -> bytes:
    return raw + raw


def _values(raw: bytes, chance: random.Random) -> bytes:
    """JSON with some of its values changed for others; of what is no JSON, some words."""
    try:
        document = json.loads(raw)
    except ValueError:
        words = raw.split(b" ")
        words[chance.randrange(len(words))] = chance.choice((b"-->", b"<v Bo>", b"0:01", b"Ann:"))
        return b" ".join(words)
    share = chance.choice((0.001, 0.05, 0.3))
    return json.dumps(_changed(document, chance, share)).encode()


def _changed(value: Any, chance: random.Random, share: float) -> Any:
    if chance.random() < share:
        return chance.choice(_ODD)
    if isinstance(value, list):
        return [_changed(each, chance, share) for each in value]
    if isinstance(value, dict):
        return {key: _changed(each, chance, share) for key, each in value.items()}
    return value


MUTATORS: dict[str, Mutator] = {
    "cut": _cut,
    "cut start": _cut_start,
    "flip bytes": _flip,
    "double lines": _lines(_doubled),
    "drop lines": _lines(_dropped),
    "shuffle lines": _lines(_shuffled),
    "change digits": _digits,
    "huge numbers": _huge_numbers,
    "drop marks": _marks,
    "insert nulls": _nulls,
    "change encoding": _encoding,
    "repeat a piece": _repeated,
    "join with itself": _twice,
    "change values": _values,
}
