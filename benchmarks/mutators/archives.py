"""Ways to damage archives: sizes, names and kinds that lie, bombs, archives in archives."""

import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib
from functools import cache

from benchmarks.mutators.raw import Mutator

_NAMES = (
    *("../../a.vtt", "/etc/a.vtt", "a\\..\\b.vtt", "\x1b[2Ja.vtt", "a" * 300 + ".vtt"),
    *("é" * 90 + ".vtt", "\u202ettv.a", "a/" * 200 + "a.vtt", ".vtt", "a.zip", "CON.vtt"),
    *("a.vtt/", " .vtt", "a\nb.vtt", ""),
)
_KINDS = (
    *(tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE),
    *(tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, tarfile.GNUTYPE_LONGNAME),
    *(tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, b"\0", b"Z"),
)
_BLOCK = 512
_LIES = (0, 1, 7, 0x7FFF, 0xFFFF, 2**31 - 1, 2**32 - 2, 2**32 - 1)
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
# Where numbers stand behind these marks, and their bytes:
# https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
_NUMBERS = {
    _LOCAL: ((6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    _CENTRAL: ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)),
    _END: ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}

# What Python's readers raise of what is damaged, beside errors of their own.
_UNREADABLE = (OSError, EOFError, ValueError, OverflowError, NotImplementedError, zlib.error)


@cache
def _zeros() -> bytes:
    """Forty megabytes in forty kilobytes."""
    return gzip.compress(bytes(40_000_000), 9, mtime=0)


def _is_packed(raw: bytes) -> bool:
    return raw.startswith(b"\x1f\x8b")


def _inside(raw: bytes) -> bytes:
    """The tar in a packed one, as far as it can be had."""
    if not _is_packed(raw):
        return raw
    try:
        return gzip.decompress(raw)
    except _UNREADABLE:
        return raw


def _as_before(tar: bytes, raw: bytes) -> bytes:
    return gzip.compress(tar, 6, mtime=0) if _is_packed(raw) else tar


def _zip_number(raw: bytes, chance: random.Random) -> bytes:
    """A size, an offset, a method or a flag of a zip for an odd one."""
    mark = chance.choice([*_NUMBERS])
    if (start := raw.find(mark)) < 0:
        return raw
    at, size = chance.choice(_NUMBERS[mark])
    lie = chance.choice(_LIES) & (2 ** (8 * size) - 1)
    return raw[: start + at] + struct.pack("<I", lie)[:size] + raw[start + at + size :]


def _tar_header(raw: bytes, chance: random.Random) -> bytes:
    """A member of a tar of another kind, size or name, its checksum right."""
    tar = bytearray(_inside(raw))
    at = chance.choice([0, max(len(tar) // _BLOCK // 2, 1) * _BLOCK])
    header = tar[at : at + _BLOCK]
    if len(header) < _BLOCK:
        return raw
    which = chance.choice(("kind", "size", "name"))
    if which == "kind":
        header[156:157] = chance.choice(_KINDS)
    elif which == "size":
        header[124:136] = chance.choice((b"77777777777\0", b"-0000000001\0", b"\x80" + b"\xff" * 11,
                                         b"\xff" * 12, b"x" * 12, b"\0" * 12))  # fmt: skip
    else:
        header[:100] = chance.choice(_NAMES).encode()[:100].ljust(100, b"\0")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    tar[at : at + _BLOCK] = header
    return _as_before(bytes(tar), raw)


def _members(raw: bytes) -> list[tuple[str, bytes]]:
    """What is in an archive as Python reads it; one member of its own where that is nothing."""
    try:
        if raw.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(raw)) as box:
                return [(one.filename, box.read(one)) for one in box.infolist()]
        with tarfile.open(fileobj=io.BytesIO(raw)) as tar:
            return [(one.name, file.read()) for one in tar if (file := tar.extractfile(one))]
    except (zipfile.BadZipFile, tarfile.TarError, *_UNREADABLE):
        return [("a.vtt", raw)]


def packed(members: list[tuple[str, bytes]], kind: str) -> bytes:
    """An archive of a kind, ``zip``, ``tar`` or ``tar.gz``: the same for the same members."""
    box = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members:
                file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return box.getvalue()
    with tarfile.open(fileobj=box, mode="w") as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(box.getvalue(), 6, mtime=0) if kind == "tar.gz" else box.getvalue()


def _kind(raw: bytes) -> str:
    return "zip" if raw.startswith(b"PK") else "tar.gz" if _is_packed(raw) else "tar"


def _name(raw: bytes, chance: random.Random) -> bytes:
    """A member with a name that leads out, steers a terminal, or is none."""
    members = _members(raw)
    at = chance.randrange(len(members)) if members else 0
    members[at : at + 1] = [
        (chance.choice(_NAMES), b"WEBVTT\n\n00:01.000 --> 00:04.000\nA rope.\n")
    ]
    return packed(members, _kind(raw))


def _bomb(raw: bytes, chance: random.Random) -> bytes:
    """A member of forty megabytes of nothing; for tars also one that is no archive at all."""
    if _is_packed(raw) and chance.random() < 0.3:
        return _zeros()
    name = chance.choice(("a.vtt", "z.bin", "a.json"))
    return packed([(name, bytes(40_000_000)), *_members(raw)], _kind(raw))


def _nested(raw: bytes, chance: random.Random) -> bytes:
    """An archive as a member, under its own name or that of a transcript."""
    return packed([(chance.choice(("b.zip", "b.tar.gz", "b.vtt", "b.docx")), raw)], _kind(raw))


def _many(raw: bytes, chance: random.Random) -> bytes:
    """Thousands of empty members."""
    return packed([(f"{at}.vtt", b"") for at in range(chance.choice((500, 3000)))], _kind(raw))


def _other(raw: bytes, chance: random.Random) -> bytes:
    """An archive of another kind than its name says."""
    return packed(_members(raw), chance.choice(("zip", "tar", "tar.gz")))


OF_ARCHIVES: dict[str, Mutator] = {
    "odd-zip-number": _zip_number,
    "odd-tar-header": _tar_header,
    "odd-member-name": _name,
    "member-bomb": _bomb,
    "archive-in-archive": _nested,
    "many-members": _many,
    "other-archive": _other,
}
