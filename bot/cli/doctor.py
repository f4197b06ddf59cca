"""``doctor``: is everything there that the bot needs, and what to do about what is not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, console, say
from bot.errors import BotError, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from bot.checkup import Check, Scene
    from bot.config import Project

Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", help="program, cards, library, accounts, worker, machine.", metavar="SUBJECT"
    ),
]
_MARKS = {True: ("ok", "green"), False: ("bad", "bold red"), None: ("–", "dim")}
_ONLINE = "online"


def doctor(
    context: typer.Context,
    only: Only = None,
    online: Annotated[
        bool, typer.Option("--online", help="Sign in at each account too, and compare clocks.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """Check library, fonts, accounts, clock and disks: pullquote doctor"""
    checks = list(_checks(context.obj, only or (), online))
    if as_array:
        as_json(map(asdict, checks))
    else:
        _show(checks)
    bad = [check.name for check in checks if check.ok is False]
    if bad:
        raise BotError(f"{len(bad)} of {len(checks)} checks failed: {', '.join(bad)}")
    if not as_array:
        rest = sum(check.ok is None for check in checks)
        note = f"; {rest} (–) need nothing or can wait" if rest else ""
        say(f"{len(checks) - rest} of {len(checks)} checks are well{note}")


def _checks(setup: Setup, only: Collection[str], online: bool) -> "Iterator[Check]":
    from bot.checkup import SUBJECTS, Check, checks

    for subject in only:
        if subject not in SUBJECTS:
            remedy = f"it is one of {', '.join(SUBJECTS)}"
            raise UsageError(f"--only {subject} is nothing that is looked at", remedy=remedy)
    try:
        project = setup.project()
    except BotError as error:
        yield Check("program", "settings", False, str(error))
        return
    found = str(project.path or "built-in (no config.yaml here or above)")
    yield Check("program", "settings", True, found)
    yield from checks(_scene(setup, project), only)
    if online:
        yield from _online(setup, project)


def _scene(setup: Setup, project: "Project") -> "Scene":
    """What is looked at; a library that cannot be opened is one thing found among others."""
    from bot.checkup import Scene
    from bot.store.state import state_of

    if not setup.has_library(project):
        return Scene(project, now())
    place = setup.place(project)
    try:
        state = state_of(place)
    except BotError as error:
        return Scene(project, now(), place, trouble=error)
    return Scene(project, now(), place, state)


def _online(setup: Setup, project: "Project") -> "Iterator[Check]":
    """What the accounts themselves say, as ``network test`` asks them."""
    from bot.checkup import Check
    from bot.cli.network import WRONG_CLOCK_S, all_tested

    tested = all_tested(setup, project)
    for one in tested:
        told = one.problem or f"{one.network} @{one.handle} is let in"
        remedy = f"pullquote network login {one.label}" if one.problem else ""
        yield Check(_ONLINE, f"sign-in {one.label}", one.ok, told, remedy)
    apart = [one.clock_s for one in tested if one.clock_s is not None]
    if not apart:
        yield Check(_ONLINE, "clock by theirs", None, "no account told the time")
        return
    most = max(apart, key=abs)
    side = "ahead of" if most > 0 else "behind"
    well = abs(most) <= WRONG_CLOCK_S
    remedy = "" if well else "set it: timedatectl set-ntp true"
    yield Check(_ONLINE, "clock by theirs", well, f"{abs(most):.0f} s {side} a network's", remedy)


def _show(checks: "Collection[Check]") -> None:
    """A line a check under its subject; what is bad has its remedy below."""
    from rich.text import Text

    width = max(len(check.name) for check in checks) + 2
    for subject, several in groupby(checks, key=lambda check: check.subject):
        console().print(Text(subject, style="bold"))
        for check in several:
            _show_one(check, width)


def _show_one(check: "Check", width: int) -> None:
    from rich.text import Text

    mark, style = _MARKS[check.ok]
    told = Text(check.found, style="dim" if check.ok is None else "")
    if check.remedy and check.ok is False:
        told.append(f"\n→ {check.remedy}", style="bold")
    elif check.remedy:
        told.append(f" · {check.remedy}", style="dim")
    start = Text(f"  {mark:<5}", style=style)
    start = Text.assemble(start, (f"{check.name:<{width}}", "" if check.ok is False else "dim"))
    for line in _lines(told, len(start)):
        console().print(start + line, soft_wrap=True)
        start = Text(" " * len(start))


def _lines(told: "Text", indent: int) -> "Sequence[Text]":
    """The lines of a text: as a window is wide, and whole in a file, where programs look."""
    screen = console()
    if not screen.is_terminal:
        return list(told.split("\n"))
    return list(told.wrap(screen, max(screen.width - indent, 20)))
