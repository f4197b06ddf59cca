"""``make``: from transcript files to cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.addresses import reach_of
from bot.cli.options import (
    AsJson,
    DryRun,
    Event,
    Out,
    Speaker,
    Talks,
    Template,
    Theme,
    Timeline,
    Title,
    Url,
    Voices,
    details_of,
    only_of_one,
)
from bot.cli.setup import Setup, cast, now, out_folder, say_how_logo_looks, say_where_kept
from bot.cli.show import (
    as_json,
    card_json,
    harvest_notes,
    harvest_table,
    progress,
    say,
    spinning,
)
from bot.errors import CardError
from bot.model import quote_json
from bot.outfit import cache, dress, look, terms_of

if TYPE_CHECKING:
    from bot.cards import Cache, Drawn, Look
    from bot.config import Project
    from bot.drawing import Dress
    from bot.model import Details, Person, Quote
    from bot.pipeline import Cast, Harvest, Reading
    from bot.sources import Reach


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
    from bot.harvesting import told

    setup: Setup = context.obj
    project = setup.project()
    chosen = look(project, template, theme)
    folder = None if dry_run else out_folder(project, out)
    details = details_of(title, event, url, timeline)
    asked = _Asked(talks, cast(project, speaker, speaker_map), details, count, dry_run)
    wears = dress(project)
    say_how_logo_looks(wears, chosen)
    readings = _read(project, asked)
    if folder:
        make_writable(folder)
    rows, images = [], 0
    for harvest_of, people in _keep(setup, project, asked, readings):
        drawn = _draw(harvest_of, people, chosen, folder, wears, count, cache(project))
        new = told(harvest_of, [quote for quote, _ in drawn], count)
        if not as_array:
            harvest_table(new)
            for quote, card in drawn:
                for image in card:
                    typer.echo(f" {quote.id}  {image.path}")
        harvest_notes(new)
        rows += [{**quote_json(quote), **card_json(card)} for quote, card in drawn]
        images += sum(len(card) for _, card in drawn)
    if as_array:
        as_json(rows)
    elif rows:
        several = f" of {images} images" if images > len(rows) else ""
        say(f"{len(rows)} cards{several} {'would be drawn' if dry_run else f'are in {folder}'}")
    say_where_kept(setup, project, dry_run=dry_run)


def _read(project: "Project", asked: _Asked) -> "list[Reading]":
    """Read every talk before any is kept: an error leaves the library as it was."""
    only_of_one(len(asked.talks), asked.details)
    reach, readings = reach_of(project), []
    with progress("reading", len(asked.talks)) as step:
        for place, talk in enumerate(asked.talks):
            readings.append(_reading(talk, reach, asked.cast, pausing=place > 0))
            step()
    return readings


def _reading(talk: str, reach: "Reach", cast: "Cast", *, pausing: bool) -> "Reading":
    """A talk by its file or its address; between two downloads there is a pause."""
    from bot.harvesting.task import understood
    from bot.sources import Source, read
    from bot.sources.base import is_web
    from bot.sources.web import pause

    if pausing and is_web(talk):
        pause(reach)
    text = read(Source(talk), reach)
    for note in text.notes:
        say(f"note: {note}")
    return understood(text, cast)


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
        done = (
            pipeline.harvest(reading, asked.details, library, terms, now()) for reading in readings
        )
        for kept in spinning(done, shown=terms.semantic and len(readings) == 1):
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
