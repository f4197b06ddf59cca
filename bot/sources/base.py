"""Where transcripts are, as small values: a worker anywhere can be handed one and read it."""

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bot.feeds.fetch import Limits
from bot.model import Details

TRANSCRIPTS = (
    *("vtt", "srt", "json", "json3", "srv1", "srv3", "txt", "xml", "ttml", "dfxp", "sbv", "lrc"),
    *("ass", "ssa", "smi", "sami", "scc", "stl", "sub", "docx", "tsv", "csv", "md"),
)
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_IN_FOLDERS = {*TRANSCRIPTS, "htm", "html", "srv2"}
_ABOUT_FOLDERS = {"readme", "license", "licence", "changelog", "contributing", "notice"}
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """One transcript: a path, an address, or in the archive there the member of this number."""

    place: str
    member: str = ""
    number: int = 0

    @property
    def name(self) -> str:
        """What it is called in messages; its last part names the talk where nothing else does."""
        return printable(f"{self.place}/{self.member}" if self.member else self.place)


@dataclass(frozen=True, slots=True)
class Passed:
    """A file of a folder that is obviously no transcript."""

    place: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far reading goes: where relative paths start, megabytes a file, limits of downloads."""

    folder: Path
    max_mb: int
    limits: Limits = field(default_factory=Limits)
    pause_s: float = 1.0

    @property
    def most(self) -> int:
        """The bytes a transcript may have."""
        return self.max_mb * 1_000_000


@dataclass(frozen=True, slots=True)
class Text:
    """The bytes of a transcript, its name in messages, and what its page says of the talk."""

    raw: bytes
    name: str
    details: Details = field(default_factory=Details)
    notes: tuple[str, ...] = ()


def printable(name: str) -> str:
    """A name that steers no terminal, and that can be written: bytes that are no UTF-8 cannot."""
    return _UNSHOWN.sub("�", name)


def is_web(place: str) -> bool:
    """Whether a place is a web address."""
    return bool(_WEB.match(place))


def is_remote(place: str) -> bool:
    """Whether a place is an address at all: of the web, a bucket, another file system."""
    return bool(_REMOTE.match(place))


def is_archive(name: str) -> bool:
    """Whether a file is looked into as if it were a folder."""
    return name.lower().endswith(ARCHIVES)


def may_be_transcript(name: str, beside: "frozenset[str]" = frozenset()) -> bool:
    """Whether a file of a folder is worth reading, by its name and those of its neighbours.

    A text beside a picture of the same name says what is on the picture.
    """
    path = PurePosixPath(name)
    ending = path.suffix[1:].lower()
    if path.name.startswith(".") or path.stem.lower() in _ABOUT_FOLDERS:
        return False
    if ending == "txt" and f"{path.stem}.png" in beside:
        return False
    return ending in _IN_FOLDERS
