"""What each renderer took, beside ours, and the floors we hold ourselves to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal

from benchmarks.timing import Spread, spread

Ground = Literal["flat", "gradient"]
OURS: dict[Ground, str] = {"flat": "pullquote", "gradient": "pullquote, gradient"}
TAKUMI, TAKUMI_GRADIENT, SATORI = "takumi", "takumi, gradient", "satori + resvg"
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Lap:
    """One round of one renderer: milliseconds and bytes a card."""

    cpu_ms: float
    wall_ms: float
    size: float


@dataclass(frozen=True, slots=True)
class Result:
    """A renderer's rounds; without any, the reason it was not there."""

    name: str
    ground: Ground
    laps: tuple[Lap, ...]
    reason: str = ""

    @property
    def cpu(self) -> Spread:
        """CPU milliseconds a card."""
        return spread([lap.cpu_ms for lap in self.laps])

    @property
    def wall(self) -> Spread:
        """Milliseconds a card by the clock on the wall."""
        return spread([lap.wall_ms for lap in self.laps])

    @property
    def kb(self) -> float:
        """Kilobytes a card."""
        return median(lap.size for lap in self.laps) / 1000

    @property
    def rate(self) -> float:
        """Cards a second of one core."""
        return 1000 / self.cpu.median


Results = Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Floor:
    """A promise: the figure reaches ``wanted``. None is a figure that could not be taken."""

    promise: str
    wanted: float
    figure: float | None
    reason: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether it is kept; None when it cannot be told."""
        return None if self.figure is None else self.figure >= self.wanted


def times_ours(results: Results, name: str) -> Spread | None:
    """How many times our CPU time a renderer takes on the same ground, round by round."""
    peer, ours = results.get(name), results[OURS[results[name].ground]] if name in results else None
    if not (peer and ours and peer.laps and ours.laps):
        return None
    pairs = zip(peer.laps, ours.laps, strict=True)
    return spread([one.cpu_ms / other.cpu_ms for one, other in pairs])


def floors(results: Results) -> list[Floor]:
    """What we promise of our speed, with what was measured."""
    ours = results[OURS["flat"]]
    return [
        _against(results, TAKUMI, 4, "flat: at most 1/4 of takumi's CPU time"),
        _against(results, SATORI, 12, "flat: at most 1/12 of satori's CPU time"),
        _against(results, TAKUMI_GRADIENT, 2, "gradient: at most 1/2 of takumi's CPU time"),
        Floor("flat: at least 100 cards a second of one core", 100, ours.rate),
    ]


def _against(results: Results, name: str, wanted: float, promise: str) -> Floor:
    times = times_ours(results, name)
    if times is None:
        return Floor(promise, wanted, None, results[name].reason if name in results else "")
    return Floor(promise, wanted, times.median)


def table(results: Results) -> list[str]:
    """Two tables of renderers, flat and gradient, who was not there, and the floors."""
    lines: list[str] = []
    for ground in OURS:
        title = f"{ground} ground"
        lines += ["", f"{title:<28}{'CPU ms':>8}{'min – max':>16}{'wall ms':>9}{'cards/s':>9}"]
        lines[-1] += f"{'KB':>6}{'CPU / ours':>12}{'min – max':>14}"
        there = [one for one in results.values() if one.ground == ground]
        lines += [_row(results, one) for one in there if one.laps]
        lines += [f"  {one.name:<26}not there: {one.reason}" for one in there if not one.laps]
    return [*lines, "", *_floor_table(floors(results))]


def _row(results: Results, one: Result) -> str:
    times = times_ours(results, one.name)
    numbers = f"{one.cpu.median:>8.1f}{_range(one.cpu):>16}{one.wall.median:>9.1f}{one.rate:>9.0f}"
    if one.name == OURS[one.ground] or times is None:
        return f"  {one.name:<26}{numbers}{one.kb:>6.0f}"
    return f"  {one.name:<26}{numbers}{one.kb:>6.0f}{times.median:>12.1f}{_range(times):>14}"


def _floor_table(kept: Sequence[Floor]) -> list[str]:
    lines = [f"{'floor':<48}{'wanted':>8}{'measured':>10}"]
    for one in kept:
        measured = _NOTHING if one.figure is None else f"{one.figure:.1f}"
        lines.append(f"  {one.promise:<46}{one.wanted:>8g}{measured:>10}  {_verdict(one)}")
    return lines


def _verdict(floor: Floor) -> str:
    if floor.reached is None:
        return f"not told: {floor.reason}" if floor.reason else "not told"
    return "reached" if floor.reached else "not reached"


def _range(one: Spread) -> str:
    return f"{one.least:.1f} – {one.most:.1f}"


def document(results: Results) -> dict[str, object]:
    """The same for programs; what was not there is null with its reason."""
    return {
        "renderers": {name: _entry(results, one) for name, one in results.items()},
        "floors": [{**asdict(one), "reached": one.reached} for one in floors(results)],
    }


def _entry(results: Results, one: Result) -> dict[str, object]:
    times, there = times_ours(results, one.name), bool(one.laps)
    return {
        "ground": one.ground,
        "cpu_ms": asdict(one.cpu) if there else None,
        "wall_ms": asdict(one.wall) if there else None,
        "kb": one.kb if there else None,
        "cards_a_second": one.rate if there else None,
        "times_ours": asdict(times) if times else None,
        "reason": one.reason or None,
    }
