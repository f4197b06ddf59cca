"""A run of ``harvest`` over talks: by whom they are harvested, what is shown of each, its end."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.addresses import reach_of
from bot.cli.harvest_told import told_of_run, watching
from bot.cli.setup import Setup, say_where_kept
from bot.cli.show import harvest_notes, harvest_table, json_array, say, spinning
from bot.errors import UsageError
from bot.model import quote_json
from bot.outfit import terms_of

if TYPE_CHECKING:
    from bot.config import Project
    from bot.harvesting import Ahead, Errand, Failure, Job, Outcome, Stop, Tally

FEW = 8  # talks whose quotes are shown one after another, and that one process reads as fast
_IN_A_ROW = 3  # talks at which the library itself fails, until it is not tried any more
_STOPPING = b"stopping when what is in hand is done; once more stops at once\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a person wants talks harvested; ``jobs`` None leaves it to the settings.

    ``named``: they were named on the command line, not in a table.
    """

    count: int
    again: bool
    jobs: int | None
    cluster: str | None
    report: Path | None
    as_array: bool
    dry_run: bool
    named: bool


@dataclass(slots=True)
class _Run:
    """The talks of a run, what came of them so far, and how they are shown."""

    ahead: "Ahead[Job | Outcome]"
    tally: "Tally"
    asked: Asked
    few: bool
    alone: bool
    broken: "Failure | None" = None

    def harvest(self, errand: "Errand", workers: int) -> "Stop":
        """Harvest them all, or until a stop is asked for or the library fails."""
        from bot.harvesting import crew_of, harvest_one, outcomes, stopping
        from bot.harvesting.report import reporting

        asked = self.asked
        quiet = self.alone or (self.few and not asked.as_array)
        with (
            reporting(asked.report) as note,
            stopping(_say_stopping) as stop,
            crew_of(workers, asked.cluster) as crew,
            watching(self.ahead, self.tally, hidden=quiet) as step,
            json_array(printed=asked.as_array) as add,
        ):
            done = outcomes(self.ahead, partial(harvest_one, errand), crew, stop)
            for one in spinning(done, shown=errand.terms.semantic and quiet):
                self.tally.add(one)
                note(one)
                self._show(one, add)
                step()
                if self.tally.in_a_row >= _IN_A_ROW:
                    self.broken = one.failure
                    crew.drop()
                    break
        return stop

    def _show(self, one: "Outcome", add: Callable[[dict[str, Any]], None]) -> None:
        """What a person sees of a talk: of a few all that is known, of many nothing."""
        if one.failure and one.failure.trace and os.environ.get("PULLQUOTE_DEBUG"):
            say(one.failure.trace)
        if one.failure and self.alone:
            raise one.failure.error()
        for quote in one.told.quotes if one.told and self.asked.as_array else ():
            add(quote_json(quote))
        if not self.few:
            return
        if one.failure:
            say(f"left out: {one.failure.error()}")
        elif one.told:
            if not self.asked.as_array:
                harvest_table(one.told)
            harvest_notes(one.told)


def run(
    setup: Setup, project: "Project", ahead: "Ahead[Job | Outcome]", tally: "Tally", asked: Asked
) -> None:
    """Harvest talks and say what came of them; one that is named alone is done in any case.

    Ends with the code of the worst that failed, or of the signal that stopped it.
    """
    ahead.look(FEW)
    few, alone = ahead.over and ahead.seen <= FEW, asked.named and ahead.over and ahead.seen == 1
    errand = _errand(setup, project, asked, listed=few or asked.as_array, alone=alone)
    if not alone:
        with setup.open(project, dry_run=asked.dry_run) as library, library.store.read():
            pass  # before all workers do: an older one is upgraded, what is wrong is said once
    begun, talks = time.monotonic(), _Run(ahead, tally, asked, few, alone)
    stop = talks.harvest(errand, _workers(project, ahead, asked, few=few))
    stopped = bool(stop.asked or talks.broken)
    if not alone or stopped:
        seconds = time.monotonic() - begun
        told_of_run(ahead, tally, seconds, grouped=not few, stopped=stopped)
    say_where_kept(setup, project, dry_run=asked.dry_run)
    if talks.broken:
        raise talks.broken.error()
    if stop.asked or tally.failed:
        raise typer.Exit(stop.exit_code or tally.worst)


def _errand(
    setup: Setup, project: "Project", asked: Asked, *, listed: bool, alone: bool
) -> "Errand":
    from bot.harvesting import Errand
    from bot.harvesting.task import MEMORY

    place = setup.place(project) if setup.has_library(project) else MEMORY
    if "://" not in place:
        place = str(Path(place).absolute())
    if asked.cluster:
        _refuse_far_file(place, asked.cluster)
    return Errand(
        place,
        terms_of(project.config, asked.count),
        reach_of(project),
        asked.count,
        again=asked.again or alone,
        listed=listed,
        dry_run=asked.dry_run,
    )


def _refuse_far_file(place: str, cluster: str) -> None:
    """``UsageError`` for a library in a file that not all workers of a cluster have."""
    from bot.harvesting.cluster import strangers
    from bot.store.connecting import file_of, url_of

    if file_of(url_of(place)) and (hosts := strangers(cluster)):
        reason = f"is a file of this machine, which the workers on {', '.join(hosts[:3])} lack"
        remedy = "move it to a server: `pullquote library copy --to postgresql://USER@HOST/NAME`"
        raise UsageError(reason, place=place, remedy=remedy)


def _workers(project: "Project", ahead: "Ahead[Job | Outcome]", asked: Asked, *, few: bool) -> int:
    """How many processes: as many as asked for, else one for few talks, else one a core."""
    wanted = asked.jobs or (1 if few else project.config.harvest.jobs or os.cpu_count() or 1)
    return max(1, min(wanted, ahead.seen)) if ahead.over else wanted


def _say_stopping() -> None:
    os.write(2, _STOPPING)  # not through a stream: a signal may come while one is written
