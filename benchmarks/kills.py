"""Nothing is lost by ``kill -9``: ``python -m benchmarks.kills [--rounds N] [--deeds …] [--json]``.

Each deed is a command that writes: harvest, export, upgrade, cards, backup, copy, import. A round
does it in a folder of its own and kills it at random moments, then looks: the library opens and
``verify`` finds nothing, no half file stands under a final name. Then the deed is done to its end,
and what is there then, ``library export`` byte for byte, is held against a run that nobody killed.
Ends with 1 when anything is broken, half or different.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.kills_deeds import DEEDS, Deed
from benchmarks.kills_looking import exported, half_files, leftovers, wrong_with
from benchmarks.kills_running import done, killed, warm

_ALONE = 0.5  # of the kills leave what the command had started, which is to end by itself


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one deed came to: kills that hit it at work, and what was found wrong afterwards."""

    deed: str
    rounds: int = 0
    kills: int = 0
    at_work: int = 0
    broken: int = 0
    half_files: int = 0
    leftovers: int = 0
    different: int = 0
    failed: int = 0
    seconds: float = 0
    first_wrong: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost."""
        return self.broken + self.half_files + self.different + self.failed == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do, kill, look, print; the code to exit with."""
    options = _options(arguments)
    names = options.deeds.split(",") if options.deeds else list(DEEDS)
    warm()
    with TemporaryDirectory(prefix="pullquote-kills-") as folder:
        verdicts = [
            _tried(DEEDS[name], options, Path(folder) / name, Random(f"{options.seed} {name}"))
            for name in names
        ]
    if options.json:
        print(json.dumps([asdict(one) for one in verdicts], indent=2))
    else:
        _show(verdicts)
    return int(not all(one.is_sound for one in verdicts))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="of each deed")
    parser.add_argument("--deeds", default="", help=f"of {','.join(DEEDS)}; all")
    parser.add_argument("--kills", type=int, default=3, help="of a round, at the most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print an array")
    return parser.parse_args(arguments)


def _tried(deed: Deed, options: argparse.Namespace, folder: Path, chance: Random) -> Verdict:
    """All rounds of one deed."""
    began = time.monotonic()
    fresh, whole = folder / "fresh", folder / "whole"
    fresh.mkdir(parents=True)
    deed.prepare(fresh)
    shutil.copytree(fresh, whole)
    takes_s = time.monotonic()
    if code := done(deed.command(whole), whole):
        raise RuntimeError(f"{deed.name}: ended with {code} though nobody killed it")
    takes_s = time.monotonic() - takes_s
    meant = exported(whole), deed.outcome(whole)
    verdict = Verdict(deed.name)
    for number in range(options.rounds):
        place = folder / f"round-{number}"
        shutil.copytree(fresh, place)
        verdict = _round(deed, place, takes_s, options.kills, chance, verdict)
        if (exported(place), deed.outcome(place)) != meant:
            verdict = _wrong(verdict, "different", f"{place.name}: another outcome")
        shutil.rmtree(place)
    return replace(verdict, rounds=options.rounds, seconds=round(time.monotonic() - began, 1))


def _round(
    deed: Deed, place: Path, takes_s: float, most: int, chance: Random, verdict: Verdict
) -> Verdict:
    """Kill it so often at the most, look each time, do it to its end."""
    for _ in range(chance.randint(1, most)):
        alone, after_s = chance.random() < _ALONE, takes_s * chance.random() ** 2
        hit = killed(deed.command(place), place, after_s, alone=alone)
        verdict = replace(verdict, kills=verdict.kills + 1, at_work=verdict.at_work + hit.at_work)
        if hit.orphans:
            verdict = _wrong(verdict, "broken", "processes stayed behind")
        if reason := wrong_with(place):
            verdict = _wrong(verdict, "broken", reason)
        for half in half_files(place):
            verdict = _wrong(verdict, "half_files", half)
        verdict = replace(verdict, leftovers=verdict.leftovers + len(leftovers(place)))
    code = done(deed.command(place), place)
    if code not in deed.ends_with:
        verdict = _wrong(verdict, "failed", f"done again it ended with {code}")
    if reason := wrong_with(place):
        verdict = _wrong(verdict, "broken", reason)
    return verdict


def _wrong(verdict: Verdict, field: str, reason: str) -> Verdict:
    more = {field: getattr(verdict, field) + 1}
    return replace(verdict, **more, first_wrong=verdict.first_wrong or reason)


def _show(verdicts: Sequence[Verdict]) -> None:
    print(f"{'':10} rounds  kills  at work  broken  half  different  failed  leftovers      s")
    for one in verdicts:
        print(
            f"{one.deed:10} {one.rounds:>6} {one.kills:>6} {one.at_work:>8} {one.broken:>7} "
            f"{one.half_files:>5} {one.different:>10} {one.failed:>7} {one.leftovers:>10} "
            f"{one.seconds:>6}"
        )
        if one.first_wrong:
            print(f"           {one.first_wrong}")
    print("leftovers: hidden parts, which nobody reads and a later run clears")


if __name__ == "__main__":
    sys.exit(main())
