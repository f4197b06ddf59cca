"""``harvest --talks``: every talk of a table, a bad row never stopping the rest."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.addresses import reach_of
from bot.cli.setup import Setup, now, who
from bot.cli.show import say

if TYPE_CHECKING:
    from bot.config import Project
    from bot.errors import BotError
    from bot.harvesting import Job, Outcome
    from bot.sources import Reach
    from bot.talks import Entry, Table

_MAX_MB = 64  # of a table


def jobs_of_table(
    setup: Setup, project: "Project", place: Path, files: Sequence[str], *, dry_run: bool
) -> "Iterator[Job | Outcome]":
    """A job for each talk of a table; a row that cannot be used has its outcome already.

    What the table says of people is kept first.
    """
    table = _read(place)
    for note in table.notes:
        say(f"note: {place}: {note}")
    entries, errors = _with_files(table, files, place, reach_of(project))
    people = [person for entry in entries for person in entry.people]
    with setup.open(project, dry_run=dry_run) as library:
        library.introduce(people, who(), now())
    return _jobs(entries, [*table.errors, *errors], project)


def _jobs(
    entries: "Sequence[Entry]", errors: "Sequence[BotError]", project: "Project"
) -> "Iterator[Job | Outcome]":
    from bot.harvesting import Job
    from bot.harvesting.told import failed, failure_of
    from bot.pipeline import Cast
    from bot.sources import Source

    for number, error in enumerate(errors):
        yield failed(number, failure_of(error))
    for number, entry in enumerate(entries, len(errors)):
        cast = Cast(entry.details.speakers, project.config.speaker, entry.voices)
        yield Job(number, Source(str(entry.path)), entry.details, cast)


def _with_files(
    table: "Table", files: Sequence[str], place: Path, reach: "Reach"
) -> "tuple[Sequence[Entry], Sequence[BotError]]":
    """The talks with a transcript each: named, or found by its name among the files."""
    from bot.errors import BotError
    from bot.sources import Source, find
    from bot.talks.matching import matched

    if all(entry.path for entry in table.entries):
        return table.entries, ()
    given = files or [str(path) for path in sorted(place.parent.iterdir()) if path.is_file()]
    found = list(find(given, reach))
    paths = [Path(one.place) for one in found if isinstance(one, Source) and not one.member]
    transcripts = [path for path in paths if not (path.exists() and path.samefile(place))]
    entries, unclear = matched(table.entries, transcripts, place)
    return entries, [*(one for one in found if files and isinstance(one, BotError)), *unclear]


def _read(place: Path) -> "Table":
    from bot.talks import read_table
    from bot.transcripts import bytes_of

    return read_table(bytes_of(place, _MAX_MB), place)
