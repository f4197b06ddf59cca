"""``gallery``: every template in every theme on one picture, to choose from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup
from bot.cli.show import as_json, progress, say
from bot.errors import CardError, UsageError
from bot.outfit import dress, overrides

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cards import Extras
    from bot.cards.sheet import Row
    from bot.config import Project
    from bot.model import Candidate, Talk

_SPECIMEN = "A card is read in three seconds, so give them to the words."
_CELL = 260
_SUFFIXES = (".png", ".jpg", ".jpeg")


def gallery(
    context: typer.Context,
    quote: Annotated[
        str | None, typer.Argument(help="A quote of the library to show.", show_default=False)
    ] = None,
    template: Annotated[
        list[str] | None, typer.Option(help="Only this template; may be repeated.", metavar="NAME")
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option(help="Only this theme; may be repeated.", metavar="NAME")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The picture: .png or .jpg.", metavar="FILE")
    ] = Path("gallery.png"),
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Draw every template in every theme on one sheet: pullquote gallery"""
    from bot.cards import load_look, template_names, theme_names
    from bot.cards.files import write_together
    from bot.cards.sheet import encoded, sheet

    if out.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"{out} is no picture", remedy="end its name in .png or .jpg")
    setup: Setup = context.obj
    project = setup.project()
    shown = _shown(setup, project, quote)
    templates = template or template_names(project.assets)
    themes = theme or theme_names(project.assets, overrides(project))
    with progress("drawing", len(templates) * len(themes)) as step:
        rows = [_row(project, name, themes, shown, step) for name in templates]
    plain = load_look("square", "daylight")
    data = encoded(sheet(rows, _CELL, plain), out.suffix)
    if not dry_run:
        write_together(out.parent, {out.name: data})
    if as_array:
        as_json([{"gallery": str(out), "templates": templates, "themes": themes}])
    else:
        typer.echo(f"{out}  ({'would be drawn' if dry_run else 'drawn'})")
        say(f"{len(templates)} templates in {len(themes)} themes: card.template and card.theme")


def _row(
    project: "Project",
    template: str,
    themes: list[str],
    shown: "tuple[Candidate, Talk, Extras]",
    step: "Callable[[], None]",
) -> "Row":
    """A template in every theme; of several images the first."""
    from bot.cards import load_look, render
    from bot.cards.sheet import Row

    cards = []
    for theme in themes:
        look = load_look(template, theme, user_folder=project.assets, overrides=overrides(project))
        try:
            cards.append((theme, render(*shown[:2], look, shown[2])[0]))
        except CardError as error:
            raise CardError(
                f"{template} in {theme}: {error.reason}", remedy=error.remedy
            ) from error
        step()
    first = cards[0][1]
    return Row(template, f"{first.width} × {first.height}", cards)


def _shown(setup: Setup, project: "Project", name: str | None) -> "tuple[Candidate, Talk, Extras]":
    """A quote of the library, or a specimen that says of itself that nobody said it."""
    from bot.model import Candidate, Talk

    wears = dress(project)
    if name:
        with setup.open(project, must_exist=True) as library:
            found = library.quote(name)
            person = library.person(found.speaker) if found.speaker else None
            return found, library.talk(found.talk), wears.of(found, person)
    specimen = Candidate(
        said=_SPECIMEN, shown=_SPECIMEN, edits=(), start_ms=754_000, end_ms=760_000, score=0.0,
        reasons=(), speaker="Your Speaker", language="en",
    )  # fmt: skip
    talk = Talk("specimen", "Your talk", event="Your event", duration_ms=1_800_000)
    return specimen, talk, wears.of(specimen, None)
