"""``publish``: plan what is needed and send what is due, once or as a service."""

import signal
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, console, say
from bot.errors import NeedsPerson, NetworkError, UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.posting.running import Bot
    from bot.publishing.sending import Told
    from bot.store import Store

_FOR_A_PERSON = ("unconfirmed", "unmatched", "paused", "budget")
_STYLES = {"sent": "green", "failed": "bold red", "later": "yellow", "unclear": "yellow"}


def publish(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Send what is due, then end.")] = False,
    loop: Annotated[bool, typer.Option("--loop", help="Go on until stopped.")] = False,
    days: Annotated[
        int, typer.Option(help="With --dry-run: look so many days ahead.", min=0, max=366)
    ] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder of a dry run.", metavar="DIR")
    ] = None,
    trust_clock: Annotated[
        bool, typer.Option("--trust-clock", help="This machine's clock is right.")
    ] = False,
    dry_run: DryRun = False,
    as_array: AsJson = False,
) -> None:
    """Send what is due, planning what is needed: pullquote publish --due"""
    if due == loop:
        raise UsageError("either --due or --loop", remedy="pullquote publish --due is for cron")
    if loop and dry_run:
        raise UsageError("--loop has no dry run", remedy="pullquote publish --due --dry-run")
    setup: Setup = context.obj
    project = setup.project()
    with _store(setup, project) as store:
        log = _Log(as_lines=loop or not sys.stdout.isatty(), silent=as_array)
        bot = _bot(project, store, log, trust_clock=trust_clock)
        if loop:
            say(f"publishing as {bot.name}; Ctrl-C stops after the post in hand")
            bot.serve(setup.project)
            return
        if dry_run:
            folder = out or project.folder / "preview"
            bot.rehearse(folder, timedelta(days=days))
            log.told += [_preview_note(folder, one) for one in project.config.accounts]
        else:
            bot.run()
    if as_array:
        as_json(map(asdict, log.told))
    _end(log)
