"""Cards as files: a name that says what is drawn, and a card that is there is not drawn again."""

import hashlib
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path

from bot.errors import InputError
from bot.whole import part_of, write_whole

_TAIL = 12  # bytes
_ENDS = (b"IEND\xaeB`\x82", b"\xff\xd9")  # of a PNG, of a JPEG


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card in a folder; ``reused`` when it was there already."""

    path: Path
    alt: str
    reused: bool


def file_name(title: str, start_ms: int | None, drawn: str) -> str:
    """``small-libraries-32m36s-1f2e3d4c``; ``drawn`` is everything on the card as text."""
    digest = hashlib.sha256(drawn.encode()).hexdigest()[:8]
    parts = [_slug(title), "" if start_ms is None else _stamp(start_ms), digest]
    return "-".join(part for part in parts if part)


def is_whole(card: Path) -> bool:
    """Whether a card's file ends as it must: one that was cut short is no card."""
    with card.open("rb") as file:
        file.seek(-min(_TAIL, card.stat().st_size), SEEK_END)
        return file.read().endswith(_ENDS)


def make_writable(folder: Path) -> None:
    """Make the folder if needed and prove that cards can be written there, or ``InputError``.

    After a failure nothing is left behind, not even a folder on the way there.
    """
    proof, made = part_of(folder / "proof"), []
    try:
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        proof.write_bytes(b"writable")
        proof.unlink()
    except OSError as error:
        with suppress(OSError):
            proof.unlink(missing_ok=True)
        for path in made:
            with suppress(OSError):
                path.rmdir()
        raise _unwritable(folder, error) from error


def write_together(folder: Path, files: dict[str, bytes]) -> None:
    """All the files or none."""
    try:
        write_whole({folder / name: data for name, data in files.items()})
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"the card cannot be written: {error.strerror or error}",
        place=str(folder),
        remedy="choose another folder, or make room and give write permission",
    )


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:40].strip("-") or "quote"


def _stamp(start_ms: int) -> str:
    minutes, seconds = divmod(start_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes:02}m{seconds:02}s" if hours else f"{minutes}m{seconds:02}s"
