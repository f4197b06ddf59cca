"""Tables as spreadsheets save them: rows of cells from bytes, and cells that no program runs.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet
(https://owasp.org/www-community/attacks/CSV_Injection); an apostrophe before it makes it text.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SheetError

_ZIP = b"PK\x03\x04"
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: the line it begins on, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


def decoded(raw: bytes, place: Path) -> str:
    """The text of a table; SheetError for a workbook, or what is no UTF-8."""
    if raw.startswith(_ZIP):
        remedy = "save it as CSV (UTF-8)"
        raise SheetError(place, "is a workbook, not a table as text", remedy=remedy)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SheetError(place, "is not UTF-8", line=line, remedy="save it as UTF-8 CSV") from error


def read_rows(text: str, place: Path) -> list[Cells]:
    """The rows of a table, the first names the columns; cells are apart by the mark it has most."""
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Cells] = []
    last = 0
    try:
        for cells in reader:
            found.append(Cells(last + 1, tuple(cells)))
            last = reader.line_num
    except csv.Error as error:
        reason = f"is no whole table: {error}"
        raise SheetError(place, reason, line=reader.line_num, remedy="save it again") from error
    return found


def table(names: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table as CSV, with no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([as_text(cell) for cell in cells] for cells in lines)
    return out.getvalue()


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """The cell that ``as_text`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
