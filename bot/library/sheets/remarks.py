"""What a person wrote between the lines of a sheet: kept when the sheet is written anew. Pure.

Each remark belongs to the key it stands above or beside, so it moves with it; where that is gone,
the remark stays and stands above what followed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.library.sheets.nodes import Group, Node, Rows, Text
from bot.library.sheets.writing import Line, Path, Tree, member

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML counts a line
_BESIDE = re.compile(r"[\s,:\[\]{}|>+\-\d]*?(\s+#.*)")


@dataclass(frozen=True, slots=True)
class Remarks:
    """Lines above each key, what stands beside it, and the lines at the end."""

    above: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    beside: Mapping[Path, str] = field(default_factory=dict)
    last: Sequence[str] = ()
    newline: str = "\n"


def remarks_of(text: str, root: Group) -> Remarks:
    """The remarks and empty lines of a sheet."""
    lines = _BREAK.split(text)
    spots = dict(reversed([*_spots(root, ())]))
    inside, ends = _covered(root, lines)
    above: dict[Path, list[str]] = {}
    beside: dict[Path, str] = {}
    waiting: list[str] = []
    for number, line in enumerate(lines, 1):
        remark = _BESIDE.fullmatch(line[ends[number] :]) if number in ends else None
        if number in spots:
            above[spots[number]], waiting = waiting, []
            if remark:
                beside[spots[number]] = remark[1]
        elif remark:
            waiting.append(remark[1].strip())
        elif number not in inside and (not line.strip() or line.lstrip().startswith("#")):
            waiting.append(line.rstrip())
    if waiting and not waiting[-1]:
        waiting.pop()  # after the last line's end
    return Remarks(above, beside, waiting, "\r\n" if "\r\n" in text else "\n")


def written(lines: Sequence[Line], remarks: Remarks) -> str:
    """The lines with the remarks where they belong."""
    kept = _settled(remarks, {line.path for line in lines})
    out: list[str] = []
    for line in lines:
        out += kept.above.get(line.path, [""] if line.apart else [])
        out.append(line.text + kept.beside.get(line.path, ""))
    return remarks.newline.join([*out, *kept.last, ""])


def arranged(tree: Mapping[str, Tree], old: Group) -> dict[str, Tree]:
    """The tree with its keys, and the members of its lists, in the order a person gave them."""
    placed: dict[str, Tree] = {}
    for key in _in_order([*tree], [*old.nodes]):
        value, before = tree[str(key)], old.nodes.get(str(key))
        if isinstance(value, Mapping) and isinstance(before, Group):
            value = arranged(value, before)
        elif (
            isinstance(before, Rows) and isinstance(value, Sequence) and not isinstance(value, str)
        ):
            value = _members_arranged(value, before)
        placed[str(key)] = value
    return placed


def _members_arranged(values: Sequence[Tree], old: Rows) -> list[Tree]:
    groups = {member(one, at): one for at, one in enumerate(values) if isinstance(one, Mapping)}
    if len(groups) != len(values):
        return [*values]
    before = {name: one for name, one in _named(old) if isinstance(one, Group)}
    return [
        arranged(groups[name], before[name]) if name in before else groups[name]
        for name in _in_order([*groups], [*before])
    ]


def _in_order(new: Sequence[str | int], old: Sequence[str | int]) -> list[str | int]:
    """The new ones in the old order; one that was not there follows the one it follows now."""
    placed = [one for one in old if one in new]
    for at, one in enumerate(new):
        if one not in placed:
            placed.insert(placed.index(new[at - 1]) + 1 if at else 0, one)
    return placed


def _settled(remarks: Remarks, standing: set[Path]) -> Remarks:
    """The remarks on what is gone moved to what followed it."""
    above: dict[Path, list[str]] = {}
    homeless: list[str] = []
    for path, lines in remarks.above.items():
        if path in standing:
            above[path], homeless = [*homeless, *lines], []
            continue
        beside = remarks.beside.get(path, "").strip()
        homeless += [line for line in lines if line] + ([beside] if beside else [])
    beside_kept = {path: text for path, text in remarks.beside.items() if path in standing}
    return Remarks(above, beside_kept, [*homeless, *remarks.last], remarks.newline)


def _spots(node: Node, path: Path) -> Iterator[tuple[int, Path]]:
    """Each line that begins something, with what it begins, the outer first."""
    if isinstance(node, Group) and node.end is None:
        for key, value in node.nodes.items():
            yield node.keys[key].line, (*path, key)
            yield from _spots(value, (*path, key))
    elif isinstance(node, Rows) and node.end is None:
        for name, value in _named(node):
            yield value.line, (*path, name)
            yield from _spots(value, (*path, name))


def _named(rows: Rows) -> Iterator[tuple[str | int, Node]]:
    for at, node in enumerate(rows.nodes):
        texts = node.nodes.items() if isinstance(node, Group) else ()
        plain = {key: value.text for key, value in texts if isinstance(value, Text)}
        yield member(plain, at), node


def _covered(root: Node, lines: Sequence[str]) -> tuple[set[int], dict[int, int]]:
    """The lines inside texts of several lines; of the others where the last text ends."""
    inside: set[int] = set()
    ends: dict[int, int] = {}
    for node in _walk(root):
        if isinstance(node, Text):
            last = node.stop
            while last > node.line and not lines[last - 1].strip():
                last -= 1  # empty lines after a block are none of it
            inside.update(range(node.line + 1, last + 1))
            place: tuple[int, int] | None = (node.stop, node.column)
            if node.column == 0 and node.stop > node.line:
                place = None  # a block of lines, which ends with its last
        else:
            place = node.end
        if place:
            ends[place[0]] = max(place[1], ends.get(place[0], 0))
    return inside, ends


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Group):
        for key, value in node.nodes.items():
            yield node.keys[key]
            yield from _walk(value)
    elif isinstance(node, Rows):
        for value in node.nodes:
            yield from _walk(value)
