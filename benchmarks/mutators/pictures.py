"""Ways to damage pictures and fonts where it hurts: sizes that lie, chunks, tables, checksums."""

import random
import struct
import zlib
from functools import cache

from benchmarks.mutators.raw import Mutator

_LIES = (0, 1, 3, 255, 65_535, 65_536, 2**24, 2**31 - 1, 2**31, 2**32 - 1)


@cache
def packed(size: int) -> bytes:
    """So many zeros as few bytes."""
    return zlib.compress(bytes(size), 9)


def _png_chunks(raw: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG: kind and content; none of what is no PNG."""
    found, at = [], 8
    while raw.startswith(b"\x89PNG") and at + 8 <= len(raw):
        size, kind = struct.unpack_from(">I4s", raw, at)
        found.append((kind, raw[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _png(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """A PNG whose checksums are right, whatever is in it."""
    whole = [struct.pack(">I4s", len(body), kind) + body + struct.pack(">I",
                                                                       zlib.crc32(kind + body))
             for kind, body in chunks]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


def _size_lies(raw: bytes, chance: random.Random) -> bytes:
    """Another width or height: of a PNG with its checksum, else a number where one may stand."""
    chunks = _png_chunks(raw)
    if chunks and chunks[0][0] == b"IHDR" and len(chunks[0][1]) == 13:
        header = bytearray(chunks[0][1])
        struct.pack_into(">I", header, chance.choice((0, 4)), chance.choice(_LIES))
        return _png([(b"IHDR", bytes(header)), *chunks[1:]])
    if (at := raw.find(b"\xff\xc0")) > 0 or (at := raw.find(b"\xff\xc2")) > 0:  # JPEG
        size = struct.pack(">H", chance.choice(_LIES) & 0xFFFF)
        return raw[: at + 5] + size + raw[at + 7 :]
    return _number(raw[:64], chance) + raw[64:]


def _mode_lies(raw: bytes, chance: random.Random) -> bytes:
    chunks = _png_chunks(raw)
    if not chunks or len(chunks[0][1]) != 13:
        return _number(raw[:128], chance) + raw[128:]
    header = bytearray(chunks[0][1])
    header[chance.randrange(8, 13)] = chance.choice((0, 1, 2, 3, 4, 6, 8, 16, 255))
    return _png([(b"IHDR", bytes(header)), *chunks[1:]])


def _chunks(raw: bytes, chance: random.Random) -> bytes:
    """Chunks of a PNG lost, doubled, in disorder or with other content."""
    chunks = _png_chunks(raw)
    if not chunks:
        return _number(raw, chance)
    at = chance.randrange(len(chunks))
    kind, body = chunks[at]
    other: tuple[list[tuple[bytes, bytes]], ...] = (
        [], [chunks[at]] * 2, [(kind, body[: len(body) // 2])], [(kind, b"")],
        [(b"tRNS", b"\0\1\0")], [(b"PLTE", body[:7])], [(b"iCCP", b"x\0\0" + body[:40])],
        [(b"zTXt", b"a\0\0" + packed(20_000_000))],
        [(b"iTXt", b"a\0\1\0\0\0" + packed(20_000_000))],
        [(b"eXIf", b"MM\0*" + body[:50])], [(b"acTL", b"\xff" * 8)], [(b"fcTL", b"\xff" * 26)],
        [(b"gAMA", b"\0\0\0\0")], [(b"pHYs", b"\0" * 9)],
    )  # fmt: skip
    return _png([*chunks[:at], *chance.choice(other), *chunks[at + 1 :]])


def _bomb(raw: bytes, chance: random.Random) -> bytes:
    """Few bytes that want to be many pixels."""
    side = chance.choice((8_000, 12_000, 20_000, 60_000))
    header = struct.pack(
        ">IIBBBBB", side, side, chance.choice((1, 8, 16)), chance.choice((0, 2, 6)), 0, 0, 0
    )
    return _png([(b"IHDR", header), (b"IDAT", packed(30_000_000)), (b"IEND", b"")])


def _turned(raw: bytes, chance: random.Random) -> bytes:
    """A JPEG or PNG with EXIF that says odd things."""
    kind, count = chance.choice((1, 2, 3, 4, 5, 7, 12, 255)), chance.choice((0, 1, 9, 2**31))
    rows = struct.pack(">HHHII", 1, 0x0112, kind, count, chance.choice((0, 6, 9, 2**16, 2**32 - 1)))
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + rows + b"\0\0\0\x08"
    if raw.startswith(b"\xff\xd8"):
        return raw[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + raw[2:]
    chunks = _png_chunks(raw)
    return _png([*chunks[:1], (b"eXIf", exif[6:]), *chunks[1:]]) if chunks else raw


def _number(raw: bytes, chance: random.Random) -> bytes:
    """A number of two or four bytes, of either order, for an extreme one."""
    if len(raw) < 4:
        return raw
    size = chance.choice("HI")
    made = struct.pack(
        chance.choice("<>") + size, chance.choice(_LIES) & (0xFFFF if size == "H" else 2**32 - 1)
    )
    at = chance.randrange(len(raw) - 3)
    return raw[:at] + made + raw[at + len(made) :]


def _numbers(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(2, 12)):
        raw = _number(raw, chance)
    return raw


def _head(raw: bytes, chance: random.Random) -> bytes:
    """A number near the beginning, where tables and sizes are told."""
    return _number(raw[:300], chance) + raw[300:]


def _other_kind(raw: bytes, chance: random.Random) -> bytes:
    """The beginning of another kind of file before it."""
    heads = (b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\xff\xff\xff\xffWEBPVP8 ",
             b"BM", b"II*\0", b"MM\0*", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"%PDF-1.4",
             b"PK\x03\x04", b"\x00\x01\x00\x00", b"OTTO", b"ttcf\0\1\0\0", b"wOF2")  # fmt: skip
    head = chance.choice(heads)
    return head + raw[chance.choice((0, len(head))) :]


OF_PICTURES: dict[str, Mutator] = {
    "size-lies": _size_lies,
    "mode-lies": _mode_lies,
    "damage-chunks": _chunks,
    "pixel-bomb": _bomb,
    "odd-exif": _turned,
    "extreme-number": _number,
    "extreme-numbers": _numbers,
    "other-kind": _other_kind,
}
OF_FONTS: dict[str, Mutator] = {
    "extreme-number": _number,
    "extreme-numbers": _numbers,
    "extreme-head": _head,
    "other-kind": _other_kind,
}
