"""``harvest --talks``: every talk of a table, a bad row never stopping the rest."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.setup import Setup, now, say_where_kept
from bot.cli.show import as_json, harvest_notes, harvest_table, progress, quote_json, say
from bot.errors import BotError, InputError, TranscriptError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.library import Library
    from bot.pipeline import Harvest
    from bot.talks_table import Entry


def harvest_table_of(
    setup: Setup, project: "Project", table: Path, count: int, *, as_array: bool, dry_run: bool
) -> None:
    """Harvest the talks of a table, each kept before the next is read; run again, it goes on."""
    from bot.talks_table import read_table

    found = read_table(_bytes(table), table)
    problems: list[BotError] = list(found.errors)
    for note in found.notes:
        say(f"note: {table}: {note}")
    rows = []
    with (
        setup.open(project, dry_run=dry_run) as library,
        progress("harvesting", len(found.entries)) as step,
    ):
        for entry in found.entries:
            try:
                one = _harvest(entry, library, project, count)
            except BotError as error:
                problems.append(error)
            else:
                quotes = one.kept.quotes[:count]
                if not as_array:
                    harvest_table(one, quotes)
                harvest_notes(one, quotes, count)
                rows += [quote_json(quote) for quote in quotes]
            step()
    if as_array:
        as_json(rows)
    for problem in problems:
        say(f"left out: {problem}")
    harvested = len(found.entries) + len(found.errors) - len(problems)
    say(f"{harvested} talks harvested, {len(problems)} left out")
    say_where_kept(setup, project, dry_run=dry_run)
    if problems:
        raise typer.Exit(InputError.exit_code)


def _harvest(entry: "Entry", library: "Library", project: "Project", count: int) -> "Harvest":
    from bot import pipeline

    config = project.config
    reading = pipeline.read_talk(
        entry.path, entry.speaker, config.harvest.max_mb, config.speaker, entry.voices
    )
    keep = max(config.harvest.keep, count)
    return pipeline.harvest(reading, entry.details, library, keep, now(), config.glossary)


def _bytes(table: Path) -> bytes:
    try:
        return table.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TranscriptError(
            table, f"cannot be read: {reason}", remedy="check the path"
        ) from error
