"""What a change says of a quote: some of its columns, each with what it may hold. Pure."""

from collections.abc import Mapping
from types import UnionType
from typing import Any

EDIT: Mapping[str, type | UnionType] = {"kind": str, "at": int, "old": str, "new": str}
_COLUMNS = frozenset(
    (
        *("shown", "edits", "said", "start_ms", "end_ms", "approximate", "transcript", "language"),
        *("speaker", "role", "how", "confidence", "flags", "tags", "note"),
    )
)


def misfit(values: dict[str, Any], version: type) -> str | None:
    """The first column that no change has, or that cannot be so; None where all is well.

    ``version`` is the type a transcript goes by: a library's number, or a hash.
    """
    return next((name for name in values if not _fits(name, values[name], version)), None)


def _fits(column: str, value: Any, version: type) -> bool:
    if column not in _COLUMNS:
        return False
    if column in ("flags", "tags"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if column == "edits":
        return isinstance(value, list) and all(has_shape(one, EDIT) for one in value)
    if column in ("start_ms", "end_ms", "approximate"):
        return isinstance(value, int)
    if column == "confidence":
        return value is None or isinstance(value, int | float)
    if column == "transcript":
        return value is None or isinstance(value, version)
    return isinstance(value, str) or (value is None and column not in ("shown", "said", "note"))


def has_shape(one: object, shape: Mapping[str, type | UnionType]) -> bool:
    """Whether a stored object has these fields and no others, each of its type."""
    if not isinstance(one, dict) or one.keys() != shape.keys():
        return False
    return all(isinstance(one[name], kind) for name, kind in shape.items())
