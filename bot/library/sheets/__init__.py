"""Sheets: the library as one readable text a talk, to keep under version control and to decide in.

``giving`` reads the library, ``fields`` and ``writing`` make text of it, ``remarks`` keeps what a
person wrote between the lines; ``nodes`` and ``keys`` read it back, ``merge`` decides what that
changes and ``taking`` does it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from bot.errors import InputError
from bot.library import Library
from bot.library.changes import Author
from bot.library.sheets import files
from bot.library.sheets.fields import tree_of
from bot.library.sheets.giving import barred_from, raw_of, sheet_from, speakers_from
from bot.library.sheets.sheet import Sheet
from bot.library.sheets.taking import Taken, Terms, pending, pending_barred, take, take_barred
from bot.library.sheets.wishes import Answers

__all__ = ["Answers", "Exported", "Taken", "export_sheets", "import_sheets", "sheet_text"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A sheet's file, whether it was written, and why it was left if it was.

    ``left`` names what a person wrote there and nobody imported.
    """

    path: Path
    changed: bool
    left: str | None = None


def export_sheets(
    library: Library,
    talks: Sequence[str],
    folder: Path,
    glossary: Mapping[str, str],
    *,
    dry_run: bool = False,
) -> Iterator[Exported]:
    """Write the sheets of talks (all, if none is named) into a folder, with their transcripts.

    A file is written only when it changes, and not over what a person wrote there since; with
    ``glossary``, that of the settings, their words are read.
    """
    names = [library.talk(name).id for name in talks] or [one.id for one in library.talks()]
    for name in names:
        yield _export(library, name, folder, glossary, dry_run=dry_run)
    if not talks:
        yield from _export_barred(library, folder, dry_run=dry_run)


def sheet_text(library: Library, talk: str) -> str:
    """The sheet of a talk as it would be written anew."""
    with library.store.read() as connection:
        return files.text_of_sheet(sheet_from(connection, talk))


def _export(
    library: Library, talk: str, folder: Path, glossary: Mapping[str, str], *, dry_run: bool
) -> Exported:
    path = folder / f"{talk}.yaml"
    old = _old(path)
    with library.store.read() as connection:
        sheet = replace(sheet_from(connection, talk), path=path)
        packs = {
            where: files.packed(raw_of(connection, talk, one.sha256))
            for one in sheet.versions
            if not (where := files.packed_path(folder, one.sha256)).exists()
        }
        text, left = _over(connection, sheet, old, glossary)
    if left:
        return Exported(path, changed=False, left=left)
    if not dry_run:
        for where, content in packs.items():
            files.write(where, content)
    return _written(path, old, text, dry_run=dry_run)


def _over(
    connection: Connection, sheet: Sheet, old: str | None, glossary: Mapping[str, str]
) -> tuple[str, str | None]:
    """The text of a sheet in place of the one it had; and what of that is not imported yet."""
    text = files.text_of_sheet(sheet)
    if old is None or old == text:
        return text, None
    before = files.as_sheet(old, sheet.path)
    if not isinstance(before, Sheet) or before.talk.id != sheet.talk.id:
        raise InputError("is no sheet of this talk", place=str(sheet.path), remedy="move it away")
    people = speakers_from(connection, [one.person.name for one in before.speakers])
    if left := next(pending(before, sheet, people, glossary), None):
        return old, left
    same = tree_of(before) == tree_of(sheet)
    return old if same else files.text_of_sheet(sheet, old), None


def _export_barred(library: Library, folder: Path, *, dry_run: bool) -> Iterator[Exported]:
    path = folder / files.TAKEN_DOWN
    old = _old(path)
    with library.store.read() as connection:
        barred = barred_from(connection)
    before = files.as_sheet(old, path) if old else ()
    if isinstance(before, Sheet):
        raise InputError("is the sheet of a talk", place=str(path), remedy="move it away")
    if left := next(pending_barred(before, barred), None):
        yield Exported(path, changed=False, left=left)
    elif barred or old is not None:
        text = files.text_of_barred(barred, old)
        yield _written(path, old, text, dry_run=dry_run)


def _old(path: Path) -> str | None:
    return files.read_text(path) if path.exists() or path.is_symlink() else None


def _written(path: Path, old: str | None, text: str, *, dry_run: bool) -> Exported:
    if old == text:
        return Exported(path, changed=False)
    if not dry_run:
        files.write(path, text.encode("utf-8"))
    return Exported(path, changed=True)


def import_sheets(
    library: Library,
    texts: Mapping[Path, str],
    author: Author,
    answers: Answers,
    glossary: Mapping[str, str],
    *,
    most_mb: int,
) -> tuple[Taken, ...]:
    """Bring sheets to the library, all of them or, on any error, nothing.

    ``most_mb`` is how large a transcript may be. Raises SheetError and NeedsPerson.
    """
    found = [files.as_sheet(text, path) for path, text in texts.items()]
    sheets = [one for one in found if isinstance(one, Sheet)]
    terms = Terms(
        author,
        answers,
        glossary,
        lambda sheet, version: files.unpacked(sheet, version, most_mb * 1_000_000),
    )
    with library.store.write() as connection:
        taken = [take(connection, sheet, terms) for sheet in sheets]
        for one in found:
            if not isinstance(one, Sheet):
                take_barred(connection, one)
    return tuple(taken)
