"""Pictures of a person's own on a card: portrait, logo, artwork; opened with care."""

import hashlib
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from struct import error as StructError  # noqa: N812 - “error” says too little

from PIL import Image, ImageDraw, ImageOps

from bot.errors import InputError

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_MAX_SIDE = 4096  # what is larger is made smaller once
_MAX_PIXELS = 25_000_000  # of what cannot be made smaller while it is read
_MAX_MB = 40
_FINE = 4
_BROKEN = (  # what Pillow's readers raise over broken files, beside OSError
    OSError, ValueError, SyntaxError, EOFError, MemoryError, StructError, LookupError, TypeError,
    ArithmeticError, AttributeError,
)  # fmt: skip
_SEEN = 6  # of 255: so far apart two colours beside each other are told apart


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


def shows_box(picture: Picture, ground: tuple[int, int, int]) -> bool:
    """Whether a picture without a clear ground has edges that a ground shows."""
    if picture.transparent:
        return False
    image = picture.image.convert("RGB")
    wide, high = image.size
    edges = ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high))
    levels = b"".join(image.crop(edge).tobytes() for edge in edges)
    return any(
        abs(end - level) > _SEEN
        for channel, level in enumerate(ground)
        for end in (min(levels[channel::3]), max(levels[channel::3]))
    )


def open_picture(path: Path, what: str) -> Picture:
    """The picture in a file; ``InputError`` says why it cannot be used.

    ``what`` names its part: “photo”, “logo”. Pillow's limit on pixels holds, so that a small file
    cannot fill the memory.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "no file has such a name"
        raise _unusable(path, what, reason) from error
    if not S_ISREG(found.st_mode):
        raise _unusable(path, what, "it is no file")
    return _opened(path, what, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)  # of up to 67 MB each
def _opened(path: Path, what: str, _changed: int, size: int) -> Picture:
    if size > _MAX_MB * 1_000_000:
        raise _unusable(path, what, f"its {size // 1_000_000} MB are more than {_MAX_MB}")
    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd in a file that can be read
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as opened:
                _reduce(opened)
                image = _eight_bits(ImageOps.exif_transpose(opened)).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _unusable(path, what, "it has too many pixels") from error
    except _BROKEN as error:
        raise _unusable(path, what, "it is no picture, or cut short") from error
    return Picture(hashlib.sha256(data).hexdigest()[:16], image)


def _reduce(opened: Image.Image) -> None:
    """Make a picture smaller before it is turned and copied, each of which takes it all again.

    A JPEG is reduced while it is read; others are in the memory whole, WebP four times.
    """
    if opened.format != "JPEG" and opened.width * opened.height > _MAX_PIXELS:
        raise Image.DecompressionBombError
    if max(opened.size) > _MAX_SIDE:
        opened.thumbnail((_MAX_SIDE, _MAX_SIDE), reducing_gap=1.0)


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture with greys of 8 bits; Pillow would cut those of 16 off at white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")


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
        f"the {what} {path.name} cannot be used: {reason}",
        place=str(path),
        remedy="give a PNG or JPEG of at most 4096 pixels a side",
    )
