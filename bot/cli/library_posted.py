"""``library mark-posted``: what was posted by hand, so that it is never planned again."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.library_decide import Ids
from bot.cli.options import DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import if_dry, say
from bot.errors import UsageError
from bot.talks.cells import address

if TYPE_CHECKING:
    from bot.posting.by_hand import Marked
    from bot.posting.terms import Terms


def mark_posted(
    context: typer.Context,
    quotes: Ids,
    account: Annotated[
        str,
        typer.Option(help="Where: an account's label, or its network.", metavar="LABEL|NETWORK"),
    ],
    url: Annotated[str | None, typer.Option(help="The post's address.", metavar="URL")] = None,
    at: Annotated[
        str | None, typer.Option(help="When, as '2026-11-20 17:30' there.", metavar="WHEN")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Note what you posted by hand: pullquote library mark-posted kx3m9 --account main"""
    from bot.posting import by_hand
    from bot.posting.planning import account_of

    try:
        address(url, "--url")
    except ValueError as error:
        raise UsageError(str(error), remedy="write the post's own address") from error
    setup: Setup = context.obj
    project = setup.project()
    terms = by_hand.terms_named(project, account)
    moment = _moment(at, terms) if at else None
    with (
        setup.open(project, dry_run=dry_run, must_exist=True) as library,
        library.store.write() as connection,
    ):
        where = account_of(connection, project, terms, now())
        done = by_hand.mark_posted(connection, quotes, by_hand.ByHand(where, url, moment, now()))
    for one in done:
        say(_told(one, terms.label, dry_run=dry_run))


def _told(one: "Marked", label: str, *, dry_run: bool) -> str:
    post = one.post
    there = f"{post.key.quote}: went out on {label}"
    when = f", {post.at:%Y-%m-%d %H:%M} UTC" if post.at else ""
    place = f"  {post.url}" if post.url else ""
    if one.known:
        return f"{there}{when}, as the library knew{place}; another post has another --url"
    instead = ", its planned post is taken out" if one.before == "planned" else ""
    return f"{there}{when}{instead}{if_dry(dry_run)}{place}"


def _moment(text: str, terms: "Terms") -> datetime:
    from bot.publishing.slots import read_past

    try:
        return read_past(text, terms.rota.zone, now())
    except ValueError as error:
        reason, _, remedy = str(error).partition("; ")
        raise UsageError(f"--at {reason}", remedy=remedy) from error
