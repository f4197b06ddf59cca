"""Patterns of paths as shells have them: ``*``, ``?`` within a name, ``**`` for any depth. Pure.

Names that begin with a dot are met only by a pattern that begins with one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

_MAGIC = re.compile(r"[*?\[]")
_OF_WEB = re.compile(r"\*")  # in addresses, ? begins a query
ANY = "**"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folder without marks, and the parts of what is looked for below it."""

    root: str
    parts: tuple[str, ...]

    def start(self) -> frozenset[int]:
        """The parts that may come first."""
        return self._opened({0})

    def after(self, reached: Iterable[int], name: str) -> frozenset[int]:
        """The parts that may come next when a name was met; empty when it leads nowhere."""
        found = set()
        for at in reached:
            if at < len(self.parts) and self._is(self.parts[at], name):
                found.add(at if self.parts[at] == ANY else at + 1)
        return self._opened(found)

    def ends(self, reached: frozenset[int]) -> bool:
        """Whether a file may end here."""
        return len(self.parts) in reached

    def meets(self, names: Iterable[str]) -> bool:
        """Whether a file of these names below the root is one that is looked for."""
        reached = self.start()
        for name in names:
            reached = self.after(reached, name)
        return self.ends(reached)

    @property
    def names_an_ending(self) -> bool:
        """Whether a person said which files they mean: ``*.vtt`` does, ``*`` does not."""
        ending = self.parts[-1].rpartition(".")[2] if self.parts else ""
        return "." in self.parts[-1] and not is_pattern(ending)

    def _opened(self, reached: set[int]) -> frozenset[int]:
        """With what follows each ``**``, as that may stand for nothing."""
        for at, part in enumerate(self.parts):
            if part == ANY and at in reached:
                reached.add(at + 1)
        return frozenset(reached)

    @staticmethod
    def _is(part: str, name: str) -> bool:
        if name.startswith(".") and not part.startswith("."):
            return False
        return part == ANY or fnmatchcase(name, part)


def is_pattern(place: str, *, of_web: bool = False) -> bool:
    """Whether a place has marks of a pattern."""
    return bool((_OF_WEB if of_web else _MAGIC).search(place))


def pattern_of(place: str, is_there: Callable[[str], bool] = lambda _: False) -> Pattern:
    """The pattern a person wrote; a place without marks is a folder, all of which is meant.

    A folder whose name has marks and ``is_there`` is that folder.
    """
    parts = place.split("/")
    marked = (at for at, part in enumerate(parts) if is_pattern(part))
    at = next((at for at in marked if not is_there("/".join(parts[: at + 1]))), None)
    if at is None:
        return Pattern(place.rstrip("/") or "/", (ANY,))
    root = "/".join(parts[:at])
    return Pattern(root or ("/" if place.startswith("/") else "."), tuple(parts[at:]))
