"""``library export`` and ``import``: the library as texts, and texts back into it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot import model
from bot.cli.library_decide import Audience, Yes
from bot.cli.library_search import filters
from bot.cli.options import DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import as_json, if_dry, say, say_waiting
from bot.errors import NeedsPerson, UsageError
from bot.model import quote_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Project
    from bot.library import Library
    from bot.library.sheets import Answers, Taken

Form = Literal["yaml", "csv", "json", "markdown"]
_TOLD = 10  # quotes told one by one
_TABLES = (".csv", ".tsv", ".txt")


def export(
    context: typer.Context,
    talks: Annotated[
        list[str] | None, typer.Argument(help="Ids of talks; all without.", show_default=False)
    ] = None,
    form: Annotated[Form, typer.Option("--as", help="What to write.")] = "yaml",
    to: Annotated[Path | None, typer.Option(help="Folder of the sheets.", metavar="FOLDER")] = None,
    out: Annotated[
        str, typer.Option("--out", "-o", help="File of a table, - for here.", metavar="FILE")
    ] = "-",
    status: Annotated[
        model.Status | None, typer.Option(help="Only of this status, in a table.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(help="Only what this finds, in a table: 'speaker:ada'.", metavar="QUERY"),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Write the library as sheets, or a table of it: pullquote library export --as csv"""
    setup: Setup = context.obj
    project = setup.project()
    if form == "yaml" and (status or query or out != "-"):
        remedy = "leave --status, --query and --out away, or name a table with --as"
        raise UsageError("a sheet holds all of a talk", remedy=remedy)
    if form != "yaml" and to:
        raise UsageError("--to is the folder of sheets", remedy="name a file with --out")
    with setup.open(project, must_exist=True) as library:
        if form == "yaml":
            folder = to or _folder(project, library)
            _export_sheets(project, library, talks or (), folder, dry_run=dry_run)
        else:
            found = _found(library, talks or (), query or "", status)
            _export_table(library, found, form, None if dry_run else out)


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Sheets, or tables.", show_default=False)],
    talk: Annotated[
        str | None, typer.Option(help="The talk a table's rows are of.", metavar="TALK")
    ] = None,
    yes: Yes = False,
    audience: Audience = False,
    dry_run: DryRun = False,
) -> None:
    """Apply sheets or a table to the library: pullquote library import quotes/*.yaml"""
    setup: Setup = context.obj
    project = setup.project()
    tables = [path for path in files if path.suffix.lower() in _TABLES]
    if tables and len(files) > 1:
        raise UsageError("a table goes alone", remedy="import one after another")
    if talk and not tables:
        raise UsageError("--talk is for a table", remedy="a sheet names its talk itself")
    from bot.library.sheets import Answers
    from bot.library.sheets.files import read_text

    answers = Answers(yes, audience)
    if tables:
        from bot.cli.library_table import import_table

        import_table(setup, project, tables[0], talk, answers, dry_run=dry_run)
        return
    texts = {path: read_text(path) for path in files}
    with setup.open(project, dry_run=dry_run) as library:
        take(library, project, texts, answers)


def take(
    library: "Library", project: "Project", texts: "Mapping[Path, str]", answers: "Answers"
) -> None:
    """Apply sheets and say what they changed; NeedsPerson where the library changed it too."""
    from bot.library.changes import Author
    from bot.library.sheets import import_sheets

    config, author = project.config, Author(who(), now())
    most_mb = config.harvest.max_mb
    taken = import_sheets(library, texts, author, answers, config.glossary, most_mb=most_mb)
    for one in taken:
        _tell(one, dry_run=library.store.dry_run)
    say_waiting(sorted({name for one in taken for name in one.waiting}))
    _refuse_conflicts(taken)


def say_decided(quote: model.Quote, *, dry_run: bool) -> None:
    """How a quote was decided by a sheet or a table."""
    tags = "".join(f" #{tag}" for tag in quote.tags)
    kept = if_dry(dry_run)
    say(f"{quote.id}: {quote.status}{tags}{kept}  “{quote.shown}”")


def _tell(taken: "Taken", *, dry_run: bool) -> None:
    """What a sheet changed, a line a quote that was decided."""
    kept = if_dry(dry_run)
    for quote in taken.decided:
        say_decided(quote, dry_run=dry_run)
    for reason in taken.unheeded[:_TOLD]:
        say(f"note: {reason}; the program keeps that, a person writes `shown`")
    if len(taken.unheeded) > _TOLD:
        say(f"… and {len(taken.unheeded) - _TOLD} more quotes like that")
    counts = {
        "new": len(taken.added),
        "decided elsewhere": len(taken.moved),
        "decided here": len(taken.decided),
        "posts restored": taken.receipts,
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    say(f"{taken.talk}: {told or 'nothing new'}{kept}")


def _refuse_conflicts(taken: "tuple[Taken, ...]") -> None:
    """Say what was changed both in a sheet and in the library; NeedsPerson if anything was."""
    conflicts = [reason for one in taken for reason in one.conflicts]
    for reason in conflicts:
        say(f"left as it is: {reason}")
    if conflicts:
        many = "one change" if len(conflicts) == 1 else f"{len(conflicts)} changes"
        reason = f"{many} in a sheet and another one of the same in the library"
        raise NeedsPerson(reason, remedy="agree on one, write it into the sheet, and import it")


def _folder(project: "Project", library: "Library") -> Path:
    """Where sheets lie: beside the library's file; of a server's, in the project's ``quotes``."""
    path = library.store.path
    folder = path.parent if path else project.folder / "quotes"
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _export_sheets(
    project: "Project", library: "Library", talks: "Sequence[str]", folder: Path, *, dry_run: bool
) -> None:
    from bot.library.sheets import export_sheets

    left = []
    for one in export_sheets(library, talks, folder, project.config.glossary, dry_run=dry_run):
        if one.left:
            say(f"{one.path}: left as it is, {one.left} is not imported yet")
            left.append(one.path)
        else:
            state = "would be written" if dry_run else "written"
            typer.echo(f"{one.path}  ({state if one.changed else 'as it was'})")
    if left:
        remedy = f"`pullquote library import {left[0]}`, then export again"
        raise NeedsPerson("what was written in a sheet is not in the library yet", remedy=remedy)


def _found(
    library: "Library", talks: "Sequence[str]", query: str, status: "model.Status | None"
) -> "list[model.Quote]":
    """What a query and the options find, of one talk after another."""
    ids: list[str | None] = [library.talk(name).id for name in talks]
    asked = (" ".join([query, *filters({"talk": one, "status": status})]) for one in ids or [None])
    return [quote for one in asked for quote in library.every(one)]


def _export_table(
    library: "Library", found: "Sequence[model.Quote]", form: Form, out: str | None
) -> None:
    from bot.library import listing

    known = library.talks_of(one.talk for one in found)
    if form == "json" and out == "-":
        as_json(map(quote_json, found))
        return
    if form == "json":
        text = listing.as_json(found)
    else:
        text = (listing.as_csv if form == "csv" else listing.as_markdown)(found, known)
    if out == "-":
        typer.echo(text, nl=False)
    elif out:
        from bot.library.sheets.files import write

        write(Path(out), text.encode("utf-8-sig" if form == "csv" else "utf-8"))
        say(f"{len(found)} quotes written to {out}")
    else:
        say(f"{len(found)} quotes, nothing written (dry run)")
