"""``card``: draw quotes of the library again, or words of your own that a talk says."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun, Out, Template, Theme
from bot.cli.own_words import own_words
from bot.cli.setup import Setup, out_folder, say_how_logo_looks
from bot.cli.show import NOBODY, as_json, card_json, is_inferred, say
from bot.errors import CardError, InputError, UsageError
from bot.outfit import cache, dress, look

if TYPE_CHECKING:
    from bot.cards import Cache, Drawn, Look
    from bot.config import Project
    from bot.drawing import Job
    from bot.model import Candidate, Person, Talk


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A quote to draw, its talk and what is known of its speaker."""

    quote: "Candidate"
    talk: "Talk"
    person: "Person | None" = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A card, its template, and where another stands for it the template of that one."""

    template: str
    images: "list[Drawn]"
    alike: str = ""


def card(
    context: typer.Context,
    quotes: Annotated[
        list[str] | None, typer.Argument(help="Ids of quotes (`library list`).", show_default=False)
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="Draw these words instead; *stars* stress some.")
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Who says them.", metavar="NAME")] = None,
    talk: Annotated[
        str | None, typer.Option(help="The transcript that has them.", metavar="FILE")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="When, as 32:36; the talk must say them there.")
    ] = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="No talk to check against: no time on the card.")
    ] = False,
    emphasis: Annotated[
        str | None, typer.Option(help="Words of the quote to stress.", metavar="WORDS")
    ] = None,
    template: Template = None,
    theme: Theme = None,
    every: Annotated[bool, typer.Option("--all", help="In every template.")] = False,
    carousel: Annotated[
        bool, typer.Option("--carousel", help="All quotes on one carousel with a cover.")
    ] = False,
    debug_boxes: Annotated[
        bool, typer.Option("--debug-boxes", help="Show where the template's boxes lie.")
    ] = False,
    preview: Annotated[
        bool | None, typer.Option("--preview/--no-preview", help="Show it in the terminal.")
    ] = None,
    out: Out = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Draw cards of quotes: pullquote card kx3m9 --theme paper"""
    setup: Setup = context.obj
    project = setup.project()
    if bool(quotes) == bool(text):
        raise UsageError(
            "give the ids of quotes, or --text", remedy="`pullquote library list` shows the ids"
        )
    _check_together(every, carousel, template, debug_boxes)
    stressed: tuple[str, ...] = ()
    if text is None:
        chosen = _from_library(setup, project, quotes or [])
    else:
        text, stressed = _unstarred(text)
        chosen = [_Chosen(*own_words(project, text, speaker, talk, at, unverified=unverified))]
    wanted = (*stressed, *([emphasis] if emphasis else []))
    wears = dress(project)
    from bot.drawing import Job, together

    jobs = [Job(one.quote, one.talk, wears.of(one.quote, one.person, wanted)) for one in chosen]
    if wears.logo:
        say_how_logo_looks(wears, look(project, template, theme))
    folder = None if dry_run else out_folder(project, out)
    if carousel:
        if len({job.talk.id for job in jobs}) > 1:
            raise UsageError("--carousel is of one talk", remedy="give quotes of one talk")
        images = together(jobs, look(project, "carousel", theme), folder, cache(project))
        drawn = [_Shown("carousel", images)]
    else:
        templates = _every_template(project) if every else [template]
        drawn = _each(project, jobs, templates, theme, folder, areas=debug_boxes)
    if as_array:
        as_json({"template": one.template, **card_json(one.images)} for one in drawn)
    else:
        _tell(drawn, named=every, dry_run=dry_run, preview=preview)


def _check_together(every: bool, carousel: bool, template: str | None, boxes: bool) -> None:
    if every and (template or carousel):
        raise UsageError("--all draws every template", remedy="leave --template and --carousel out")
    if carousel and template not in (None, "carousel"):
        raise UsageError("--carousel is a template of its own", remedy="leave --template out")
    if carousel and boxes:
        raise UsageError("--debug-boxes is of single cards", remedy="leave --carousel out")


def _each(
    project: "Project",
    jobs: "list[Job[Candidate]]",
    templates: list[str | None],
    theme: str | None,
    folder: Path | None,
    *,
    areas: bool,
) -> list[_Shown]:
    """Every quote in every template; the first that cannot be drawn ends it.

    A carousel of one image is what the portrait is: where every template is drawn, that one.
    """
    shown: list[_Shown] = []
    kept, portraits = cache(project), dict[int, _Shown]()
    for template in templates:
        chosen = look(project, template, theme)
        name, drawing = chosen.template.name, jobs
        if name == "carousel" and portraits:
            tried = _drawn(jobs, chosen, None, None, areas=areas)
            alone = [at for at, images in enumerate(tried) if len(images) == 1]
            shown += [_Shown(name, portraits[at].images, "portrait") for at in alone]
            drawing = [job for at, job in enumerate(jobs) if at not in alone]
        found = [_Shown(name, one) for one in _drawn(drawing, chosen, folder, kept, areas=areas)]
        portraits |= dict(enumerate(found)) if name == "portrait" else {}
        shown += found
    return shown


def _drawn(
    jobs: "list[Job[Candidate]]",
    chosen: "Look",
    folder: Path | None,
    kept: "Cache | None",
    *,
    areas: bool,
) -> "list[list[Drawn]]":
    from bot.drawing import draw

    found = []
    for quote, one in draw(jobs, chosen, folder, areas=areas, cache=kept):
        if isinstance(one, CardError):
            raise _of(quote, one)
        found.append(one)
    return found


def _of(quote: "Candidate", error: CardError) -> CardError:
    """Why a quote has no card, with the id of one that has any."""
    name = getattr(quote, "id", "")
    place = ", ".join(part for part in (name and f"quote {name}", error.place) if part)
    return CardError(error.reason, place=place, remedy=error.remedy)


def _every_template(project: "Project") -> list[str | None]:
    from bot.cards import template_names

    return [*template_names(project.assets)]


def _unstarred(text: str) -> tuple[str, tuple[str, ...]]:
    """The words without the stars around some of them, and those that had them."""
    from bot.cards.typography import emphasised

    plain, places = emphasised(text)
    return plain, tuple(plain[first:last] for first, last in places)


def _tell(drawn: list[_Shown], *, named: bool, dry_run: bool, preview: bool | None) -> None:
    """Where each image is and what became of it, ``named`` with its template."""
    from bot.cli.preview import show

    for card in drawn:
        for one in card.images:
            state = "would be drawn" if dry_run else "was there" if one.reused else "drawn"
            state = f"one card, as {card.alike}" if card.alike else state
            typer.echo(f"{one.path}  ({f'{card.template}: ' if named else ''}{state})")
            if not (dry_run or card.alike) and preview is not False:
                show(one.path, asked=bool(preview))


def _from_library(setup: Setup, project: "Project", names: list[str]) -> list[_Chosen]:
    with setup.open(project, must_exist=True) as library:
        found = [library.quote(name) for name in names]
        talks = {quote.talk: library.talk(quote.talk) for quote in found}
        people = {one.speaker: library.person(one.speaker) for one in found if one.speaker}
    for quote in found:
        if quote.status == "retracted":
            raise InputError("was taken down for good", place=f"quote {quote.id}")
        if is_inferred(quote):
            say(f"note: {quote.id}: is this {quote.speaker}? nobody has confirmed it yet")
        elif not quote.speaker:
            remedy = f"pullquote library attribute {quote.id} --speaker NAME"
            say(f"note: {quote.id}: {NOBODY}, so its card names nobody; {remedy}")
    return [_Chosen(one, talks[one.talk], people.get(one.speaker or "")) for one in found]
