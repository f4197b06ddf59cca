"""``library verify``: prove every quote, and take the places that newer transcripts offer."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import as_json, if_dry, progress, say
from bot.clock import clock
from bot.errors import BotError
from bot.model import Quote

if TYPE_CHECKING:
    from bot.library import Changed, Finding


def verify(
    context: typer.Context,
    move: Annotated[
        bool, typer.Option("--move", help="Take the places that newer transcripts offer.")
    ] = False,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Prove every quote from the stored transcripts: pullquote library verify"""
    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        known = {one.id: one for one in library.quotes() if one.status != "retracted"}
        with progress("proving", len({quote.transcript for quote in known.values()})) as step:
            findings = library.verify(lambda _done, _all: step(), project.config.glossary)
        sound = _sound(findings)
        moved = library.move(sound, who(), now()) if move else None
    if as_array:
        as_json(map(asdict, findings))
    for finding in () if as_array else findings:
        typer.echo(f"{finding.talk} {finding.quote or 'transcript'}: {finding.reason}")
    if moved:
        _say_moved(moved, known, dry_run=dry_run)
    elif sound:
        say(f"{len(sound)} have a new place: `pullquote library verify --move` takes it")
    wrong = [finding for finding in findings if finding.kind == "wrong"]
    unproved = {finding.quote for finding in wrong if finding.quote}
    if wrong:
        raise BotError(
            f"{len(unproved)} of {len(known)} quotes could not be proved",
            remedy="reject them or harvest their talks again",
        )
    edits = sum(len(quote.edits) for quote in known.values())
    say(f"{len(known)} quotes proved, {edits} edits replayed: each is what its transcript says")


def _sound(findings: "Sequence[Finding]") -> "list[Finding]":
    """Those with a place on offer, of transcripts that are as they were read."""
    broken = {one.talk for one in findings if one.kind == "wrong" and one.quote is None}
    return [one for one in findings if one.offer and one.talk not in broken]


def _say_moved(moved: "Changed", known: dict[str, Quote], *, dry_run: bool) -> None:
    kept = if_dry(dry_run)
    for quote in moved.changed:
        void = "; approve it again" if quote.status != known[quote.id].status else ""
        say(f"{quote.id}: moved to {clock(quote.start_ms)}{kept}  “{quote.shown}”{void}")
    if not moved.changed:
        say("nothing to move")
