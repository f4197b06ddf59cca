"""``harvest --talks``: every talk of a table, a bad row never stopping the rest."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.addresses import reach_of
from bot.cli.setup import Setup, now, who
from bot.cli.show import say

if TYPE_CHECKING:
    from bot.config import Project
    from bot.errors import BotError
    from bot.harvesting import Job, Outcome
    from bot.sources import Reach, Source
    from bot.talks import Entry, Table

_MAX_MB = 64  # of a table
_IN_ARCHIVE = re.compile(  # a host or a bucket may be called so too: example.zip
    r"((?:[^/]+://[^/]+/|(?![^/]+://)).+?\.(?:zip|tar|tar\.gz|tgz))/(.+)", re.IGNORECASE
)


def jobs_of_table(
    setup: Setup, project: "Project", place: Path, files: Sequence[str], *, dry_run: bool
) -> "Iterator[Job | Outcome]":
    """A job for each talk of a table; a row that cannot be used has its outcome already.

    What the table says of people is kept first.
    """
    table = _read(place)
    for note in table.notes:
        say(f"note: {place}: {note}")
    reach = reach_of(project)
    entries, errors, found = _with_files(table, files, place, reach)
    people = [person for entry in entries for person in entry.people]
    with setup.open(project, dry_run=dry_run) as library:
        library.introduce(people, who(), now())
    named = partial(_named, found=found, inside={}, reach=reach)
    return _jobs(entries, [*table.errors, *errors], project, named)


def _jobs(
    entries: "Sequence[Entry]",
    errors: "Sequence[BotError]",
    project: "Project",
    named: "Callable[[str], Source]",
) -> "Iterator[Job | Outcome]":
    from bot.errors import BotError
    from bot.harvesting import Job
    from bot.harvesting.told import failed, failure_of
    from bot.pipeline import Cast

    for number, error in enumerate(errors):
        yield failed(number, failure_of(error))
    for number, entry in enumerate(entries, len(errors)):
        cast = Cast(entry.details.speakers, project.config.speaker, entry.voices)
        try:
            yield Job(number, named(entry.file or ""), entry.details, cast)
        except BotError as error:
            yield failed(number, failure_of(error))


def _with_files(
    table: "Table", files: Sequence[str], place: Path, reach: "Reach"
) -> "tuple[Sequence[Entry], Sequence[BotError], Mapping[str, Source]]":
    """The talks with a transcript each: named, or found by its name among the files."""
    from bot.errors import BotError
    from bot.sources import Source, find
    from bot.sources.base import is_archive
    from bot.talks.matching import matched

    if all(entry.file for entry in table.entries):
        return table.entries, (), {}
    beside = (str(path) for path in sorted(place.parent.iterdir()) if path.is_file())
    given = files or [path for path in beside if not is_archive(path)]
    found = list(find(given, reach))
    sources = {one.name: one for one in found if isinstance(one, Source)}
    itself = [name for name in sources if Path(name).exists() and Path(name).samefile(place)]
    entries, unclear = matched(table.entries, [one for one in sources if one not in itself], place)
    errors = [*(one for one in found if files and isinstance(one, BotError)), *unclear]
    return entries, errors, sources


def _named(
    file: str,
    found: "Mapping[str, Source]",
    inside: "dict[str, dict[str, Source]]",
    reach: "Reach",
) -> "Source":
    """Where a transcript is; ``inside`` keeps what archives have, ``InputError`` without it."""
    from bot.errors import InputError
    from bot.sources import Source, archives

    archive = _IN_ARCHIVE.match(file)
    is_file = os.path.exists(reach.folder / file)  # noqa: PTH110 - raises nothing, as for long names
    if file in found or not archive or is_file:
        return found.get(file, Source(file))
    place, member = archive.groups()
    if place not in inside:
        members = archives.members(place, reach)
        inside[place] = {one.member: one for one in members if isinstance(one, Source)}
    if member not in inside[place]:
        raise InputError("the archive has no such file", place=file, remedy="check the table")
    return inside[place][member]


def _read(place: Path) -> "Table":
    from bot.talks import read_table
    from bot.transcripts import bytes_of

    return read_table(bytes_of(place, _MAX_MB), place)
