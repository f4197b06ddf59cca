"""What a change says of a quote: some of its columns, each with what it may hold. Pure."""

from typing import Any

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
        return isinstance(value, list) and all(map(_is_edit, value))
    if column in ("start_ms", "end_ms", "approximate"):
        return isinstance(value, int)
    if column == "confidence":
        return value is None or isinstance(value, int | float)
    if column == "transcript":
        return value is None or isinstance(value, version)
    return isinstance(value, str) or (value is None and column not in ("shown", "said", "note"))


def _is_edit(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() == {"kind", "at", "old", "new"}
        and isinstance(one["at"], int)
        and all(isinstance(one[name], str) for name in ("kind", "old", "new"))
    )
