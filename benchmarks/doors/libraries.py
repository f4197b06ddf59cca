"""Library files with damaged bytes: opened, read, searched, proved, restored; whole or refused."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot.library import Library
from bot.library.sheets import export_sheets
from bot.store import open_store
from bot.store.backup import restore


def _made() -> bytes:
    path = prepared.folder() / "made.db"
    if not path.exists():
        with open_store(path) as store:
            prepared.fill(store)
    return path.read_bytes()


def _files() -> Sequence[Sample]:
    return [Sample("library.db", _made(), ("bytes", "library"))]


def _opened(name: str, raw: bytes) -> str:
    path = _placed(name, raw)
    with open_store(path, create=False) as store:
        library = Library(store)
        talks, quotes = library.talks(), library.quotes(limit=5)
        library.search("libraries", 5)
        library.verify()
        for quote in quotes[:2]:
            library.tag([quote.id], "Ed", prepared.NOW, add=["seen"])
        list(
            export_sheets(
                library, [one.id for one in talks][:1], path.parent / "out", {}, dry_run=True
            )
        )
    return "library"


def _backups() -> Sequence[Sample]:
    return [Sample("backup.db", _made(), ("bytes", "library"))]


def _restored(name: str, raw: bytes) -> str:
    path = _placed(name, raw)
    restore(path.with_name("restored.db"), path, prepared.NOW)
    with open_store(path.with_name("restored.db"), create=False) as store:
        Library(store).talks()
    return "backup"


def _placed(name: str, raw: bytes) -> Path:
    """A file in a folder that has nothing else."""
    place = prepared.folder() / "library"
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        if old.is_file():
            old.unlink()
    (place / name).write_bytes(raw)
    return place / name


LIBRARIES = Door("library-files", _files, _opened, share=4, seconds=10)
BACKUPS = Door("backups", _backups, _restored, share=3, seconds=10)
