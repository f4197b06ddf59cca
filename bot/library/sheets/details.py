"""What a sheet changes of the details of a talk or a person, by their histories. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library.sheets.sheet import Change


@dataclass(frozen=True, slots=True)
class Amended:
    """Changes to take over as they were made, their values, what is wished beyond, conflicts."""

    changes: tuple[Change, ...]
    values: Mapping[str, Any]
    wishes: Mapping[str, Any]
    conflicts: tuple[str, ...]


def amended(
    mine: Mapping[str, Any],
    given: Collection[str],
    theirs: Mapping[str, Any],
    ours: Sequence[Change],
    known: Sequence[Change],
) -> Amended:
    """Bring the details of a sheet (``mine``, ``ours``) to those of the library.

    What the sheet does not name (``given``) it says nothing of. What the library alone changed
    since stands; what both changed differently is a conflict.
    """
    new = tuple(one for one in ours if one not in known)
    since = [one for one in known if one not in ours]
    values, wishes, conflicts = dict[str, Any](), dict[str, Any](), list[str]()
    for name in theirs:
        wanted = mine[name]
        before = [one.was[name] for one in since if name in one.was]
        told = [one.became[name] for one in new if name in one.became]
        said = name in given or (told and plain(told[-1]) == plain(wanted))
        if not said or plain(wanted) == plain(theirs[name]):
            continue
        if before and plain(wanted) != plain(before[0]):
            conflicts.append(f"its {name} is another one in the library")
        elif told and not before and plain(told[-1]) == plain(wanted):
            values[name] = wanted
        elif not before:
            wishes[name] = wanted
    return Amended(new, values, wishes, tuple(conflicts))


def plain(value: Any) -> Any:
    """A value as JSON gives it back; nothing is nothing, whatever its type."""
    return (list(value) if isinstance(value, tuple) else value) or None
