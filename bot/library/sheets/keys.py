"""The keys of one group of a sheet, taken one after another; what is wrong names its line. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from bot.errors import SheetError
from bot.library.sheets.nodes import Group, Node, Rows, Text
from bot.library.sheets.times import span_of

_LONGEST = 20_000  # characters of one text


@dataclass(frozen=True, slots=True)
class Keys:
    """A group of a sheet; each method takes a key of one kind, or refuses what it has."""

    group: Group
    path: Path
    asked: dict[str, None] = field(default_factory=dict)

    @property
    def given(self) -> frozenset[str]:
        """The keys that are there."""
        return frozenset(self.group.nodes)

    def line(self, name: str) -> int:
        """The line of a key, or of the group where it has none."""
        key = self.group.keys.get(name)
        return key.line if key else self.group.line

    def refused(self, name: str, reason: str, remedy: str = "mend that line") -> SheetError:
        """An error at a key."""
        return SheetError(self.path, f"'{name}' {reason}", line=self.line(name), remedy=remedy)

    def text(self, name: str) -> str | None:
        """A text, whatever YAML would take it for; None when there is none or nothing is said."""
        node = self._node(name)
        if node is None:
            return None
        if not isinstance(node, Text):
            raise self.refused(name, "is a list or a group, not a text", "write it on its line")
        if len(node.text) > _LONGEST:
            raise self.refused(name, f"has {len(node.text)} characters", f"at most {_LONGEST}")
        return node.text if node.quoted or node.text not in ("", "~", "null") else None

    def needed(self, name: str) -> str:
        """A text that must be there."""
        found = self.text(name)
        if not found:
            raise self._missing(name)
        return found

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        """One of some words."""
        found = self.text(name)
        if found is not None and found not in known:
            near = get_close_matches(found, known, n=1)
            guess = f"did you mean '{near[0]}'?" if near else f"write {', '.join(known)}"
            raise self.refused(name, f"is '{found[:40]}'", guess)
        return found

    def number(self, name: str) -> float:
        """A number; 0 when there is none."""
        found = self.text(name)
        try:
            return finite(found or "0")
        except ValueError as error:
            raise self.refused(name, f"is no number: '{found}'") from error

    def whole(self, name: str) -> int:
        """A whole number; 0 when there is none."""
        found = self.text(name)
        if found and not (found.isascii() and found.isdigit() and len(found) < 16):
            raise self.refused(name, f"is no whole number: '{found[:40]}'")
        return int(found or 0)

    def yes(self, name: str) -> bool:
        """Whether it is true; no when there is none."""
        return self.one_of(name, ("true", "false")) == "true"

    def moment(self, name: str) -> datetime | None:
        """An aware time; None when there is none."""
        found = self.text(name)
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found)
            if moment.tzinfo is None:
                raise self.refused(name, "has no zone", "write +00:00 behind it")
            moment.astimezone(UTC)  # which has no years before 1 and after 9999
        except (ValueError, OverflowError) as error:
            raise self.refused(name, f"is no time: '{found[:40]}'") from error
        return moment

    def span(self, name: str) -> tuple[int, int]:
        """Two times in milliseconds, that must be there."""
        found = span_of(self.needed(name))
        if found is None:
            raise self.refused(name, "is no span of times", "take it from the sheet as exported")
        return found

    def needed_moment(self, name: str) -> datetime:
        """An aware time that must be there."""
        found = self.moment(name)
        if found is None:
            raise self._missing(name)
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; none is an empty one."""
        rows = self._node(name)
        if _empty(rows):
            return ()
        if not isinstance(rows, Rows) or not all(isinstance(one, Text) for one in rows.nodes):
            raise self.refused(name, "is no list of texts", f"write it as {name}: [one, two]")
        return tuple(one.text for one in rows.nodes if isinstance(one, Text))

    def pairs(self, name: str) -> dict[str, str]:
        """A group of texts; none is an empty one."""
        node = self._node(name)
        if _empty(node):
            return {}
        if not isinstance(node, Group):
            raise self.refused(name, "is no group of texts", f"write it as {name}: {{one: two}}")
        inner = Keys(node, self.path)
        return {key: inner.needed(key) for key in node.nodes}

    def free(self, name: str) -> dict[str, Any]:
        """A group of any values, as JSON has them."""
        node = self._node(name)
        if _empty(node):
            return {}
        if not isinstance(node, Group):
            raise self.refused(name, "is no group")
        found: dict[str, Any] = _plain(node)
        return found

    def inner(self, name: str) -> "Keys":
        """The keys of a group below; none are those of an empty one."""
        node = self._node(name)
        if _empty(node):
            return Keys(Group(self.line(name), {}), self.path)
        if not isinstance(node, Group):
            raise self.refused(name, "is no group of keys")
        return Keys(node, self.path)

    def each(self, name: str) -> Iterator["Keys"]:
        """The keys of each group of a list; none is an empty one."""
        rows = self._node(name)
        if _empty(rows):
            return
        if not isinstance(rows, Rows):
            raise self.refused(name, "is no list")
        for node in rows.nodes:
            if not isinstance(node, Group):
                reason, remedy = f"'{name}' has what is no group of keys", "mend that line"
                raise SheetError(self.path, reason, line=node.line, remedy=remedy)
            yield Keys(node, self.path)

    def done(self) -> None:
        """Refuse a key that nobody asked for."""
        for name in self.group.nodes:
            if name not in self.asked:
                near = get_close_matches(name, list(self.asked), n=1)
                raise self._unknown(name, f"did you mean '{near[0]}'?" if near else "take it away")

    def _missing(self, name: str) -> SheetError:
        """That a key is not there, or which one was probably meant for it."""
        others = [key for key in self.group.nodes if key not in self.asked]
        near = get_close_matches(name, others, 1, 0.7)
        if near:
            return self._unknown(near[0], f"did you mean '{name}'?")
        return self.refused(name, "is missing", "take it from the sheet as it was exported")

    def _unknown(self, name: str, remedy: str) -> SheetError:
        reason = f"there is no '{name[:40]}' here"
        return SheetError(self.path, reason, line=self.line(name), remedy=remedy)

    def _node(self, name: str) -> Node | None:
        self.asked[name] = None
        return self.group.nodes.get(name)


def _empty(node: Node | None) -> bool:
    return node is None or (
        isinstance(node, Text) and not node.quoted and node.text in ("", "~", "null")
    )


def _plain(node: Node) -> Any:
    """A node as JSON would have it: what stands in quotes is text, other words what they say."""
    if isinstance(node, Group):
        return {key: _plain(value) for key, value in node.nodes.items()}
    if isinstance(node, Rows):
        return [_plain(value) for value in node.nodes]
    if node.quoted:
        return node.text
    try:
        return json.loads(node.text)
    except ValueError:
        return node.text or None


def finite(text: str) -> float:
    """The number that somebody wrote; ValueError for what is none, infinite, or ``nan``."""
    if not isfinite(found := float(text)):
        raise ValueError(f"{text} is no number")
    return found
