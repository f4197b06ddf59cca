"""``library copy``: the whole library to another place, a file or a server, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, counting, say, say_waiting

if TYPE_CHECKING:
    from bot.store.across import Copied

_TOLD = ("talks", "quotes", "decisions", "posts")


def copy(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(
            help="A file, or postgresql://user@host/name; empty or not there yet.",
            metavar="PLACE",
            show_default=False,
        ),
    ],
    move: Annotated[
        bool, typer.Option("--move", help="Publish from there only: pause the accounts here.")
    ] = False,
    dry_run: DryRun = False,
    as_array: AsJson = False,
) -> None:
    """Copy the library elsewhere: pullquote library copy --to postgresql://me@host/quotes"""
    from bot.config import has_password, password_error
    from bot.store.across import copy_to, leave_to

    if has_password(to):
        raise password_error("--to")
    setup: Setup = context.obj
    place = to if "://" in to else Path(to).absolute()
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        with counting("copying and comparing") as step:
            done = copy_to(library.store, place, step, dry_run=dry_run)
        paused = leave_to(library.store, done.place, now()) if move else ()
    if as_array:
        as_json({"table": one.table, "rows": one.rows} for one in done.tables)
    _say_copied(done, paused, dry_run=dry_run)


def _say_copied(done: "Copied", paused: tuple[str, ...], *, dry_run: bool) -> None:
    rows = {one.table: one.rows for one in done.tables}
    told = ", ".join(_counted(rows[name], name) for name in _TOLD if rows[name])
    say(f"{done.place}: {told or 'an empty library'}")
    say(
        f"compared: every value of {sum(rows.values()):,} rows in {len(rows)} tables, read back "
        "from there"
    )
    if paused:
        say(f"publishing is paused here: {', '.join(paused)}")
    say_waiting(done.waiting)
    if dry_run:
        say("dry run: nothing was kept there, and nothing changed here")
    else:
        say(f"to work with it, write `library: {done.place}` into config.yaml")


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name if number != 1 else name.removesuffix('s')}"
