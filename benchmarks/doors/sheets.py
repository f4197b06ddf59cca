"""Sheets: imported, written anew, proved and compared; their receipts and tombstones too."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot.library import Library
from bot.library.sheets import Answers, export_sheets, import_sheets
from bot.library.sheets.difference import difference
from bot.library.sheets.files import as_sheet, text_of_sheet
from bot.library.sheets.nodes import decoded
from bot.library.sheets.sheet import Sheet
from bot.library.sheets.standing import SheetProver

_BARRED = (
    b"sheet: 1\ntaken-down:\n  - name: Bo Marsh\n    at: 2026-11-27T09:00:00+00:00\n    who: Ed\n"
)


@cache
def _folder() -> Path:
    """The sheets of the library, with their transcripts beside them."""
    made = prepared.folder() / "sheets"
    with prepared.library() as library:
        list(export_sheets(library, [], made, {}))
    return made


def samples() -> Sequence[Sample]:
    """The sheet of the talk, one of few quotes, and one of speakers taken down."""
    (path,) = _folder().glob("*.yaml")
    raw = path.read_bytes()
    short = raw[: raw.index(b"\n  - id:", raw.index(b"\n  - id:", raw.index(b"quotes:") + 20) + 5)]
    kinds = ("bytes", "text", "yaml")
    return [
        Sample(path.name, raw, kinds),
        Sample("few.yaml", short + b"\n", kinds),
        Sample("taken_down.yaml", _BARRED, kinds),
    ]


def run(name: str, raw: bytes) -> str:
    """Bring it to the library, which must still be proved, and write it anew."""
    path = _folder() / name
    text = decoded(raw, path)
    found = as_sheet(text, path)
    with prepared.library() as library:
        taken = import_sheets(library, {path: text}, prepared.ED, Answers(True), {}, most_mb=8)
        list(export_sheets(library, [], prepared.folder() / "anew", {}, dry_run=True))
        _proved(library)
    if not isinstance(found, Sheet):
        return "taken down"
    difference(None, found)
    prover = SheetProver(found, {}, 8_000_000)
    for leaf in found.leaves[:2]:
        prover.judged(leaf)
    again = as_sheet(text_of_sheet(found, text), path)
    if isinstance(again, Sheet) and _plain(again) != _plain(found):
        raise AssertionError("a sheet written anew is another")
    return "with conflicts" if any(one.conflicts for one in taken) else "sheet"


def _plain(sheet: Sheet) -> Sheet:
    leaves = sorted((replace(one, line=0) for one in sheet.leaves), key=lambda one: one.quote.id)
    return replace(sheet, leaves=tuple(leaves))


def _proved(library: Library) -> None:
    if found := library.verify():
        raise AssertionError(f"not proved: {found[0].reason}")


DOOR = Door("sheets", samples, run, share=8, seconds=10)
