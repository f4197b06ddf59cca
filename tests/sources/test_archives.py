"""Archives by hostile hands: one clear line, memory bounded, nothing written anywhere."""

import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import BotError, TranscriptError
from bot.sources import Passed, Reach, Source, find, read

WORDS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA rope is older than any ship.\n"
MB = 1_000_000


def zipped(*members: tuple[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return box.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w:gz") as packed:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return box.getvalue()


def encrypted() -> bytes:
    raw = bytearray(zipped(("a.vtt", WORDS)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


def understated() -> bytes:
    """A member that says it is small."""
    raw = bytearray(zipped(("a.vtt", bytes(3 * MB))))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(raw)


def special() -> bytes:
    """A tar with links and a device, that lead to files of the system."""
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w:gz") as packed:
        for kind, name in (
            (tarfile.SYMTYPE, "a.vtt"),
            (tarfile.LNKTYPE, "b.vtt"),
            (tarfile.CHRTYPE, "c.vtt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            packed.addfile(info)
    return box.getvalue()


def long_name() -> bytes:
    """A header whose name is a gigabyte long."""
    header = bytearray(tarfile.TarInfo("././@LongLink").tobuf(tarfile.GNU_FORMAT))
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 140 * MB
    header = info.tobuf(tarfile.GNU_FORMAT)
    return gzip.compress(header + bytes(90 * MB), 6)


def nameless() -> bytes:
    """A zip that says its member's name has no letters, and one byte more of other fields."""
    raw = bytearray(zipped(("a", WORDS)))
    at = raw.index(b"PK\x01\x02")
    raw[at + 28], raw[at + 30] = 0, 1
    return bytes(raw)


def without_end() -> bytes:
    """A tar whose member says it is larger than any disk."""
    info = tarfile.TarInfo("a.bin")
    info.size = 2**80
    return info.tobuf(tarfile.GNU_FORMAT) + WORDS


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a bomb in a zip": (
        "a.zip",
        lambda: zipped(("a.vtt", bytes(20 * MB))),
        "over the limit of 1 MB",
    ),
    "a bomb in a tar": (
        "a.tar.gz",
        lambda: tarred(("a.vtt", bytes(3 * MB))),
        "over the limit of 1 MB",
    ),
    "a member that lies": ("a.zip", understated, "cannot be unpacked"),
    "an encrypted member": ("a.zip", encrypted, "is encrypted; unpack it yourself"),
    "a tar that never ends": (
        "a.tar.gz",
        lambda: tarred(("z.bin", bytes(90 * MB)), ("a.vtt", WORDS)),
        "over 100 times its size",
    ),
    "a header that never ends": ("a.tar.gz", long_name, "over 100 times its size"),
    "a member without end": ("a.tar", without_end, "ends in the middle of a member"),
    "a member without a name": ("a.zip", nameless, "no transcript is there"),
    "links and devices": ("a.tar.gz", special, "no transcript is there"),
    "names that lead out": (
        "a.zip",
        lambda: zipped(("../../a.vtt", WORDS), ("/etc/../.a.vtt", WORDS)),
        "no transcript is there",
    ),
    "an archive in itself": (
        "a.zip",
        lambda: zipped(("b.zip", zipped(("a.vtt", WORDS)))),
        "no transcript is there",
    ),
    "half a zip": ("a.zip", lambda: zipped(("a.vtt", WORDS))[:60], "cannot be unpacked"),
    "half a tar": ("a.tar.gz", lambda: tarred(("a.vtt", WORDS * 9))[:80], "cannot be unpacked"),
    "no archive": ("a.zip", lambda: WORDS, "cannot be unpacked"),
    "no archive either": ("a.tgz", lambda: WORDS, "cannot be unpacked"),
    "nothing": ("a.tar.gz", lambda: b"", "cannot be unpacked"),
}


@pytest.mark.parametrize("case", CASES)
def test_hostile_archives_are_told_in_one_line(case: str, tmp_path: Path) -> None:
    name, made, reason = CASES[case]
    (tmp_path / name).write_bytes(made())
    reach = Reach(tmp_path, 1)
    tracemalloc.start()
    try:
        told = list(_told(name, reach))
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert told, "an error"
    assert reason in told[0]
    assert all("\n" not in line and name in line for line in told)
    assert peak < 100 * MB
    assert [path.name for path in tmp_path.iterdir()] == [name]


def _told(name: str, reach: Reach):
    """The errors on the way from a name to bytes."""
    for one in find([name], reach):
        if isinstance(one, BotError):
            yield str(one)
        elif isinstance(one, Source):
            try:
                read(one, reach)
            except TranscriptError as error:
                yield str(error)


def test_a_name_steers_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("\x1b[2Ja.vtt", WORDS), ("\x1b]0;b.png", b"")))
    source, passed = find(["a.zip"], Reach(tmp_path, 1))
    assert isinstance(source, Source)
    assert isinstance(passed, Passed)
    assert source.name.isprintable()
    assert passed.place.isprintable()
    assert read(source, Reach(tmp_path, 1)).raw == WORDS


def test_an_archive_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    reach = Reach(tmp_path, 1)
    for words in (WORDS, WORDS + b"\n"):
        (tmp_path / "a.zip").write_bytes(zipped(("a.vtt", words)))
        assert [
            read(one, reach).raw for one in find(["a.zip"], reach) if isinstance(one, Source)
        ] == [words]
