"""Cards and thumbnails that were drawn, kept in a folder that does not grow beyond its cap."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.cards.files import write_together
from bot.errors import InputError

_FULL = 0.9  # of the cap: so much is left after clearing


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of at most so many bytes; what was not asked for the longest goes first.

    It may be deleted at any time: everything in it can be drawn again.
    """

    folder: Path
    most: int

    def keep(self, files: dict[str, bytes]) -> None:
        """Keep files by their names; where the folder takes none, they are just not kept."""
        with suppress(InputError):
            write_together(self.folder, files)
            ignored = self.folder / ".gitignore"
            if not ignored.exists():
                write_together(self.folder, {ignored.name: b"*\n"})

    def touched(self, paths: list[Path]) -> None:
        """Say that files were asked for."""
        for path in paths:
            with suppress(OSError):
                path.touch()

    def trim(self) -> None:
        """Bring the folder below its cap."""
        found = []
        with suppress(OSError):
            for path in self.folder.iterdir():
                with suppress(OSError):
                    state = path.stat()
                    found.append((state.st_mtime_ns, state.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= self.most:
            return
        for _, size, path in sorted(found):
            if total <= self.most * _FULL:
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def thumbnail(self, card: Path, width: int) -> Path:
        """A card in a width of so many pixels, made once; ``InputError`` if it is no picture."""
        path = self.folder / f"{card.stem}-{width}w.jpg"
        if path.is_file():
            self.touched([path])
            return path
        try:
            with Image.open(card, formats=("PNG", "JPEG")) as opened:
                image = opened.convert("RGB")
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise InputError("is no card that can be read", place=str(card)) from error
        image.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
        file = BytesIO()
        image.save(file, "JPEG", quality=85)
        write_together(self.folder, {path.name: file.getvalue()})
        self.trim()
        return path
