"""``make`` and ``harvest``: from transcript files to quotes and cards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import (
    AsJson,
    DryRun,
    Event,
    MaybeTalks,
    Out,
    Speaker,
    Talks,
    Template,
    Theme,
    Timeline,
    Title,
    Url,
    Voices,
)
from bot.cli.setup import Setup, cast, now, out_folder, say_how_logo_looks, say_where_kept
from bot.cli.show import (
    as_json,
    card_json,
    harvest_notes,
    harvest_table,
    progress,
    say,
)
from bot.errors import CardError, UsageError
from bot.model import quote_json
from bot.outfit import cache, dress, look, terms_of

if TYPE_CHECKING:
    from bot.cards import Cache, Drawn, Look
    from bot.config import Project
    from bot.drawing import Dress
    from bot.model import Details, Person, Quote
    from bot.model import Timeline as Shift
    from bot.pipeline import Cast, Harvest, Reading


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a person asked of a harvest; ``count`` is how many quotes or cards per talk."""

    talks: Sequence[str]
    cast: "Cast"
    details: "Details"
    count: int
    dry_run: bool


def make(
    context: typer.Context,
    talks: Talks,
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="Cards per talk.")] = 5,
    speaker: Speaker = None,
    speaker_map: Voices = None,
    title: Title = None,
    event: Event = None,
    url: Url = None,
    timeline: Timeline = None,
    template: Template = None,
    theme: Theme = None,
    out: Out = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Find the best quotes of a talk and draw their cards: pullquote make talk.vtt -n 5"""
    from bot.cards import make_writable

    setup: Setup = context.obj
    project = setup.project()
    chosen = look(project, template, theme)
    folder = None if dry_run else out_folder(project, out)
    details = _details(title, event, url, timeline)
    asked = _Asked(talks, cast(project, speaker, speaker_map), details, count, dry_run)
    wears = dress(project)
    say_how_logo_looks(wears, chosen)
    readings = _read(project, asked)
    if folder:
        make_writable(folder)
    rows, images = [], 0
    for harvest_of, people in _keep(setup, project, asked, readings):
        drawn = _draw(harvest_of, people, chosen, folder, wears, count, cache(project))
        if not as_array:
            harvest_table(harvest_of, [quote for quote, _ in drawn])
            for quote, card in drawn:
                for image in card:
                    typer.echo(f" {quote.id}  {image.path}")
        harvest_notes(harvest_of, [quote for quote, _ in drawn], count)
        rows += [{**quote_json(quote), **card_json(card)} for quote, card in drawn]
        images += sum(len(card) for _, card in drawn)
    if as_array:
        as_json(rows)
    elif rows:
        several = f" of {images} images" if images > len(rows) else ""
        say(f"{len(rows)} cards{several} {'would be drawn' if dry_run else f'are in {folder}'}")
    say_where_kept(setup, project, dry_run=dry_run)


def harvest(
    context: typer.Context,
    talks: MaybeTalks = None,
    table: Annotated[
        Path | None,
        typer.Option("--talks", help="A table of talks: CSV, or a pretalx or Sessionize export."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Of a table: also what did not change.")
    ] = False,
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="Quotes listed.")] = 10,
    speaker: Speaker = None,
    speaker_map: Voices = None,
    title: Title = None,
    event: Event = None,
    url: Url = None,
    timeline: Timeline = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Rank the quotes of a talk and keep them in the library: pullquote harvest talk.vtt"""
    setup: Setup = context.obj
    project = setup.project()
    if table:
        from bot.cli.table import TableRun, harvest_table_of

        if speaker or speaker_map or title or event or url or timeline:
            remedy = "write them into its columns"
            raise UsageError("what is said of a talk stands in the table", remedy=remedy)
        run = TableRun(count, as_array, again)
        return harvest_table_of(setup, project, table, talks or (), run, dry_run=dry_run)
    if again:
        raise UsageError("--again is of a table's talks", remedy="give --talks TABLE with it")
    if not talks:
        raise UsageError("there is nothing to harvest", remedy="give transcripts, or --talks TABLE")
    details = _details(title, event, url, timeline)
    asked = _Asked(talks, cast(project, speaker, speaker_map), details, count, dry_run)
    rows = []
    for harvest_of, _ in _keep(setup, project, asked, _read(project, asked)):
        quotes = harvest_of.best(count)
        if not as_array:
            harvest_table(harvest_of, quotes)
        harvest_notes(harvest_of, quotes, count)
        rows += [quote_json(quote) for quote in quotes]
    if as_array:
        as_json(rows)
    say_where_kept(setup, project, dry_run=dry_run)
    return None


