"""Hostile input at every door, accepted or refused in one line: ``python -m benchmarks.fuzz``.

What the program takes in from outside (``benchmarks/doors``) is damaged by named mutators
(``benchmarks/mutators``). Counted are tracebacks (killed processes among them), cases over their
time (hangs) and the most memory a case took. Exits with 1 for any of the first two, for a case over
the memory its door allows, and when a door had fewer than one case in 250, or a transcript format
fewer than one in 250.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from benchmarks import doors as registry
from benchmarks.fuzz_cases import HANG, Case, Outcome, cases, read_case, tried
from benchmarks.fuzz_door import Door
from benchmarks.fuzz_workers import outcomes

_OF_A_DOOR = _OF_A_FORMAT = 250  # at least one case in so many


@dataclass(slots=True)
class Tally:
    """What was counted at one door, or at all of them."""

    cases: int = 0
    tracebacks: int = 0
    hangs: int = 0
    peak_mb: float = 0
    over_memory: int = 0
    refused: int = 0
    accepted: int = 0
    mutators: Counter[str] = field(default_factory=Counter)
    taken_for: Counter[str] = field(default_factory=Counter)

    def add(self, one: Outcome) -> None:
        """Count a case."""
        self.cases += 1
        self.hangs += one.fault == HANG
        self.tracebacks += bool(one.fault) and one.fault != HANG
        self.peak_mb = max(self.peak_mb, round(one.grown_mb, 1))
        self.over_memory += one.heavy
        self.accepted += bool(one.accepted)
        self.refused += not (one.accepted or one.fault)
        self.mutators[one.case.mutator] += 1
        self.taken_for[one.accepted] += bool(one.accepted)

    def row(self) -> dict[str, Any]:
        """The counts as JSON has them."""
        numbers = {
            name: getattr(self, name)
            for name in (
                "cases",
                "tracebacks",
                "hangs",
                "peak_mb",
                "over_memory",
                "refused",
                "accepted",
            )
        }
        return numbers | {
            "mutators": dict(self.mutators.most_common()),
            "accepted_as": {name: count for name, count in self.taken_for.most_common() if name},
        }


@dataclass(slots=True)
class Run:
    """All of a run: the whole, each door, each transcript format, and what went wrong."""

    whole: Tally = field(default_factory=Tally)
    doors: dict[str, Tally] = field(default_factory=dict)
    formats: Counter[str] = field(default_factory=Counter)
    wrong: list[Outcome] = field(default_factory=list)
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, one: Outcome, door: Door) -> bool:
        """Count a case; whether it is the first that went wrong in its way."""
        self.whole.add(one)
        self.doors.setdefault(one.case.door, Tally()).add(one)
        if door.name == "transcripts":
            self.formats[one.case.sample] += 1
        if not (one.fault or one.heavy):
            return False
        self.wrong.append(one)
        self.kinds[_kind(one)] += 1
        return self.kinds[_kind(one)] == 1

    def lacking(self, wanted: dict[str, Door]) -> Iterator[str]:
        """Which doors and formats had too few cases."""
        for name, counted in self._fewest(wanted):
            if counted < self.whole.cases // _OF_A_DOOR:
                yield f"{name} ({counted})"

    def _fewest(self, wanted: dict[str, Door]) -> Iterator[tuple[str, int]]:
        for name, door in wanted.items():
            yield name, self.doors[name].cases if name in self.doors else 0
            if name == "transcripts":
                yield from self.of_own(door).items()

    def of_own(self, door: Door) -> dict[str, int]:
        """Cases of each of the project's own samples: one of every format."""
        return {one.name: self.formats[one.name] for one in door.samples() if one.own}


def main(
    count: Annotated[int, typer.Option("--cases", min=1, help="How many.")] = 1000,
    only: Annotated[list[str] | None, typer.Option(help="A door; several may be named.")] = None,
    seed: Annotated[int, typer.Option(help="For other cases, another number.")] = 1,
    again: Annotated[
        str | None, typer.Option("--case", help="One case, DOOR:SAMPLE:MUTATOR:SEED, in the open.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Send damaged input through the doors and count what goes wrong."""
    if again:
        _again(read_case(again))
        return
    os.environ["PYTHONHASHSEED"] = "0"  # the order of sets decides that of a library's indexes
    chosen = {name: registry.DOORS[name] for name in only or registry.DOORS}
    began, run = time.monotonic(), Run()
    for one in outcomes(cases(chosen, count, seed), chosen, registry.__name__):
        if run.add(one, chosen[one.case.door]):
            print(_told_of(one), file=sys.stderr, flush=True)
        _progress(run, count, began)
    few = [*run.lacking(chosen)]
    _report(run, chosen, round(time.monotonic() - began), as_json=as_json)
    for (door, kind, place), number in run.kinds.most_common():
        print(f"{number:>6} × {door}: {kind} at {place or '?'}", file=sys.stderr)
    if few:
        print(f"fewer than one case in {_OF_A_DOOR}: {', '.join(few)}", file=sys.stderr)
    if run.wrong or few:
        raise typer.Exit(1)


def _again(case: Case) -> None:
    if os.environ.get("PYTHONHASHSEED") != "0":  # as in the processes of a run
        command = [sys.executable, "-m", "benchmarks.fuzz", "--case", str(case)]
        os.execve(sys.executable, command, {**os.environ, "PYTHONHASHSEED": "0"})
    print(f"accepted: {tried(registry.DOORS[case.door], case)}")


def _progress(run: Run, count: int, began: float) -> None:
    done = run.whole.cases
    if (done % 50 and done < count) or not sys.stderr.isatty():
        return
    left = (time.monotonic() - began) * (count - done) / done
    line = f"\r{done:,} of {count:,} cases, {len(run.wrong)} wrong, {left / 60:.0f} minutes left "
    print(line, end="\n" if done == count else "", file=sys.stderr, flush=True)


def _report(run: Run, doors: dict[str, Door], seconds: int, *, as_json: bool) -> None:
    whole = run.whole.row()
    del whole["accepted_as"]
    row = {**whole, "seconds": seconds}
    if transcripts := doors.get("transcripts"):
        row["least_of_a_format"] = min(run.of_own(transcripts).values())
    if as_json:
        print(
            json.dumps(
                {**row, "doors": {name: one.row() for name, one in run.doors.items()}}, indent=2
            )
        )
        return
    names = ("cases", "refused", "accepted", "tracebacks", "hangs", "over_memory", "peak_mb")
    print(f"{'door':<14}" + "".join(f"{name:>12}" for name in names))
    for door, one in sorted(
        {**run.doors, "all": run.whole}.items(), key=lambda pair: pair[0] == "all"
    ):
        print(f"{door:<14}" + "".join(f"{one.row()[name]:>12}" for name in names))


def _kind(one: Outcome) -> tuple[str, str, str]:
    """What faults of one kind share: the door, what was raised, where."""
    return one.case.door, one.fault.partition("(")[0] or "memory", one.place


def _told_of(one: Outcome) -> str:
    what = one.fault or f"{one.grown_mb:.0f} MB of {one.allowed_mb:.0f} allowed"
    return f"\r{what}  at {one.place or '?'}\n    --case '{one.case}'"


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
