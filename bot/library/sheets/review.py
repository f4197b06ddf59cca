"""What a change to the sheets of a folder changes, and whether each quote of it was said.

Only the sheets and the transcripts beside them are read: a reviewer needs no library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SheetError
from bot.library.sheets.difference import Difference, Revised, difference
from bot.library.sheets.files import TAKEN_DOWN, as_sheet, read_text
from bot.library.sheets.nodes import decoded
from bot.library.sheets.revisions import commit_of, sheets_at
from bot.library.sheets.sheet import Barred, Sheet
from bot.library.sheets.standing import SheetProver
from bot.model import Quote, Status

SHOWN: tuple[Status, ...] = ("candidate", "approved")  # what people may be shown a card of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A changed quote as it is shown, and why it is not what its transcript says, if it is not."""

    revised: Revised
    quote: Quote
    wrong: str | None = None

    @property
    def shown(self) -> bool:
        """Whether a card of it may go out."""
        return self.quote.status in SHOWN


@dataclass(frozen=True, slots=True)
class ReviewedSheet:
    """A changed sheet with its changed quotes."""

    sheet: Sheet
    change: Difference
    quotes: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What changed since a commit: sheets, sheets that are gone, speakers taken down since."""

    commit: str
    sheets: tuple[ReviewedSheet, ...]
    gone: tuple[str, ...] = ()
    taken_down: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[Reviewed, ...]:
        """Every changed quote."""
        return tuple(quote for one in self.sheets for quote in one.quotes)

    @property
    def wrong(self) -> tuple[Reviewed, ...]:
        """The changed quotes that are not what their transcripts say."""
        return tuple(one for one in self.quotes if one.wrong)


def reviewed(folder: Path, base: str, glossary: Mapping[str, str], most_mb: int) -> Review:
    """Compare the sheets of a folder with those at a revision; raises SheetError, UsageError."""
    commit = commit_of(folder, base)
    before = sheets_at(folder, commit)
    now = {path.name: path for path in sorted(folder.glob("*.yaml"))}
    changed = []
    for name, path in now.items():
        text, old = read_text(path), before.get(name)
        if name == TAKEN_DOWN or (old is not None and decoded(old, path) == text):
            continue
        if one := _of_sheet(text, old, path, glossary, most_mb):
            changed.append(one)
    gone = tuple(sorted(set(before) - set(now)))
    return Review(commit, tuple(changed), gone, _taken_down(now, before))


def _of_sheet(
    text: str, old: bytes | None, path: Path, glossary: Mapping[str, str], most_mb: int
) -> ReviewedSheet | None:
    sheet = _talk_sheet(text, path)
    earlier = None if old is None else _talk_sheet(decoded(old, path), path)
    change = difference(earlier, sheet)
    prover = SheetProver(sheet, glossary, most_mb * 1_000_000)
    quotes = tuple(_judged(one, prover) for one in change.revised)
    return ReviewedSheet(sheet, change, quotes) if change else None


def _judged(revised: Revised, prover: SheetProver) -> Reviewed:
    leaf = revised.leaf
    if leaf.quote.status not in SHOWN:
        return Reviewed(revised, leaf.quote)
    return Reviewed(revised, *prover.judged(leaf))


def _talk_sheet(text: str, path: Path) -> Sheet:
    found = as_sheet(text, path)
    if not isinstance(found, Sheet):
        remedy = f"speakers taken down stand in {TAKEN_DOWN}"
        raise SheetError(path, "is no sheet of a talk", line=1, remedy=remedy)
    return found


def _taken_down(now: Mapping[str, Path], before: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the speakers that were not taken down before."""
    if TAKEN_DOWN not in now:
        return ()
    path = now[TAKEN_DOWN]
    old = _barred(decoded(before.get(TAKEN_DOWN, b""), path), path)
    return tuple(one.name for one in _barred(read_text(path), path) if one not in old)


def _barred(text: str, path: Path) -> tuple[Barred, ...]:
    found = as_sheet(text, path) if text else ()
    return () if isinstance(found, Sheet) else found
