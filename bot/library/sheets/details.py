"""What a sheet changes of the details of a talk or a person, by their histories. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library.details import OF_PERSON, OF_TALK, Change
from bot.library.sheets.sheet import Sheet, Speaker


@dataclass(frozen=True, slots=True)
class Amended:
    """Changes to take over as they were made, with their values, and what is wished beyond.

    ``conflicts`` are the details that both changed differently.
    """

    changes: tuple[Change, ...]
    values: Mapping[str, Any]
    wishes: Mapping[str, Any]
    conflicts: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """What of it the library does not know yet, as words."""
        names = (f"'{one}'" for one in (*self.wishes, *self.values, *self.conflicts))
        return tuple(names) or (("its history",) if self.changes else ())


def of_talk(mine: Sheet, theirs: Sheet) -> Amended:
    """What a sheet changes of its talk."""
    wanted, known = ({name: getattr(one.talk, name) for name in OF_TALK} for one in (mine, theirs))
    return _amended(wanted, mine.given, known, mine.history, theirs.history)


def of_person(mine: Speaker, theirs: Speaker) -> Amended:
    """What a sheet changes of somebody who speaks."""
    wanted, known = (
        {name: getattr(one.person, name) for name in OF_PERSON} for one in (mine, theirs)
    )
    return _amended(wanted, mine.given, known, mine.history, theirs.history)


def _amended(
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
        said = name in given or (told and _plain(told[-1]) == _plain(wanted))
        if not said or _plain(wanted) == _plain(theirs[name]):
            continue
        if before and _plain(wanted) != _plain(before[0]):
            conflicts.append(name)
        elif told and not before and _plain(told[-1]) == _plain(wanted):
            values[name] = wanted
        elif not before:
            wishes[name] = wanted
    return Amended(new, values, wishes, tuple(conflicts))


def _plain(value: Any) -> Any:
    """A value as JSON gives it back; nothing is nothing, whatever its type."""
    return (list(value) if isinstance(value, tuple) else value) or None
