"""A tree of values as the text of a sheet: one way to write each, one line a value. Pure.

Texts stand in quotes unless they are plain words: no reader of YAML takes them for anything else.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Union

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_NO_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_NAMES = ("id", "name", "sha256")  # what tells the groups of a list apart

Key = str | int
Path = tuple[Key, ...]
Tree = Union[None, bool, int, float, str, "Inline", "Block", Sequence["Tree"], Mapping[str, "Tree"]]


@dataclass(frozen=True, slots=True)
class Inline:
    """A value that stands on one line, in brackets."""

    value: "Tree"


@dataclass(frozen=True, slots=True)
class Block:
    """Several lines that are one text; none of them is empty or begins with a space."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet, what of the tree begins there, and whether an empty line goes before."""

    path: Path
    text: str
    apart: bool = False


def lines_of(tree: Mapping[str, Tree], above: Path = (), indent: str = "") -> Iterator[Line]:
    """The lines of a group: each path is a key, or what tells a member of a list apart."""
    for key, value in tree.items():
        path, begun = (*above, key), f"{indent}{text_of(key)}:"
        if isinstance(value, Block):
            yield Line(path, f"{begun} |-")
            yield from (Line((*path, at), f"{indent}  {one}") for at, one in enumerate(value.lines))
        elif isinstance(value, Mapping) and value:
            yield Line(path, begun)
            yield from lines_of(value, path, f"{indent}  ")
        elif isinstance(value, Sequence) and value and not isinstance(value, str):
            yield Line(path, begun)
            yield from _members(value, path, f"{indent}  ")
        else:
            yield Line(path, f"{begun} {inline(value)}")


def _members(values: Sequence[Tree], above: Path, indent: str) -> Iterator[Line]:
    """The lines of a list; quotes stand apart."""
    for at, value in enumerate(values):
        if not isinstance(value, Mapping):
            yield Line((*above, at), f"{indent}- {inline(value)}")
            continue
        path = (*above, member(value, at))
        first, *rest = lines_of(value, path, f"{indent}  ")
        yield Line(path, f"{indent}- {first.text.lstrip()}", apart=above == ("quotes",))
        yield from rest


def member(group: Mapping[str, object], at: int) -> Key:
    """What tells a group apart from the others of its list: its id, else its place."""
    names = (group.get(name) for name in _NAMES)
    return next((name for name in names if isinstance(name, str)), at)


def inline(value: Tree) -> str:
    """A value on one line."""
    if isinstance(value, Inline):
        return inline(value.value)
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{text_of(key)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value)


def text_of(text: str) -> str:
    """A text, in quotes where it is no plain word."""
    if _PLAIN.fullmatch(text) and text not in _NO_WORDS:
        return text
    return _UNSEEN.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
