"""Archives read as if they were folders, never unpacked to a disk, each member within a limit.

What an archive claims is not believed: members are read up to the limit, and one that unpacks to
over a hundred times its size is left. Names lead nowhere, as nothing is written by them.
"""

import gzip
import io
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from bot.errors import BotError, TranscriptError
from bot.feeds.fetch import fetch
from bot.sources import remote
from bot.sources.base import (
    Passed,
    Reach,
    Source,
    is_archive,
    is_remote,
    is_web,
    may_be_transcript,
    printable,
)

_BLOWN_UP = 100  # times its size: words pack to a tenth, and those with their times to a thirtieth
_ALWAYS = 64_000_000  # bytes that anything may unpack to
_ENCRYPTED = 0x1
_UNPACK = "unpack it yourself, and give the folder"
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError, MemoryError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, the bytes it says it has, whether it is encrypted."""

    name: str
    number: int
    size: int
    encrypted: bool = False


class Opened(Protocol):
    """An open archive; members are best asked for in the order they are listed."""

    def members(self) -> Iterator[Member]:
        """Every plain file, in the archive's order."""

    def read(self, member: Source, most: int) -> bytes:
        """The bytes of a member, or one more than ``most`` of them."""

    def close(self) -> None:
        """Let the file go."""


_Key = tuple[str, int, int]
_kept: dict[int, tuple[_Key, Opened]] = {}  # by thread: each reads on in its own


def members(place: str, reach: Reach) -> Iterator[Source | Passed]:
    """What may be transcripts in an archive; ``TranscriptError`` when it is none."""
    with _told(place), closing(_opened(place, reach)) as archive:
        for one in archive.members():
            hidden = any(part.startswith((".", "__MACOSX")) for part in _parts(one.name)[:-1])
            if hidden or is_archive(one.name) or not may_be_transcript(one.name):
                yield Passed(printable(f"{place}/{one.name}"))
            else:
                yield Source(place, one.name, one.number)


def read(source: Source, reach: Reach) -> bytes:
    """The bytes of a member; ``TranscriptError`` for one that is too large, or cannot be read.

    The archive stays open: a worker is handed one member after the other.
    """
    with _told(source.name):
        raw = _kept_open(source.place, reach).read(source, reach.most)
    if len(raw) > reach.most:
        remedy = "harvest.max_mb in config.yaml raises it; is this a transcript?"
        reason = f"is over the limit of {reach.max_mb} MB"
        raise TranscriptError(source.name, reason, remedy=remedy)
    return raw


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except BotError:
        raise
    except FileNotFoundError as error:
        raise TranscriptError(place, "there is no such file", remedy="check the path") from error
    except _BROKEN as error:
        reason = f"cannot be unpacked: {str(error).lower() or type(error).__name__}"
        raise TranscriptError(place, reason, remedy=_UNPACK) from error


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def let_go() -> None:
    """Close the archives this process has open."""
    while _kept:
        _kept.popitem()[1][1].close()


def _kept_open(place: str, reach: Reach) -> Opened:
    """The archive this thread read last, if it is this one and still the same; else this one."""
    thread, key = threading.get_ident(), _key(place, reach)
    known, archive = _kept.pop(thread, (None, None))
    if archive and known != key:
        archive.close()
    if archive is None or known != key:
        archive = _opened(place, reach)
    _kept[thread] = (key, archive)
    return archive


def _key(place: str, reach: Reach) -> _Key:
    """A place, and what changes when another file takes it."""
    if is_remote(place):
        return (place, 0, 0)
    path = reach.folder / place
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns


def _opened(place: str, reach: Reach) -> Opened:
    def file() -> IO[bytes]:
        if is_web(place):
            return io.BytesIO(fetch(place, reach.limits).raw or b"")
        return remote.opened(place) if is_remote(place) else Path(reach.folder, place).open("rb")

    opened = file()
    try:
        return _Zip(opened) if place.lower().endswith(".zip") else _Tar(opened)
    except _BROKEN:
        opened.close()
        raise


class _Zip:
    """A zip file, which says at its end what it holds."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._zip = file, zipfile.ZipFile(file)

    def members(self) -> Iterator[Member]:
        for number, one in enumerate(self._zip.infolist()):
            if one.filename and not one.is_dir():
                yield Member(one.filename, number, one.file_size)

    def read(self, member: Source, most: int) -> bytes:
        one = self._zip.infolist()[member.number]
        if one.flag_bits & _ENCRYPTED:
            raise TranscriptError(member.name, "is encrypted", remedy=_UNPACK)
        if one.file_size > most:
            return bytes(most + 1)
        with self._zip.open(one) as file:
            return file.read(most + 1)

    def close(self) -> None:
        self._zip.close()
        self._file.close()


@dataclass(slots=True)
class _Measured:
    """A packed stream that ends in an error when it holds far more, or less, than it can.

    What is read behind its end is a member that says it is longer: it may be read for years.
    """

    packed: IO[bytes]
    stream: IO[bytes]
    given: int = 0
    ended: bool = False

    def read(self, size: int) -> bytes:
        """The next bytes."""
        chunk = self.stream.read(size)
        if self.ended and not chunk:
            raise EOFError("it ends in the middle of a member")
        self.given, self.ended = self.given + len(chunk), not chunk
        if self.given > _ALWAYS + _BLOWN_UP * self.packed.tell():
            raise ValueError(f"it holds over {_BLOWN_UP} times its size")
        return chunk


class _Tar:
    """A tar file, which can only be read from its beginning on."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rewind()

    def members(self) -> Iterator[Member]:
        while (one := self._next()) is not None:
            if one.isreg():
                yield Member(one.name, self._at, one.size)

    def read(self, member: Source, most: int) -> bytes:
        if member.number <= self._at:
            self._rewind()
        while (one := self._next()) is not None:
            if self._at == member.number:
                file = self._tar.extractfile(one)
                return file.read(most + 1) if file else b""
        raise TranscriptError(member.name, "is not there any more", remedy="run the command again")

    def close(self) -> None:
        self._tar.close()
        self._file.close()

    def _next(self) -> tarfile.TarInfo | None:
        found: tarfile.TarInfo | None = self._tar.next()
        self._tar.members.clear()  # else it remembers each that was met
        self._at += 1
        return found

    def _rewind(self) -> None:
        self._file.seek(0)
        packed = self._file.read(2) == b"\x1f\x8b"
        self._file.seek(0)
        stream: IO[bytes] = gzip.GzipFile(fileobj=self._file) if packed else self._file  # type: ignore[assignment]
        measured = _Measured(self._file, stream)
        self._tar = tarfile.open(fileobj=measured, mode="r|")  # type: ignore[call-overload]  # noqa: SIM115
        self._at = -1
