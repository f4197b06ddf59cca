"""``library backup``, ``restore`` and ``upgrade``: the whole library as one file, and back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import counting, if_dry, say, say_waiting
from bot.errors import NeedsPerson

if TYPE_CHECKING:
    from bot.config import Project

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Yes, do it; ask nothing.")]


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="The file to write; else one named by the time.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Write the whole library into one file, also while it is used: pullquote library backup"""
    from bot.store.backup import back_up

    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        target = file or _named(project, library.store.path)
        with counting("copying") as step:
            back_up(library.store, target, step)
    say(f"{target}: the whole library{' (dry run: not written)' if dry_run else ''}")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup.", show_default=False, readable=False)],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Put a backup in place of the library: pullquote library restore BACKUP.db --yes"""
    from bot.store.backup import refuse_missing
    from bot.store.backup import restore as put_back

    setup: Setup = context.obj
    place = setup.place(setup.project())
    refuse_missing(file)
    if not (yes or dry_run):
        _ask(f"Put {file} in place of the library?", place)
    with counting("copying") as step:
        done = put_back(place, file, now(), dry_run=dry_run, progress=step)
    note = " (dry run: nothing was changed)" if dry_run else ""
    say(f"{done.place}: is as {file} has it{note}")
    if done.before:
        say(f"{done.before}: what was there before")
    say_waiting(done.waiting)


def upgrade(context: typer.Context, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Bring an older library on a server up to date: pullquote library upgrade --yes"""
    from bot.store import open_store

    setup: Setup = context.obj
    place = setup.place(setup.project())
    on_server = "://" in place
    if on_server and not (yes or dry_run):
        _ask("Is it saved with pg_dump?", place)
    with (
        open_store(place, create=False, dry_run=dry_run, upgrade=on_server) as store,
        store.read(),
    ):
        say(f"{store.place}: is up to date{if_dry(dry_run)}")


def _ask(question: str, place: str) -> None:
    if not sys.stdin.isatty():
        reason = f"nobody is here to be asked “{question}”"
        raise NeedsPerson(reason, place=place, remedy="say so with --yes")
    if not typer.confirm(question, err=True):
        raise NeedsPerson("nothing was changed", place=place)


def _named(project: "Project", path: Path | None) -> Path:
    beside = path or project.folder / "library.db"
    return beside.with_name(f"{beside.stem}-{now():%Y-%m-%d-%H%M%S}.db")
