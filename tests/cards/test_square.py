"""The layout of the square card, measured in its boxes and lines."""

from itertools import product

import pytest
from samples import LOOKS, QUOTES, SHORT, TALK, UGLY, quote

from bot.cards import TEMPLATES
from bot.cards.alt import write
from bot.cards.base import Triangle
from bot.cards.setting import measured
from bot.cards.shape import mask, shape
from bot.errors import InputError
from bot.model import Talk

MARGIN, SIDE = 100, 1080
FONTS = LOOKS["midnight"].fonts
FUNCTION_WORDS = {"a", "an", "the", "of", "to", "in", "and", "or", "with", "for"}


def layout(text, talk=TALK, **changes):
    return TEMPLATES["square"].layout(write(quote(text, **changes), talk), FONTS)


def lines_of(text):
    return [line for line in layout(text).lines if line.ink == "quote"]


def ink_box(line):
    image, (x, y) = mask([(line.run, line.size, line.x, line.baseline)])
    left, top, right, bottom = image.getbbox()
    return x + left, y + top, x + right, y + bottom


def texts_of(text):
    """The lines of the quote as words, read back from the places where lines begin."""
    shown = write(quote(text), TALK).quote
    counts = [len({glyph.cluster for glyph in line.run.glyphs}) for line in lines_of(text)]
    pieces, rest = [], shown.split(" ")
    for line in lines_of(text):
        taken = 1
        while taken < len(rest) and shape(" ".join(rest[: taken + 1]), line.run.font).width <= (
            line.run.width + 0.55
        ):
            taken += 1
        pieces.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    assert not rest and len(counts) == len(pieces)
    return pieces
