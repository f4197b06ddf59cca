"""What a person sees of a harvest of many talks: how far it is, what came of it, what failed."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.cli.show import say

if TYPE_CHECKING:
    from bot.harvesting import Ahead, Tally

_EVERY_S = 30  # between two lines where nobody watches
_REASONS = 12  # told at the end


@contextmanager
def watching(
    ahead: "Ahead[Any]", tally: "Tally", *, hidden: bool
) -> "Iterator[Callable[[], None]]":
    """A bar where somebody watches, else a line now and then; call with each talk that is done."""
    if hidden or (ahead.over and ahead.seen < 2):
        yield lambda: None
    elif sys.stderr.isatty():
        with _bar(ahead, tally) as step:
            yield step
    else:
        yield _lines(ahead, tally)


@contextmanager
def _bar(ahead: "Ahead[Any]", tally: "Tally") -> "Iterator[Callable[[], None]]":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    begun = time.monotonic()
    columns = (
        TextColumn("harvesting"),
        BarColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_so_far(ahead, tally, 0), total=None)

        def step() -> None:
            total = ahead.seen if ahead.over else None
            so_far = _so_far(ahead, tally, time.monotonic() - begun)
            bar.update(task, completed=tally.done, total=total, description=so_far)

        yield step


def _lines(ahead: "Ahead[Any]", tally: "Tally") -> "Callable[[], None]":
    begun = told = time.monotonic()

    def step() -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < _EVERY_S:
            return
        told = now
        left = ""
        if ahead.over and ahead.seen > tally.done:
            left_s = (now - begun) * (ahead.seen - tally.done) / tally.done
            left = f", {lasting(left_s)} left"
        say(f"harvesting: {_so_far(ahead, tally, now - begun)}{left}")

    return step


def _so_far(ahead: "Ahead[Any]", tally: "Tally", seconds: float) -> str:
    total = f"{'' if ahead.over else 'at least '}{ahead.seen:,}"
    failures = f", {tally.failed:,} left out" if tally.failed else ""
    return f"{tally.done:,} of {total} talks{_rate(tally, seconds)}{failures}"


def _rate(tally: "Tally", seconds: float) -> str:
    return f", {tally.hours / seconds:.1f} hours a second" if tally.hours and seconds > 1 else ""


def told_of_run(
    ahead: "Ahead[Any]", tally: "Tally", seconds: float, *, grouped: bool, stopped: bool
) -> None:
    """The figures of a run, with ``grouped`` also its failures by their reasons."""
    same = f", {tally.unchanged:,} unchanged since the last time" if tally.unchanged else ""
    talks = "talk" if tally.harvested == 1 else "talks"
    say(f"{tally.harvested:,} {talks} harvested{same}, {tally.failed:,} left out{_passed(tally)}")
    if grouped and tally.harvested:
        found = f"{tally.hours:,.1f} hours of talk, {tally.quotes:,} quotes"
        say(f"{found} in {lasting(seconds)}{_rate(tally, seconds)}")
    if grouped and tally.bare:
        places = ", ".join(tally.bare_places) + (
            ", …" if tally.bare > len(tally.bare_places) else ""
        )
        say(f"{tally.bare:,} of them gave no quote: {places}; `--again --report FILE.csv` says why")
    if grouped and tally.failed:
        _failures(tally)
    left = ahead.seen - tally.done
    if stopped and (left or not ahead.over):
        talks = "talk" if left == 1 else "talks"
        least = "" if ahead.over else "at least "
        say(f"stopped with {least}{left:,} {talks} left: the same command goes on from there")


def _passed(tally: "Tally") -> str:
    if not tally.passed:
        return ""
    if tally.passed == 1:
        return ", 1 file passed over that is no transcript"
    return f", {tally.passed:,} files passed over that are no transcripts"


def _failures(tally: "Tally") -> None:
    most = sorted(tally.reasons.items(), key=lambda one: -one[1].count)
    say("left out:")
    for reason, one in most[:_REASONS]:
        remedy = f"; {one.remedy}" if one.remedy else ""
        say(f"  {one.count:>7,} × {' '.join(reason.split())}{remedy}")
        for place in one.places:
            say(f"            {place}")
        if one.count > len(one.places):
            say(f"            … and {one.count - len(one.places):,} more")
    if len(most) > _REASONS:
        say(f"  and {len(most) - _REASONS:,} more reasons")


def lasting(seconds: float) -> str:
    """A time as people say it."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours:,} h {minutes:02} min"
    return f"{minutes} min {whole % 60:02} s"
