"""``export``: planned posts for the program in which a team schedules already."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.schedule import chosen
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, if_dry, say
from bot.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Project
    from bot.post import Posted
    from bot.posting.terms import Terms


def export(
    context: typer.Context,
    to: Annotated[
        Literal["buffer", "csv", "json"], typer.Option(help="For whom the table is.")
    ] = "csv",
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for table and pictures.", metavar="DIR")
    ] = Path("handoff"),
    account: Annotated[str | None, typer.Option(help="Only this account.", metavar="LABEL")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=366, help="Days ahead.")] = None,
    address: Annotated[
        str, typer.Option(help="Where the folder will be on the web.", metavar="URL")
    ] = "",
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Hand planned posts over to another program: pullquote export --to buffer --days 14"""
    from bot.posting.handoff import hand_over
    from bot.posting.planning import plan_all

    setup: Setup = context.obj
    project = setup.project()
    terms = [one for one in chosen(project, account) if one.settings.handoff]
    if not terms:
        remedy = "give one 'handoff: true' in config.yaml"
        raise UsageError("no account is handed over", remedy=remedy)
    ahead = days or project.config.schedule.days
    with (
        setup.open(project, dry_run=dry_run, must_exist=True) as library,
        library.store.write() as connection,
    ):
        plan_all(connection, project, terms, now(), ahead)
        due = [(one, post) for one in terms for post in _waiting(connection, project, one, ahead)]
        handed = hand_over(connection, due, to, None if dry_run else out, now(), address)
    if as_array:
        as_json(
            {"account": one.account, "quote": one.post.key.quote, "at": one.at.isoformat(),
             "text": one.post.words.text, "images": list(one.images), "handed": one.mark}
            for one in handed
        )  # fmt: skip
    kept = if_dry(dry_run)
    say(f"{len(handed)} posts for {to} in {out}{kept}" if handed else "nothing new to hand over")
    if to == "buffer" and handed and not address:
        say("note: Buffer takes pictures by address: upload the folder, then give --address URL")


def _waiting(
    connection: "Connection", project: "Project", terms: "Terms", days: int
) -> "tuple[Posted, ...]":
    from bot.posting.planning import PLANNED, account_of
    from bot.publishing import queue

    moment = now()
    of = account_of(connection, project, terms, moment)
    until = moment + timedelta(days=days)
    return queue.listing(
        connection, states=PLANNED, account=(of.network, of.id), since=moment, until=until
    )
