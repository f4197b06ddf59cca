"""Files written whole or not at all: under another name first, then renamed.

Who is killed meanwhile leaves a part behind, hidden, which nobody reads. The first write into a
folder clears away those that are older than an hour: nobody is at work on them any more.
"""

import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

LEFT_S = 3600  # since a part was last written to
_PART = re.compile(r"\..+\.[0-9a-f]{32}\.part(-journal)?")
_swept: set[Path] = set()


def part_of(target: Path) -> Path:
    """A name beside a file for as long as it is written; what killed runs left is cleared."""
    folder = target.parent
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)
    return folder / f".{target.name}.{uuid4().hex}.part"


def sweep(folder: Path, now: Callable[[], float] = time.time) -> None:
    """Remove parts that nobody has written to for an hour; what cannot be removed stays."""
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if _PART.fullmatch(one.name):
                with suppress(OSError):
                    if now() - one.stat(follow_symlinks=False).st_mtime > LEFT_S:
                        Path(one.path).unlink()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write these files, all or (``OSError``) none; their folders are made."""
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
    parts = {path: part_of(path) for path in files}
    try:
        for path, data in files.items():
            parts[path].write_bytes(data)
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