def _details(
    title: str | None,
    event: str | None,
    url: str | None,
    timeline: "Shift | None",
) -> "Details":
    from bot.model import Details

    if url and not re.match(r"https?://[^/\s]+", url):
        raise UsageError(f"--url {url} is no address", remedy="write it as https://…")
    return Details(title=title, event=event, url=url, timeline=timeline)


def _read(project: "Project", asked: _Asked) -> "list[Reading]":
    """Read every talk before any is kept: an error leaves the library as it was."""
    if len(asked.talks) > 1 and (asked.details.title or asked.details.url):
        remedy = "give the talks one after another"
        raise UsageError("--title and --url are of one talk", remedy=remedy)
    readings = []
    with progress("reading", len(asked.talks)) as step:
        for place, talk in enumerate(asked.talks):
            readings.append(_reading(talk, project, asked, pausing=place > 0))
            step()
    return readings


def _reading(talk: str, project: "Project", asked: _Asked, *, pausing: bool) -> "Reading":
    """A talk by its file or its address; between two downloads there is a pause."""
    from bot.cli.addresses import is_address, pause, read_address
    from bot.pipeline import read_talk

    if is_address(talk):
        if pausing:
            pause(project)
        return read_address(talk, project, asked.cast)
    return read_talk(Path(talk), asked.cast, project.config.harvest.max_mb)


def _keep(
    setup: Setup, project: "Project", asked: _Asked, readings: "Sequence[Reading]"
) -> "Iterator[tuple[Harvest, dict[str, Person | None]]]":
    """Each talk kept, and what is known of the people who are quoted."""
    from bot import pipeline

    terms = terms_of(project.config, asked.count)
    with (
        setup.open(project, dry_run=asked.dry_run) as library,
        progress("ranking", len(readings)) as step,
    ):
        for reading in readings:
            kept = pipeline.harvest(reading, asked.details, library, terms, now())
            names = {quote.speaker for quote in kept.kept.quotes if quote.speaker}
            yield kept, {name: library.person(name) for name in names}
            step()


def _draw(
    harvest_of: "Harvest",
    people: "dict[str, Person | None]",
    chosen: "Look",
    folder: Path | None,
    wears: "Dress",
    count: int,
    kept_cards: "Cache | None",
) -> "list[tuple[Quote, list[Drawn]]]":
    """The best quotes that a card can show, drawn; one that none can show makes way."""
    from bot.drawing import Job, draw

    kept, count = harvest_of.kept, min(count, harvest_of.ranked.room)
    waiting = [
        Job(quote, kept.talk, wears.of(quote, people.get(quote.speaker or "")))
        for quote in kept.quotes
    ]
    drawn: list[tuple[Quote, list[Drawn]]] = []
    with progress("drawing", count) as step:
        while waiting and len(drawn) < count:
            left = count - len(drawn)
            batch, waiting = waiting[:left], waiting[left:]
            for quote, one in draw(batch, chosen, folder, cache=kept_cards):
                if isinstance(one, CardError):
                    say(f"note: quote {quote.id} has no card: {one}")
                    continue
                drawn.append((quote, one))
                step()
    return drawn
