"""``library review``: what a change to the sheets would publish, drawn for those who approve it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun, Template, Theme
from bot.cli.setup import Setup
from bot.cli.show import as_json, say
from bot.errors import CardError, InputError
from bot.outfit import cache, dress, look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bot.config import Project
    from bot.drawing import Job
    from bot.library.sheets.page import Drawing
    from bot.library.sheets.review import Review, ReviewedSheet
    from bot.model import Person, Quote

_CARDS = "cards"


def review(
    context: typer.Context,
    base: Annotated[
        str, typer.Option(help="The revision to compare with.", metavar="REF", show_default=False)
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the page.", metavar="FOLDER")
    ] = Path("review"),
    sheets: Annotated[
        Path | None, typer.Option(help="Folder of the sheets, else quotes.", metavar="FOLDER")
    ] = None,
    template: Template = None,
    theme: Theme = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Draw what a change to the sheets changes: pullquote library review --base main"""
    from bot.library.sheets.files import write
    from bot.library.sheets.page import page
    from bot.library.sheets.review import reviewed

    setup: Setup = context.obj
    project = setup.project()
    folder = sheets or project.folder / "quotes"
    if not folder.is_dir():
        raise InputError("there is no such folder", place=str(folder), remedy="name it: --sheets")
    config = project.config
    found = reviewed(folder, base, config.glossary, config.harvest.max_mb)
    drawings = _drawn(project, found, template, theme, None if dry_run else out)
    if not dry_run:
        write(out / "review.md", page(found, drawings).encode("utf-8"))
    if as_array:
        as_json(_json(found, drawings))
    else:
        state = "nothing was written (dry run)" if dry_run else f"written to {out / 'review.md'}"
        say(f"{len(found.quotes)} quotes changed, {state}")
    if found.wrong:
        ids = ", ".join(one.quote.id for one in found.wrong[:6])
        reason = f"{len(found.wrong)} quotes are not what their transcripts say: {ids}"
        raise InputError(reason, place=str(folder), remedy="take them as they were exported")


def _drawn(
    project: "Project",
    found: "Review",
    template: str | None,
    theme: str | None,
    out: Path | None,
) -> "dict[str, Drawing]":
    """The cards of the changed quotes that may be shown and were said."""
    from bot.drawing import draw
    from bot.library.sheets.page import Drawing

    jobs = [job for sheet in found.sheets for job in _jobs(project, sheet)]
    if not jobs:
        return {}
    drawings: dict[str, Drawing] = {}
    folder = out / _CARDS if out else None
    for quote, one in draw(jobs, look(project, template, theme), folder, cache=cache(project)):
        if isinstance(one, CardError):
            drawings[quote.id] = Drawing(reason=one.reason)
        else:
            images = [(f"{_CARDS}/{image.path.name}", image.alt) for image in one]
            drawings[quote.id] = Drawing(images)
    return drawings


def _jobs(project: "Project", sheet: "ReviewedSheet") -> "Iterator[Job[Quote]]":
    from bot.drawing import Job
    from bot.library.links import deep_link
    from bot.library.people import name_id
    from bot.library.rows import as_heard

    talk, wears = sheet.sheet.talk, dress(project)
    people = {name_id(one.person.name): one.person for one in sheet.sheet.speakers}
    for one in sheet.quotes:
        if not one.shown or one.wrong:
            continue
        quote, at = one.quote, one.quote.start_ms
        link = deep_link(talk.url, at, approximate=quote.approximate) if talk.url else None
        quote = as_heard(replace(quote, url=link), talk.timeline, talk.url)
        person = people.get(name_id(quote.speaker or ""))
        yield Job(quote, talk, wears.of(quote, _within(project, person)))


def _within(project: "Project", person: "Person | None") -> "Person | None":
    """The person, without a photo that lies outside the project: a sheet may be a stranger's."""
    if person is None or not person.photo:
        return person
    photo = (project.folder / person.photo).resolve()
    inside = photo.is_relative_to(project.folder.resolve()) and photo.is_file()
    return person if inside else replace(person, photo=None)


def _json(found: "Review", drawings: "dict[str, Drawing]") -> "Iterator[dict[str, Any]]":
    for sheet in found.sheets:
        for one in sheet.quotes:
            quote, drawing = one.quote, drawings.get(one.quote.id)
            yield {
                "id": quote.id,
                "talk": quote.talk,
                "status": quote.status,
                "was": one.revised.before.quote.status if one.revised.before else None,
                "shown": quote.shown,
                "wrong": one.wrong,
                "cards": [path for path, _ in drawing.images] if drawing else [],
            }
