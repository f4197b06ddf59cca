"""Pictures of a person's own on a card: portrait, logo, artwork; opened with care."""

import hashlib
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from bot.errors import InputError

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_MAX_SIDE = 4096  # what is larger is made smaller once
_MAX_MB = 40
_FINE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image (RGBA) and the hash of the file it came from, by which cards know it again."""

    digest: str
    image: Image.Image = field(repr=False)

    def __repr__(self) -> str:
        return f"Picture({self.digest})"

    @property
    def transparent(self) -> bool:
        """Whether any of it lets the ground through."""
        return self.image.getchannel("A").tobytes().strip(b"\xff") != b""


def open_picture(path: Path, what: str) -> Picture:
    """The picture in a file; ``InputError`` says why it cannot be used.

    ``what`` names its part: “photo”, “logo”. Pillow's limit on pixels holds, so that a small file
    cannot fill the memory.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise _unusable(path, what, error.strerror or str(error)) from error
    return _opened(path, what, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _opened(path: Path, what: str, _changed: int, size: int) -> Picture:
    if size > _MAX_MB * 1_000_000:
        raise _unusable(path, what, f"its {size // 1_000_000} MB are more than {_MAX_MB}")
    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as opened:
                image = ImageOps.exif_transpose(opened).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _unusable(path, what, "it has too many pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise _unusable(path, what, "it is no picture that can be read") from error
    image.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return Picture(hashlib.sha256(data).hexdigest()[:16], image)


def cropped(picture: Picture, width: int, height: int) -> Image.Image:
    """The middle of a picture at a size, nothing stretched; a little more of the upper part."""
    return ImageOps.fit(
        picture.image, (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4)
    )


def round_portrait(picture: Picture, side: int) -> Image.Image:
    """The picture in a circle of so many pixels."""
    image = cropped(picture, side, side)
    circle = Image.new("L", (side * _FINE, side * _FINE))
    ImageDraw.Draw(circle).ellipse((0, 0, side * _FINE - 1, side * _FINE - 1), fill=255)
    alpha = Image.composite(image.getchannel("A"), Image.new("L", image.size), circle.reduce(_FINE))
    image.putalpha(alpha)
    return image


def contained(picture: Picture, width: int, height: int) -> Image.Image:
    """The whole picture within a size."""
    return ImageOps.contain(picture.image, (width, height), Image.Resampling.LANCZOS)


def _unusable(path: Path, what: str, reason: str) -> InputError:
    return InputError(
        f"the {what} cannot be used: {reason}",
        place=str(path),
        remedy="give a PNG or JPEG of at most 4096 pixels a side",
    )
