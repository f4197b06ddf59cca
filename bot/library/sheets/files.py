"""Sheets as files: read without being led elsewhere, written whole or not at all.

A transcript's bytes lie beside its sheet in ``transcripts/SHA256.gz``, packed the same every time.
"""

import gzip
import zlib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from bot.errors import LibraryError, SheetError
from bot.library.sheets.fields import HEADER, barred_of, barred_tree, sheet_of, tree_of
from bot.library.sheets.nodes import MOST_BYTES, Group, decoded, parsed
from bot.library.sheets.remarks import Remarks, arranged, remarks_of, written
from bot.library.sheets.sheet import Barred, Sheet, Version
from bot.library.sheets.writing import Tree, lines_of
from bot.whole import write_whole

TAKEN_DOWN = "taken_down.yaml"  # no talk has an id with an underscore
_FOLDER = "transcripts"


def text_of_sheet(sheet: Sheet, old: str | None = None) -> str:
    """The text of a sheet; remarks, and the order of keys, are those of the text it had."""
    return _text(tree_of(sheet), old, sheet.path)


def text_of_barred(barred: Sequence[Barred], old: str | None = None) -> str:
    """The text of the sheet of speakers taken down for good."""
    return _text(barred_tree(barred), old, Path(TAKEN_DOWN))


def _text(tree: dict[str, Tree], old: str | None, path: Path) -> str:
    if old is None:
        return written([*lines_of(tree)], Remarks({("sheet",): HEADER}))
    root = parsed(old, path)
    return written([*lines_of(arranged(tree, root))], remarks_of(old, root))


def read_text(path: Path) -> str:
    """The text of a sheet's file; SheetError for one that is no plain file, too large, no UTF-8."""
    if path.is_symlink():
        raise SheetError(path, "is a link to another file", remedy="give the file itself")
    if not path.is_file():
        reason = "is no file" if path.exists() else "there is no such file"
        raise SheetError(path, reason, remedy="`pullquote library export` makes sheets")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SheetError(path, f"cannot be read ({error.strerror})") from error
    return decoded(raw, path)


def as_sheet(text: str, path: Path) -> Sheet | tuple[Barred, ...]:
    """What a text holds: a talk with its quotes, or the speakers taken down."""
    root = parsed(text, path)
    return barred_of(root, path) if _is_barred(root) else sheet_of(root, path)


def _is_barred(root: Group) -> bool:
    return "taken-down" in root.nodes


def write(path: Path, content: bytes) -> None:
    """Put a file in its place at once; LibraryError when that cannot be."""
    if path.is_symlink():
        remedy = "move the link away"
        raise LibraryError("is a link to another file", place=str(path), remedy=remedy)
    try:
        write_whole({path: content})
    except OSError as error:
        reason, remedy = f"cannot be written ({error.strerror})", "name a folder with --to"
        raise LibraryError(reason, place=str(path), remedy=remedy) from error


def packed_path(folder: Path, sha256_hex: str) -> Path:
    """Where the bytes of a transcript lie, beside the sheets of a folder."""
    return folder / _FOLDER / f"{sha256_hex}.gz"


def packed(raw: bytes) -> bytes:
    """Bytes packed, the same every time."""
    return gzip.compress(raw, 9, mtime=0)


def unpacked(sheet: Sheet, version: Version, most_bytes: int) -> bytes:
    """The bytes of a transcript from beside its sheet; SheetError when they are not those."""
    path = packed_path(sheet.path.parent, version.sha256)

    def refused(reason: str) -> SheetError:
        remedy = f"put {path.name} as it was exported into {path.parent}"
        return SheetError(sheet.path, f"its transcript {reason}", line=version.line, remedy=remedy)

    if path.is_symlink() or not path.is_file():
        raise refused("is not beside the sheet")
    try:
        with gzip.open(path) as file:
            raw = file.read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(f"cannot be unpacked ({error})") from error
    if len(raw) > most_bytes:
        raise refused(f"is larger than {most_bytes // 1_000_000} MB")
    if sha256(raw).hexdigest() != version.sha256:
        raise refused("is not the one the sheet names")
    return raw
