"""``harvest --talks``: every talk of a table, a bad row never stopping the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.setup import Setup, now, say_where_kept, who
from bot.cli.show import as_json, harvest_notes, harvest_table, progress, say
from bot.errors import BotError, InputError
from bot.model import quote_json
from bot.outfit import terms_of

if TYPE_CHECKING:
    from bot.config import Project
    from bot.library import Library
    from bot.talks import Entry, Table

_MAX_MB = 64  # of a table


@dataclass(slots=True)
class TableRun:
    """The talks of a table so far: how many were harvested, were as before, could not be."""

    count: int
    as_array: bool
    again: bool
    rows: list[dict[str, Any]] = field(default_factory=list)
    harvested: int = 0
    unchanged: int = 0
    failed: int = 0

    def leave_out(self, error: BotError) -> None:
        """Say why a talk is not harvested, and go on."""
        say(f"left out: {error}")
        self.failed += 1


def harvest_table_of(
    setup: Setup,
    project: "Project",
    place: Path,
    files: Sequence[str],
    run: TableRun,
    *,
    dry_run: bool,
) -> None:
    """Harvest the talks of a table, each kept before the next is read; run again, it goes on."""
    table = _read(place)
    for note in table.notes:
        say(f"note: {place}: {note}")
    for error in table.errors:
        run.leave_out(error)
    entries = _with_files(table, files, place, run)
    with (
        setup.open(project, dry_run=dry_run) as library,
        progress("harvesting", len(entries)) as step,
    ):
        people = [person for entry in entries for person in entry.people]
        library.introduce(people, who(), now())
        for entry in entries:
            try:
                _harvest(entry, library, project, run)
            except BotError as error:
                run.leave_out(error)
            step()
    if run.as_array:
        as_json(run.rows)
    same = f", {run.unchanged} unchanged since the last time" if run.unchanged else ""
    talks = "talk" if run.harvested == 1 else "talks"
    say(f"{run.harvested} {talks} harvested{same}, {run.failed} left out")
    say_where_kept(setup, project, dry_run=dry_run)
    if run.failed:
        raise typer.Exit(InputError.exit_code)


def _harvest(entry: "Entry", library: "Library", project: "Project", run: TableRun) -> None:
    from bot import pipeline
    from bot.transcripts import bytes_of, read_bytes

    path, config = entry.path, project.config
    if path is None:
        return
    terms = terms_of(config, run.count)
    cast = pipeline.Cast(entry.details.speakers, config.speaker, entry.voices)
    raw = bytes_of(path, config.harvest.max_mb)
    recipe = pipeline.recipe(entry.details, cast, terms)
    known = None if run.again else library.harvested(sha256(raw).hexdigest(), recipe)
    if known:
        run.unchanged += 1
        standing = library.quotes(
            talk=known.id, statuses=("candidate", "approved"), limit=run.count
        )
        run.rows += map(quote_json, standing)
        return
    reading = pipeline.understood(read_bytes(raw, str(path)), cast)
    one = pipeline.harvest(reading, entry.details, library, terms, now(), recipe)
    quotes = one.best(run.count)
    if not run.as_array:
        harvest_table(one, quotes)
    harvest_notes(one, quotes, run.count)
    run.rows += map(quote_json, quotes)
    run.harvested += 1


def _with_files(table: "Table", files: Sequence[str], place: Path, run: TableRun) -> list["Entry"]:
    """The talks with a transcript each: named, or found by its name among the files."""
    from bot.talks.matching import matched

    if all(entry.path for entry in table.entries):
        return list(table.entries)
    given = [Path(one) for one in files] or [place.parent]
    offered = [
        one for path in given for one in (sorted(path.iterdir()) if path.is_dir() else [path])
    ]
    transcripts = [one for one in offered if one.is_file() and not one.samefile(place)]
    entries, errors = matched(table.entries, transcripts, place)
    for error in errors:
        run.leave_out(error)
    return entries


def _read(place: Path) -> "Table":
    from bot.talks import read_table
    from bot.transcripts import bytes_of

    return read_table(bytes_of(place, _MAX_MB), place)
