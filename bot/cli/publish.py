"""``publish``: plan what is needed and send what is due, once or as a service."""

import json
import re
import signal
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

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
_NO_ACCOUNT = (
    "no account is configured, so nothing is sent: add one under accounts in config.yaml, "
    "as docs/schedule.md shows"
)
_STYLES = {"sent": "green", "failed": "bold red", "later": "yellow", "unclear": "yellow"}


def publish(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Send what is due, then end.")] = False,
    loop: Annotated[bool, typer.Option("--loop", help="Go on until stopped.")] = False,
    days: Annotated[
        int, typer.Option(help="With --dry-run: look so many days ahead.", min=0, max=366)
    ] = 0,
    wait: Annotated[
        float, typer.Option(help="With --loop: seconds between two looks.", min=0.1, max=3600)
    ] = 30,
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
    log = Log(as_lines=loop or not sys.stdout.isatty(), silent=as_array)
    idle = "nothing was due" if project.config.accounts else _NO_ACCOUNT
    with setup.open(project, must_exist=True) as library:
        bot = _bot(project, library.store, log, trust_clock=trust_clock)
        if loop:
            say(f"publishing as {bot.name}; it stops after the post in hand")
            if not project.config.accounts:  # one may come: settings are read again each time
                say(_NO_ACCOUNT)
            bot.serve(setup.project, wait)
            return
        if dry_run:
            folder = out or project.folder / "preview"
            bot.rehearse(folder, timedelta(days=days))
            if project.config.accounts:
                say(f"dry run: nothing was sent; look at {folder}/{_accounts(project)}/index.html")
        else:
            bot.run()
    if as_array:
        as_json(map(asdict, log.told))
    log.end(idle)


@dataclass(slots=True)
class Log:
    """What happened, for eyes on a terminal, as lines ``key=value`` anywhere else."""

    as_lines: bool
    silent: bool = False
    told: "list[Told]" = field(default_factory=list)

    def __call__(self, told: "Told") -> None:
        """Show what happened."""
        self.told.append(told)
        if self.silent:
            return
        if self.as_lines:
            typer.echo(as_line(told, now()))
        else:
            self._show(told)

    def end(self, idle: str) -> None:
        """Say how many of each there were, or ``idle``; an error if any failed or needs you."""
        counts = Counter(one.event for one in self.told if one.post)
        if not self.silent:
            parts = [f"{count} {event}" for event, count in counts.items()]
            say(", ".join(parts) or idle)
        urgent = [one for one in self.told if one.event in _FOR_A_PERSON]
        if urgent:
            remedy = "`pullquote network status` and `schedule list` show them"
            raise NeedsPerson(f"waits for you: {urgent[0].text}", remedy=remedy)
        failed = [one for one in self.told if one.event in ("failed", "signed out")]
        if failed:
            raise NetworkError(failed[0].text, place=failed[0].account)

    def _show(self, told: "Told") -> None:
        from rich.text import Text

        number = f"post {told.post}" if told.post else ""
        line = Text(f"{told.event:<12}", style=_STYLES.get(told.event, ""))
        line.append(f"{told.account:<12}{number:<10}", style="dim")
        line.append(" ".join((told.text, told.url or "")).strip(), style="default")
        console().print(line, soft_wrap=True)


def as_line(told: "Told", at: datetime) -> str:
    """One line of a log: what happened as ``key=value``, quoted where it has to be."""
    values = {"event": told.event, "account": told.account, "post": told.post}
    values |= {"text": told.text, "url": told.url}
    parts = [f"{key}={_quoted(str(value))}" for key, value in values.items() if value]
    return " ".join((f"at={at:%Y-%m-%dT%H:%M:%SZ}", *parts))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if re.search(r'[\s="]', text) else text


def _bot(project: "Project", store: "Store", log: Log, *, trust_clock: bool) -> "Bot":
    """A bot that stops after the post in hand when it is asked to."""
    from bot.alerting import tell
    from bot.posting.running import Bot

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return Bot(project, store, now, log, tell, stop, trust_clock=trust_clock)


def _accounts(project: "Project") -> str:
    names = [label for label, one in project.config.accounts.items() if not one.handoff]
    return names[0] if len(names) == 1 else "{" + ",".join(names) + "}"
