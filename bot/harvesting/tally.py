"""The figures of a run: how many talks, hours and quotes; the failures by their reasons."""

from dataclasses import dataclass, field

from bot.errors import BotError, InputError
from bot.harvesting.told import Failure, Outcome

_PLACES = 3  # told of each reason, and of talks without a quote
_REASONS = 1000  # remembered; beyond that they are counted as one
_OTHER = "other reasons"
HOUR_MS = 3_600_000


@dataclass(slots=True)
class Reason:
    """Why talks failed: how many, the first places, what to do."""

    remedy: str
    count: int = 0
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What came of the talks so far; ``passed`` are files that are obviously no transcripts.

    ``worst`` is the exit code for failures, if there are any.

    ``duration_ms`` and ``quotes`` are of those harvested, ``bare`` are those without a quote and
    ``bare_places`` the first of them. ``in_a_row`` counts the last failures that were the
    library's or the program's, not the talk's.
    """

    harvested: int = 0
    unchanged: int = 0
    failed: int = 0
    passed: int = 0
    quotes: int = 0
    duration_ms: int = 0
    bare: int = 0
    bare_places: list[str] = field(default_factory=list)
    in_a_row: int = 0
    worst: int = InputError.exit_code
    reasons: dict[str, Reason] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """All that were settled."""
        return self.harvested + self.unchanged + self.failed

    @property
    def hours(self) -> float:
        """Hours of talk that were harvested."""
        return self.duration_ms / HOUR_MS

    def add(self, one: Outcome) -> None:
        """Count one outcome."""
        own = one.failure is None or one.failure.exit_code != BotError.exit_code
        self.in_a_row = 0 if own else self.in_a_row + 1
        self.worst = self.worst if own else BotError.exit_code
        if one.failure:
            self.failed += 1
            self._note(one.failure, one.failure.place or one.place)
        elif one.fate == "unchanged":
            self.unchanged += 1
        elif one.told:
            self.harvested += 1
            self.duration_ms += one.told.duration_ms
            quotes = one.told.added + one.told.updated + one.told.known
            self.quotes += quotes
            if not quotes:
                self.bare += 1
                self.bare_places += [one.place] if self.bare <= _PLACES else []

    def _note(self, failure: Failure, place: str) -> None:
        known = failure.reason in self.reasons or len(self.reasons) < _REASONS
        reason = failure.reason if known else _OTHER
        found = self.reasons.setdefault(reason, Reason(failure.remedy if known else ""))
        found.count += 1
        if len(found.places) < _PLACES:
            found.places.append(place)
