"""A sheet's text as nodes that know their lines; what a sheet may not hold is refused. Pure.

Only the plain part of YAML is read: no anchors, tags or second documents, nothing ten levels deep.
What a scalar is, text or number, is for the field to say: a tag called ``no`` stays ``no``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import SheetError

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_DEEPEST = 10
MOST_BYTES = 4_000_000  # of a sheet; its forty quotes take 100 kB


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written. ``line`` counts from 1; it ends at ``column`` of line ``stop``."""

    line: int
    text: str
    quoted: bool
    stop: int
    column: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A list; ``end`` is where one in brackets ends: line, column."""

    line: int
    nodes: "tuple[Node, ...]"
    end: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Keys and what they have; ``keys`` are as written, ``end`` as in ``Rows``."""

    line: int
    nodes: "dict[str, Node]"
    keys: dict[str, Text] = field(default_factory=dict)
    end: tuple[int, int] | None = None


Node = Text | Rows | Group


def decoded(raw: bytes, path: Path) -> str:
    """The text of a sheet's bytes; SheetError for one too large or not in UTF-8."""
    if len(raw) > MOST_BYTES:
        reason = f"is too large: {len(raw) // 1_000_000} MB"
        raise SheetError(path, reason, remedy=f"a sheet has {MOST_BYTES // 1_000_000} MB at most")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SheetError(path, "is not UTF-8", line=line, remedy="save it as UTF-8") from error


def parsed(text: str, path: Path) -> Group:
    """The whole sheet; SheetError names the line that is wrong."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        node = _Reader(YAML(typ="safe", pure=True).parse(text), path).document()
    except MarkedYAMLError as error:
        line, reason = _line_of(error), f"is not YAML: {error.problem or error.context}"
        raise SheetError(path, reason, line=line, remedy="mend that line") from error
    except (YAMLError, ValueError) as error:
        raise SheetError(path, "is not YAML text", remedy="save it as UTF-8 text") from error
    if not isinstance(node, Group):
        raise SheetError(path, "is no sheet", line=1, remedy="`pullquote library export` makes one")
    return node


def _line_of(error: "MarkedYAMLError") -> int | None:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


class _Reader:
    """Nodes from the events of a parser, one after another, so that a bad file is left at once."""

    def __init__(self, events: Iterator[Any], path: Path) -> None:
        self._events, self._path = events, path

    def document(self) -> Node | None:
        """The only document there is."""
        found: Node | None = None
        for event in self._events:
            kind = type(event).__name__
            if kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
                if found is not None:
                    raise self._refused(event, "holds two documents", "make two files of it")
                found = self._node(event, 0)
        return found

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        if kind == "AliasEvent" or event.anchor is not None:
            raise self._refused(event, "has an anchor (& or *)", "write out what is meant")
        if event.tag is not None:
            raise self._refused(event, f"has a tag ({event.tag})", "take it away")
        if depth > _DEEPEST:
            raise self._refused(event, "is nested too deeply", "take brackets away")
        if kind == "ScalarEvent":
            return _text(event)
        return (
            self._rows(event, depth) if kind == "SequenceStartEvent" else self._group(event, depth)
        )

    def _rows(self, start: Any, depth: int) -> Rows:
        nodes: list[Node] = []
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                return Rows(start.start_mark.line + 1, tuple(nodes), _end(start, event))
            nodes.append(self._node(event, depth + 1))
        raise self._refused(start, "ends within a list", "mend it")

    def _group(self, start: Any, depth: int) -> Group:
        nodes: dict[str, Node] = {}
        keys: dict[str, Text] = {}
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                return Group(start.start_mark.line + 1, nodes, keys, _end(start, event))
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise self._refused(event, "has a key that is no word", "mend that line")
            if key.text in nodes:
                raise self._refused(event, f"has '{key.text}' twice", "remove one of them")
            keys[key.text] = key
            nodes[key.text] = self._node(next(self._events), depth + 1)
        raise self._refused(start, "ends within a group", "mend it")

    def _refused(self, event: Any, reason: str, remedy: str) -> SheetError:
        return SheetError(self._path, reason, line=event.start_mark.line + 1, remedy=remedy)


def _text(event: Any) -> Text:
    """A scalar; of a block of lines, which ends where the next thing begins, the last line."""
    start, end = event.start_mark, event.end_mark
    block = event.style in ("|", ">")
    stop, column = (end.line, 0) if block and end.column == 0 else (end.line + 1, end.column)
    return Text(start.line + 1, event.value, event.style is not None, stop, column)


def _end(start: Any, event: Any) -> tuple[int, int] | None:
    mark = event.end_mark
    return (mark.line + 1, mark.column) if start.flow_style else None
