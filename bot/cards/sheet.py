"""A contact sheet: many cards on one picture, in rows with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from bot.cards.background import RGB
from bot.cards.base import Look
from bot.cards.glyphs import mask
from bot.cards.shape import shape
from bot.cards.typeface import Typeface
from bot.model import Card

_GROUND, _INK, _FAINT = (236, 236, 239), (24, 25, 32), (104, 106, 118)
_EDGE, _GAP, _LABEL = 36, 20, 44  # pixels
_SIZE, _NOTE = 21, 17
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Row:
    """Cards beside one another under a name and a note; each has its own name below it."""

    name: str
    note: str
    cards: Sequence[tuple[str, Card]]


def sheet(rows: Sequence[Row], cell: int, look: Look) -> Image.Image:
    """The rows one below the other, every card ``cell`` pixels wide."""
    widest = max(len(row.cards) for row in rows)
    heights = [_LABEL + max(_height(card, cell) for _, card in row.cards) + _LABEL for row in rows]
    size = 2 * _EDGE + widest * (cell + _GAP) - _GAP, 2 * _EDGE + sum(heights)
    image = Image.new("RGB", size, _GROUND)
    y = _EDGE
    for row, height in zip(rows, heights, strict=True):
        after = _write(image, row.name, look.fonts.name, (_EDGE, y + _SIZE), _SIZE, _INK)
        _write(image, row.note, look.fonts.talk, (after + 12, y + _SIZE), _NOTE, _FAINT)
        for at, (name, card) in enumerate(row.cards):
            x = _EDGE + at * (cell + _GAP)
            high = _height(card, cell)
            with Image.open(BytesIO(card.data)) as opened:
                small = opened.convert("RGB").resize((cell, high), Image.Resampling.LANCZOS)
            image.paste(small, (x, y + _LABEL))
            below = y + _LABEL + high + _NOTE + 6
            _write(image, name, look.fonts.talk, (x, below), _NOTE, _FAINT)
        y += height
    return image


def encoded(image: Image.Image, suffix: str) -> bytes:
    """The sheet as a file: JPEG or PNG by its suffix."""
    file = BytesIO()
    if suffix.lower() in (".jpg", ".jpeg"):
        image.save(file, "JPEG", quality=_QUALITY, optimize=True)
    else:
        image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _height(card: Card, cell: int) -> int:
    return round(card.height * cell / card.width)


def _write(
    image: Image.Image, text: str, face: Typeface, at: tuple[float, float], size: int, ink: RGB
) -> float:
    """A label from a place on; returns where it ends."""
    run = shape(text, face)
    coverage, corner = mask([(run, size, *at)])
    image.paste(ink, (*corner, corner[0] + coverage.width, corner[1] + coverage.height), coverage)
    return at[0] + run.width * size
