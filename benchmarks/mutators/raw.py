"""Ways to damage any bytes, and those of lines and letters."""

import random
from collections.abc import Callable

Mutator = Callable[[bytes, random.Random], bytes]

_MARKS = ("\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u0301" * 200, "\U000e0001", "\u2028")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "shift_jis", "utf-7")
_NUMBERS = ("-1", "0", "1e999", "NaN", "Infinity", "-0", "9" * 30, "9" * 5000, "0x10", "1_0", "٣")


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _cut_start(raw: bytes, chance: random.Random) -> bytes:
    return raw[chance.randrange(len(raw) + 1) :]


def _cut_out(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + raw[at + chance.choice((1, 3, 20, 400)) :]


def _flip(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _flip_bit(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _splice(raw: bytes, chance: random.Random) -> bytes:
    """A piece from elsewhere over another."""
    at, start = chance.randrange(len(raw)), chance.randrange(len(raw))
    piece = raw[start : start + chance.randint(1, 200)]
    return raw[:at] + piece + raw[at + chance.choice((0, len(piece))) :]


def _nulls(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + b"\0" * chance.randint(1, 9) + raw[at:]


def _repeated(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    piece = raw[at : at + chance.randint(1, 40)]
    return raw[:at] + piece * chance.choice((50, 2000)) + raw[at:]


def _twice(raw: bytes, _: random.Random) -> bytes:
    return raw + raw


def _empty(_: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b" ", b"\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe"))


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


def _odd_number(raw: bytes, chance: random.Random) -> bytes:
    """One number for one that is none, has no end or is out of all range."""
    text = raw.decode("latin-1")
    at = [place for place, letter in enumerate(text) if letter.isascii() and letter.isdigit()]
    if not at:
        return raw
    start = stop = chance.choice(at)
    while stop < len(text) and (text[stop].isdigit() or text[stop] == "."):
        stop += 1
    return raw[:start] + chance.choice(_NUMBERS).encode() + raw[stop:]


def _marks(raw: bytes, chance: random.Random) -> bytes:
    return raw.replace(bytes([chance.choice(b'"{}[]<>:,.-|/')]), b"", chance.randint(1, 50))


def _encoding(raw: bytes, chance: random.Random) -> bytes:
    text = raw.decode("utf-8", errors="replace")
    return text.encode(chance.choice(_ENCODINGS), errors="replace")


def _order_marks(raw: bytes, chance: random.Random) -> bytes:
    mark = chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"+/v8-"))
    return mark * chance.choice((1, 2)) + raw


def _unseen(raw: bytes, chance: random.Random) -> bytes:
    """Marks nobody sees, from right to left, piled up, between letters."""
    text = raw.decode("utf-8", errors="surrogateescape")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_MARKS) + text[at:]
    return text.encode("utf-8", errors="surrogateescape")


def _half_letters(raw: bytes, chance: random.Random) -> bytes:
    """Halves of letters: as UTF-8 forbids them, and as escapes."""
    at = chance.randrange(len(raw) + 1)
    halves = (
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xc0\x80",
        b"\\ud800",
        b"\\udfff\\ud800",
        b"&#xD800;",
    )
    return raw[:at] + chance.choice(halves) + raw[at:]


def _long_line(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return (
        raw[:at]
        + chance.choice((b"a", b"a ", b"\xf0\x9f\x98\x80", b"( ", b".")) * 30_000
        + raw[at:]
    )


OF_BYTES: dict[str, Mutator] = {
    "cut": _cut,
    "cut-start": _cut_start,
    "cut-out": _cut_out,
    "flip-bytes": _flip,
    "flip-bit": _flip_bit,
    "splice": _splice,
    "insert-nulls": _nulls,
    "repeat-a-piece": _repeated,
    "join-with-itself": _twice,
    "empty": _empty,
}
OF_TEXT: dict[str, Mutator] = {
    "double-lines": _lines(_doubled),
    "drop-lines": _lines(_dropped),
    "shuffle-lines": _lines(_shuffled),
    "change-digits": _digits,
    "huge-numbers": _huge_numbers,
    "odd-number": _odd_number,
    "drop-marks": _marks,
    "change-encoding": _encoding,
    "byte-order-marks": _order_marks,
    "unseen-marks": _unseen,
    "half-letters": _half_letters,
    "long-line": _long_line,
}


_WORDS = ("", "-", "--", "--json", "-n", "-1", "0", "1e999", "99999999999999999999", "٣", "NaN",
          "\u202e", "'",
          "[red]", "{quote}", "*", "..", "/", "~nobody/x", "/dev/full", "/proc/self/mem",
          "http://[", "https://",
          "file:///x", "sqlite://", "postgresql+psycopg://[", "2026-13-45", "9999-12-31 23:59",
          "0001-01-01 00:00",
          "fri 25:00", "a" * 300, "a" * 5000, "\udcff", "é" * 300, "=", "a=b=c", "\n", "\t",
          "--help", "%s%n")  # fmt: skip


def _word(raw: bytes, chance: random.Random) -> bytes:
    """A word of a line for an odd one, in quotes."""
    words = raw.split(b" ")
    odd = chance.choice(_WORDS).encode("utf-8", "surrogateescape")
    words[chance.randrange(len(words))] = b'"' + odd + b'"'
    return b" ".join(words)


def _more_words(raw: bytes, chance: random.Random) -> bytes:
    words = raw.split(b" ")
    odd = chance.choice(_WORDS).encode("utf-8", "surrogateescape")
    words.insert(chance.randrange(len(words) + 1), b'"' + odd + b'"')
    return b" ".join(words * chance.choice((1, 1, 1, 5)))


def _fewer_words(raw: bytes, chance: random.Random) -> bytes:
    words = raw.split(b" ")
    del words[chance.randrange(len(words))]
    return b" ".join(words)


OF_LINES: dict[str, Mutator] = {
    "odd-word": _word,
    "more-words": _more_words,
    "fewer-words": _fewer_words,
}
