"""``export``: planned posts for the program in which a team schedules already."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.schedule import chosen
from bot.cli.setup import Setup, now, who
from bot.cli.show import as_json, if_dry, say
from bot.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Project
    from bot.post import Posted
    from bot.posting.terms import Terms

    Due = Sequence[tuple[Terms, Posted]]


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
    without_pictures: Annotated[
        bool, typer.Option("--without-pictures", help="Hand the words over alone.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Write once more what was handed over for that time.")
    ] = False,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Hand planned posts over to another program: pullquote export --to csv --days 14"""
    from bot.posting.handoff import hand_over

    _check(address, without_pictures=without_pictures)
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
        find = _before if again else _waiting
        due = find(connection, project, terms, ahead)
        if without_pictures:
            due = [*_worded(due)]
        handed = hand_over(
            connection, due, to, None if dry_run else out, now(), address,
            pictures=not without_pictures, again=who() if again else "",
        )  # fmt: skip
    if as_array:
        as_json(
            {"account": one.account, "quote": one.post.key.quote, "at": one.at.isoformat(),
             "text": one.post.words.text, "images": list(one.images), "handed": one.mark}
            for one in handed
        )  # fmt: skip
    if handed:
        say(f"{len(handed)} posts for {to} in {out}{if_dry(dry_run)}")
        if again:
            say("note: what the other program has of them already, take out there first")
    elif again:
        say("nothing of these days can be handed over once more")
    else:
        say("nothing new to hand over; --again writes what was handed over before once more")


def _check(address: str, *, without_pictures: bool) -> None:
    """UsageError for an address that is none, or is of no picture."""
    if address and not re.match(r"https?://[^/\s]+", address):
        raise UsageError(f"--address {address} is no address", remedy="write it as https://…")
    if address and without_pictures:
        reason = "--address is of pictures, and --without-pictures leaves them out"
        raise UsageError(reason, remedy="say one of them")


def _waiting(
    connection: "Connection", project: "Project", terms: "Sequence[Terms]", days: int
) -> "Due":
    """What is planned and was never handed over, planned to the end of these days."""
    from bot.posting.handed import waiting
    from bot.posting.planning import plan_all

    moment = now()
    until = moment + timedelta(days=days)
    plan_all(connection, project, terms, moment, days)
    return [
        (one, post) for one in terms for post in waiting(connection, project, one, moment, until)
    ]


def _before(
    connection: "Connection", _project: "Project", terms: "Sequence[Terms]", days: int
) -> "Due":
    """What was handed over and may be so once more; what may not is told."""
    from bot.posting.handed import handed_before, why_not_again

    moment = now()
    until = moment + timedelta(days=days)
    due: list[tuple[Terms, Posted]] = []
    for one in terms:
        for post in handed_before(connection, one, moment, until):
            if why := why_not_again(connection, one, post):
                say(f"post {post.id}: left out, as {why}")
            else:
                due.append((one, post))
    return due


def _worded(due: "Due") -> "Iterator[tuple[Terms, Posted]]":
    """Posts whose words have the quote; those that have it on the picture alone are told."""
    for one, post in due:
        if post.words.quoted:
            yield one, post
        else:
            say(f"quote {post.key.quote}: left out, as it stands on the picture alone")
