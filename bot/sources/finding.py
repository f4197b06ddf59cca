"""From what a person names to sources, one by one: nothing is read, no list of all is made.

A place that two names reach counts for the first of them.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.errors import BotError, InputError, TranscriptError
from bot.sources import archives, remote, web
from bot.sources.base import (
    Passed,
    Reach,
    Source,
    is_archive,
    is_remote,
    is_web,
    may_be_transcript,
)
from bot.sources.patterns import ANY, Pattern, is_pattern, pattern_of

Found = Source | Passed | BotError
_KNOWN = Passed("what another name reached before")


@dataclass(frozen=True, slots=True)
class _Met:
    """What was named so far: files, and roots with the patterns searched below them."""

    files: set[str] = field(default_factory=set)
    searched: list[tuple[str, Pattern]] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether a file was given before, by its name or by a pattern that takes it."""
        return key in self.files or any(
            key.startswith(root) and _takes(pattern, key[len(root) :])
            for root, pattern in self.searched
        )


@dataclass(frozen=True, slots=True)
class _Below:
    """A folder in a folder, and the parts of the pattern that may come next there."""

    folder: str
    reached: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Tree:
    """The folders below the root of a pattern, of this machine or of another file system."""

    pattern: Pattern
    reach: Reach
    met: _Met

    def walked(self, folder: str, reached: frozenset[int]) -> Iterator[Found]:
        """What is found in a folder and below, however deep."""
        entered = [self._within(folder, reached)]
        while entered:
            one = next(entered[-1], None)
            if one is None:
                entered.pop()
            elif isinstance(one, _Below):
                entered.append(self._within(one.folder, one.reached))
            else:
                yield one

    def _within(self, folder: str, reached: frozenset[int]) -> "Iterator[Found | _Below]":
        """What is found in a folder; one that cannot be listed is an error."""
        try:
            names = self._names(folder)
        except BotError as error:
            yield error
            return
        beside = frozenset(name for name, _ in names if name.endswith(".png"))
        for name, is_folder in names:
            after, place = self.pattern.after(reached, name), _joined(folder, name)
            if is_folder and after:
                yield _Below(place, after)
            elif self.pattern.ends(after):
                known = self.met.has(_key(place, self.reach))
                yield from [_KNOWN] if known else self._file(place, name, beside)
            elif name.startswith(".") and not is_folder and not self.pattern.names_an_ending:
                yield Passed(place)

    def _file(self, place: str, name: str, beside: frozenset[str]) -> Iterator[Found]:
        if is_archive(name):
            yield from _in_archive(place, self.reach)
        elif self.pattern.names_an_ending or may_be_transcript(name, beside):
            yield Source(place)
        else:
            yield Passed(place)

    def _names(self, folder: str) -> list[tuple[str, bool]]:
        """The names in a folder, sorted, and whether each is a folder; a link to one is none."""
        if is_remote(folder):
            return remote.listed(folder)
        try:
            with os.scandir(self.reach.folder / folder) as found:
                plain = (one for one in found if _is_plain(one))
                return sorted((one.name, one.is_dir(follow_symlinks=False)) for one in plain)
        except (OSError, ValueError) as error:
            reason = f"cannot be listed: {(getattr(error, 'strerror', None) or str(error)).lower()}"
            raise TranscriptError(folder, reason, remedy="check the path") from error


def find(places: Iterable[str], reach: Reach) -> Iterator[Found]:
    """Every source that files, folders, patterns, addresses and archives name, in their order.

    What cannot be listed, or names nothing, comes as its error in between.
    """
    met = _Met()
    for place in places:
        try:
            yield from _of_place(place, reach, met)
        except BotError as error:
            yield error


def _of_place(place: str, reach: Reach, met: _Met) -> Iterator[Found]:
    if not place:  # a variable of a shell that is not set; as a path it is the current folder
        raise InputError(
            "names nothing", place="''", remedy="name a file or a folder; . is this one"
        )
    if is_web(place) and is_pattern(place, of_web=True):
        pages = [one for one in web.links(place, reach.limits) if not met.has(one)]
        met.files.update(pages)
        yield from _some(map(Source, pages), place)
        return
    pattern = _searched(place, reach)
    key = _key(place, reach)
    if pattern:
        tree = _Tree(pattern, reach, _Met(met.files, list(met.searched)))
        met.searched.append((_key(pattern.root, reach).rstrip("/") + "/", pattern))
        yield from _some(tree.walked(pattern.root, pattern.start()), place)
    elif not met.has(key):
        met.files.add(key)
        yield from _in_archive(place, reach) if is_archive(place) else [Source(place)]


def _searched(place: str, reach: Reach) -> Pattern | None:
    """What is searched where a folder or a pattern is named; None for a file.

    A file whose name has marks of a pattern is that file.
    """
    if is_web(place):
        return None
    if is_remote(place):
        remote.check(place)
        return pattern_of(place) if is_pattern(place) or remote.is_folder(place) else None
    path = reach.folder / place
    plain = Path(place).as_posix()
    if _is_folder(path):
        return Pattern(plain, (ANY,))
    if not is_pattern(plain) or os.path.lexists(path):
        return None
    return pattern_of(plain, lambda part: _is_folder(reach.folder / part))


def _is_folder(path: Path) -> bool:
    """Whether it is one we can enter; a name that none can have is told when it is read."""
    return os.path.isdir(path)  # noqa: PTH112 - raises nothing


def _is_plain(one: "os.DirEntry[str]") -> bool:
    """Whether reading it comes to an end: no pipe, no device. Broken links are told when read."""
    if one.is_file(follow_symlinks=False) or one.is_dir(follow_symlinks=False):
        return True
    try:
        mode = one.stat().st_mode
    except OSError:
        return True
    return S_ISREG(mode) or S_ISDIR(mode)


def _in_archive(place: str, reach: Reach) -> Iterator[Found]:
    try:
        yield from _some(archives.members(place, reach), place)
    except BotError as error:
        yield error


def _some(found: Iterator[Found], place: str) -> Iterator[Found]:
    """What was found; ``InputError`` when nothing of it is a source."""
    empty = True
    for one in found:
        empty = empty and isinstance(one, Passed) and one is not _KNOWN
        if one is not _KNOWN:
            yield one
    if empty:
        remedy = "check the path; a pattern is written in quotes: 'talks/**/*.vtt'"
        raise InputError("no transcript is there", place=place, remedy=remedy)


def _takes(pattern: Pattern, below: str) -> bool:
    """Whether a pattern takes the file of this path below its root."""
    names = below.split("/")
    wanted = pattern.names_an_ending or is_archive(below) or may_be_transcript(names[-1])
    return wanted and pattern.meets(names)


def _key(place: str, reach: Reach) -> str:
    """One name for a place, however it is written."""
    return place if is_remote(place) else os.path.abspath(reach.folder / place)  # noqa: PTH100


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder.rstrip('/')}/{name}"
