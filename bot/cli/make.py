"""``make``, ``harvest``, ``sentences``: from transcript files to quotes and cards."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.setup import Setup, look, now, out_folder
from bot.cli.show import (
    as_json,
    at,
    console,
    is_inferred,
    progress,
    quote_json,
    quotes_table,
    say,
    sentence_json,
    who_says,
)
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.library import Details
    from bot.model import Quote
    from bot.pipeline import Harvest, Reading

Talks = Annotated[list[Path], typer.Argument(help="Transcript files.", show_default=False)]
Speaker = Annotated[str | None, typer.Option(help="The main speaker's name.", metavar="NAME")]
Title = Annotated[str | None, typer.Option(help="The talk's title, else as the file says.")]
Event = Annotated[str | None, typer.Option(help="Where it was held.")]
Url = Annotated[str | None, typer.Option(help="Where the recording is.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all of it, keep nothing.")]
Template = Annotated[str | None, typer.Option(help="Card layout, as square.", metavar="NAME")]
Theme = Annotated[
    str | None, typer.Option(help="Card look: midnight, paper, dusk or your own.", metavar="NAME")
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder for the cards.", metavar="DIR")
]


def make(
    context: typer.Context,
    talks: Talks,
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="Cards per talk.")] = 5,
    speaker: Speaker = None,
    title: Title = None,
    event: Event = None,
    url: Url = None,
    template: Template = None,
    theme: Theme = None,
    out: Out = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Find the best quotes of a talk and draw their cards: pullquote make talk.vtt -n 5"""
    from bot import pipeline

    setup: Setup = context.obj
    project = setup.project()
    chosen_look = look(project, template, theme)
    folder = out_folder(project, out)
    details = _details(project, speaker, title, event, url)
    rows = []
    for harvested in _harvest_all(setup, project, talks, details, count, dry_run=dry_run):
        quotes = harvested.kept.quotes[:count]
        drawn = []
        with progress("drawing cards", len(quotes)) as step:
            for one in pipeline.draw(
                quotes, harvested.kept.talk, chosen_look, None if dry_run else folder
            ):
                drawn.append(one)
                step()
        rows += [
            {**quote_json(quote), "card": str(one.path), "alt": one.alt}
            for quote, one in zip(quotes, drawn, strict=True)
        ]
        if not as_array:
            _show(harvested, quotes, count, [one.path for one in drawn])
    if as_array:
        as_json(rows)
    elif rows:
        say(f"{len(rows)} cards {'would be' if dry_run else 'are'} in {folder}")
    _say_where_kept(setup, project, dry_run=dry_run)


def harvest(
    context: typer.Context,
    talks: Talks,
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="Quotes listed.")] = 10,
    speaker: Speaker = None,
    title: Title = None,
    event: Event = None,
    url: Url = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Rank the quotes of a talk and keep them in the library: pullquote harvest talk.vtt"""
    setup: Setup = context.obj
    project = setup.project()
    details = _details(project, speaker, title, event, url)
    rows = []
    for harvested in _harvest_all(setup, project, talks, details, count, dry_run=dry_run):
        quotes = harvested.kept.quotes[:count]
        rows += [quote_json(quote) for quote in quotes]
        if not as_array:
            _show(harvested, quotes, count)
    if as_array:
        as_json(rows)
    _say_where_kept(setup, project, dry_run=dry_run)


def sentences(
    context: typer.Context,
    talk: Annotated[Path, typer.Argument(help="A transcript file.", show_default=False)],
    speaker: Speaker = None,
    report: Annotated[
        bool, typer.Option("--report", help="Say what was read and what was not.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """Show a talk's sentences with their times, saving nothing: pullquote sentences talk.vtt"""
    from bot.pipeline import read_talk

    project = context.obj.project()
    reading = read_talk(talk, speaker or project.config.speaker, project.config.harvest.max_mb)
    if report:
        _report(reading)
    if as_array:
        as_json(map(sentence_json, reading.sentences))
    elif not report:
        for one in reading.sentences:
            name = f"{who_says(one)}: " if one.speaker else ""
            typer.echo(f"{at(one.start_ms, one.approximate):>8}  {name}{one.text}")


def _details(
    project: "Project", speaker: str | None, title: str | None, event: str | None, url: str | None
) -> "Details":
    from bot.library import Details

    main = speaker or project.config.speaker
    return Details(title, (main,) if main else (), event, url)


def _harvest_all(
    setup: Setup,
    project: "Project",
    talks: list[Path],
    details: "Details",
    count: int,
    *,
    dry_run: bool,
) -> "list[Harvest]":
    """Read every talk before any is kept: an error leaves the library as it was."""
    from bot import pipeline

    if len(talks) > 1 and (details.title or details.url):
        raise UsageError(
            "--title and --url are of one talk", remedy="give the talks one after another"
        )
    settings = project.config.harvest
    main = details.speakers[0] if details.speakers else None
    readings = []
    with progress("reading", len(talks)) as step:
        for path in talks:
            readings.append(pipeline.read_talk(path, main, settings.max_mb))
            step()
    found = []
    with setup.open(project, dry_run=dry_run) as library, progress("ranking", len(talks)) as step:
        for reading in readings:
            keep = max(settings.keep, count)
            found.append(pipeline.harvest(reading, details, library, keep, now()))
            step()
    return found


def _show(
    harvested: "Harvest", quotes: "tuple[Quote, ...]", count: int, files: list[Path] | None = None
) -> None:
    kept, transcript = harvested.kept, harvested.reading.transcript
    console().print(f"\n[bold]{_escaped(kept.talk.title)}[/]")
    console().print(
        f"[dim]{transcript.format}: {len(transcript.cues)} of {transcript.cues_present} cues read, "
        f"{len(harvested.reading.sentences)} sentences, {harvested.weighed} spans weighed; "
        f"library: {kept.added} new, {kept.updated} changed, {kept.known + kept.skipped} known[/]"
    )
    for notice in (*transcript.notes, *kept.notices):
        say(f"note: {transcript.source}: {notice}")
    if quotes:
        quotes_table(quotes, files or ())
    if len(quotes) < count:
        say(
            f"note: {transcript.source}: {len(quotes)} of {count} quotes: no other sentence stands "
            "alone (greetings, thanks, questions and sentences that lean on others are left out)"
        )
    unsure = {quote.speaker for quote in quotes if is_inferred(quote.attribution)}
    if unsure:
        say(
            f"note: the file names no speakers, so “{unsure.pop()}” is a guess for each quote: "
            "read and hear before you share"
        )


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _say_where_kept(setup: Setup, project: "Project", *, dry_run: bool) -> None:
    if dry_run:
        say("dry run: nothing was kept")
    elif not setup.has_library(project):
        say("no project here, so no library was kept: `pullquote init` makes one")


def _report(reading: "Reading") -> None:
    """What was read, what was not and why, on standard error."""
    transcript = reading.transcript
    say(f"{transcript.source}: {transcript.format}")
    say(f"  cues in the file  {transcript.cues_present}")
    say(f"  cues read         {len(transcript.cues)}")
    say(f"  sentences         {len(reading.sentences)}")
    for event, times in Counter(one.text for one in reading.events).items():
        say(f"  heard             {event}" + (f" × {times}" if times > 1 else ""))
    for note in transcript.notes:
        say(f"  note              {note}")
