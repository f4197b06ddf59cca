"""How ``benchmarks.kills`` looks at what a killed command left: the library, files, sheets."""

import gzip
import re
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from bot.errors import BotError
from bot.library import Library
from bot.library.sheets import export_sheets
from bot.library.sheets.files import as_sheet, read_text
from bot.store import open_store
from bot.store.files import is_damaged, journal_of

LIBRARY = Path("quotes/library.db")
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")  # of the harvest: each run has its own


def wrong_with(folder: Path) -> str:
    """What is wrong with the library; empty: it opens, and each quote is proved.

    Looked at is a copy, as opening one brings it up to date.
    """
    with TemporaryDirectory() as name:
        there = folder / LIBRARY
        for path in (there, journal_of(there)):
            if path.exists():
                shutil.copy(path, name)
        copy = Path(name) / LIBRARY.name
        if not copy.exists():
            return ""
        try:
            with open_store(copy) as store:
                wrong = [one.reason for one in Library(store).verify() if one.kind == "wrong"]
        except BotError as error:
            return str(error)
        return "is damaged" if is_damaged(copy) else "".join(wrong[:1])


def exported(folder: Path) -> Mapping[str, bytes]:
    """``library export`` of what is there, byte for byte but for the times of the harvest."""
    if not (folder / LIBRARY).exists():
        return {}
    with TemporaryDirectory() as name, open_store(folder / LIBRARY) as store:
        list(export_sheets(Library(store), [], Path(name), {}))
        return files_of(Path(name))


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder but hidden ones, by its place in it."""
    return {
        path.relative_to(folder).as_posix(): _TIME.sub(b"TIME", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def half_files(folder: Path) -> Iterator[str]:
    """The files under a final name that are no whole picture, sheet, packed text or database."""
    for path in sorted(folder.rglob("*")):
        look = _LOOKS.get(path.suffix)
        if look is None or path.name.startswith(".") or path == folder / LIBRARY:
            continue
        try:
            look(path)
        except (OSError, ValueError, EOFError, zlib.error, BotError) as error:
            yield f"{path.relative_to(folder)}: {error}"


def leftovers(folder: Path) -> list[Path]:
    """Hidden parts of files."""
    return list(folder.rglob(".*.part*"))


def _picture(path: Path) -> None:
    with Image.open(path) as image:
        image.load()


def _sheet(path: Path) -> None:
    if path.name != "config.yaml":
        as_sheet(read_text(path), path)


def _packed(path: Path) -> None:
    gzip.decompress(path.read_bytes())


def _database(path: Path) -> None:
    if is_damaged(path):
        raise ValueError("is damaged")
    with open_store(path, create=False) as store, store.read():
        pass


_LOOKS: Mapping[str, Callable[[Path], None]] = {
    ".png": _picture,
    ".yaml": _sheet,
    ".gz": _packed,
    ".db": _database,
}
