"""Local times of a zone, also where clocks change. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time as it is; ``told`` says what a change of clocks made of what was asked."""

    at: datetime  # in its zone
    told: str = ""


def moment_at(day: date, clock: time, zone: ZoneInfo) -> Moment:
    """That local time; of a missing hour the one after, of one that comes twice the first."""
    asked = datetime.combine(day, clock, zone)
    real = asked.astimezone(UTC).astimezone(zone)
    said = f"{clock:%H:%M}"
    if real.replace(tzinfo=None) != asked.replace(tzinfo=None):
        why = f"Clocks go forward then: there is no {said} on that day in {zone.key}"
        return Moment(real, f"{why}, it goes out at {real:%H:%M}.")
    if asked.utcoffset() != asked.replace(fold=1).utcoffset():
        return Moment(asked, f"Clocks go back then: {said} comes twice, the first is meant.")
    return Moment(asked)
