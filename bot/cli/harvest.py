"""``harvest``: one talk or an archive of them, from wherever they are into the library."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.addresses import reach_of
from bot.cli.options import (
    DryRun,
    Event,
    MaybeTalks,
    Speaker,
    Timeline,
    Title,
    Url,
    Voices,
    details_of,
    only_of_one,
)
from bot.cli.setup import Setup, cast
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.harvesting import Job, Outcome, Tally
    from bot.model import Details
    from bot.pipeline import Cast


def harvest(
    context: typer.Context,
    talks: MaybeTalks = None,
    table: Annotated[
        Path | None,
        typer.Option("--talks", help="A table of talks: CSV, or a pretalx or Sessionize export."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also talks that did not change.")] = False,
    count: Annotated[
        int, typer.Option("-n", min=1, max=500, help="Quotes listed of each talk.")
    ] = 10,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=1000, help="Talks read at once, else one a core.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="A Dask scheduler to read with.", metavar="tcp://HOST:PORT")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="What became of each talk: .json, .jsonl or .csv.", metavar="FILE"),
    ] = None,
    speaker: Speaker = None,
    speaker_map: Voices = None,
    title: Title = None,
    event: Event = None,
    url: Url = None,
    timeline: Timeline = None,
    as_array: Annotated[
        bool, typer.Option("--json", help="Print a JSON array: the best -n of each talk.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Rank quotes and keep them in the library: pullquote harvest talk.vtt 'archive/**/*.vtt'"""
    setup: Setup = context.obj
    project = setup.project()
    if not cluster and (jobs or project.config.harvest.jobs) != 1 and (table or may_be_many(talks)):
        from bot import forking

        forking.start()  # what its workers need is read while we read the same
    from bot.cli.harvest_run import Asked, run
    from bot.harvesting import Ahead, Tally

    asked = Asked(count, again, jobs, cluster, report, as_array, dry_run, named=not table)
    details, tally = details_of(title, event, url, timeline), Tally()
    if table:
        from bot.cli.table import jobs_of_table

        if speaker or speaker_map or title or event or url or timeline:
            remedy = "write them into its columns"
            raise UsageError("what is said of a talk stands in the table", remedy=remedy)
        found = jobs_of_table(setup, project, table, talks or (), dry_run=dry_run)
    elif not talks:
        raise UsageError("there is nothing to harvest", remedy="give transcripts, or --talks TABLE")
    else:
        who = cast(project, speaker, speaker_map)
        found = _jobs(talks, project, details, who, tally)
    ahead = Ahead(found)
    ahead.look(2)
    only_of_one(ahead.seen, details)
    run(setup, project, ahead, tally, asked)


def may_be_many(talks: Sequence[str] | None) -> bool:
    """Whether these look like more than a few talks, before anything is read."""
    from bot.cli.harvest_run import FEW

    named = talks or ()
    # isdir of os raises nothing, whatever the name
    return len(named) > FEW or any("*" in one or os.path.isdir(one) for one in named)  # noqa: PTH112


def _jobs(
    talks: Sequence[str], project: "Project", details: "Details", who: "Cast", tally: "Tally"
) -> "Iterator[Job | Outcome]":
    """A job for each source that is found; what cannot be listed has its outcome already."""
    from bot.harvesting import Job
    from bot.harvesting.told import failed, failure_of
    from bot.sources import Passed, Source, find

    number = 0
    for one in find(talks, reach_of(project)):
        if isinstance(one, Passed):
            tally.passed += 1
            continue
        if isinstance(one, Source):
            yield Job(number, one, details, who)
        else:
            yield failed(number, failure_of(one))
        number += 1
