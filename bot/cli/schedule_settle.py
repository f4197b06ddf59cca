"""``schedule settle``: a person says what became of a post whose outcome nobody knows."""

from typing import Annotated

import typer

from bot.cli.options import DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import if_dry, say
from bot.errors import UsageError


def settle(
    context: typer.Context,
    post: Annotated[int, typer.Argument(help="The post's number.", show_default=False)],
    there: Annotated[bool, typer.Option("--there", help="It is there.")] = False,
    not_there: Annotated[bool, typer.Option("--not-there", help="It is not, send again.")] = False,
    url: Annotated[str | None, typer.Option(help="Where it is, with --there.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Say whether an unconfirmed post is there: pullquote schedule settle 12 --there"""
    from bot.post import Receipt
    from bot.publishing import queue

    if there == not_there or (url and not_there):
        remedy = "look at the account's timeline first"
        raise UsageError("either --there (with --url) or --not-there", remedy=remedy)
    setup: Setup = context.obj
    with (
        setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library,
        library.store.write() as connection,
    ):
        if there:
            receipt = Receipt("", url, now()) if url else None
            queue.it_is_there(connection, post, receipt, now())
        else:
            queue.it_is_not(connection, post, now())
    kept = if_dry(dry_run)
    say(f"post {post}: {'noted as sent' if there else 'is sent again with the next run'}{kept}")
