"""``network reconcile``: match an account's timeline with the ledger, so that it may publish."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, if_dry, say

if TYPE_CHECKING:
    from bot.publishing.timelines import Matched


def reconcile(
    context: typer.Context,
    labels: Annotated[list[str] | None, typer.Argument(help="Accounts, else all.")] = None,
    dry_run: DryRun = False,
    as_array: AsJson = False,
) -> None:
    """Match timelines with the library, before it publishes: pullquote network reconcile main"""
    from bot.posting.afterwards import match
    from bot.posting.outlets import Dispatch

    setup: Setup = context.obj
    project = setup.project()
    known = [label for label, one in project.config.accounts.items() if not one.handoff]
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        dispatch = Dispatch(project, library.store, now)
        found = [(label, match(dispatch, label)) for label in labels or known]
    if as_array:
        as_json(_json(label, one) for label, one in found)
        return
    for label, one in found:
        adopted = f"{len(one.adopted)} noted as sent"
        parts = (
            f"{one.read} posts read: {one.known} known, {adopted}, {one.by_hand} of other things"
        )
        say(f"{label}: {parts}{if_dry(dry_run)}")
        for key in one.adopted:
            say(f"  quote {key.quote} went out there, and is not planned again")
    if not found:
        say("no accounts yet: `pullquote network login NETWORK` adds one")


def _json(label: str, one: "Matched") -> dict[str, Any]:
    quotes = [key.quote for key in one.adopted]
    return {
        "account": label,
        "read": one.read,
        "known": one.known,
        "adopted": quotes,
        "by_hand": one.by_hand,
    }
