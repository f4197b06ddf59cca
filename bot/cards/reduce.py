"""A card made to fit what a network takes: its kind of file, its bytes, its pixels."""

from dataclasses import dataclass, field
from io import BytesIO
from math import sqrt

from PIL import Image

from bot.cards.metadata import jpeg
from bot.errors import CardError
from bot.model import Card

_QUALITIES = (92, 86, 78, 68)
_SMALLER = (1.0, 0.8, 0.6, 0.45)
_JPEG, _PNG = "image/jpeg", "image/png"


@dataclass(frozen=True, slots=True)
class Reduced:
    """A picture as it is uploaded."""

    data: bytes = field(repr=False)
    mime: str
    width: int
    height: int


def reduced(
    card: Card, *, max_bytes: int, max_pixels: int | None, mimes: tuple[str, ...]
) -> Reduced:
    """The card itself where it fits, else a JPEG of it, no smaller than needed; CardError."""
    mime = _PNG if card.data.startswith(b"\x89PNG") else _JPEG
    pixels = card.width * card.height
    fits = len(card.data) <= max_bytes and (max_pixels is None or pixels <= max_pixels)
    if fits and mime in mimes:
        return Reduced(card.data, mime, card.width, card.height)
    with Image.open(BytesIO(card.data)) as opened:
        image = opened.convert("RGB")
    most = min(1.0, sqrt(max_pixels / pixels)) if max_pixels else 1.0
    for scale in _SMALLER:
        width, height = (max(1, int(side * most * scale)) for side in image.size)
        same = (width, height) == image.size
        smaller = image if same else image.resize((width, height), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            data = jpeg(smaller, card.alt, quality)
            if len(data) <= max_bytes:
                return Reduced(data, _JPEG, width, height)
    raise CardError(
        f"the card cannot be brought below {max_bytes // 1000} kB",
        remedy="choose a flat theme for this account",
    )
