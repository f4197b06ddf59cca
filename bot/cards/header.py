"""The upper part of a card: the brand's logo and handle, and which image of how many this is."""

from dataclasses import dataclass

from bot.cards.alt import Words
from bot.cards.base import Fonts, Line, Placed
from bot.cards.pictures import contained
from bot.cards.setting import Margins, hung
from bot.cards.shape import shape

_LOGO = 68  # pixels high
_WIDEST = 0.4  # of the card's inner width
_SIZE = 28
_GAP = 56


@dataclass(frozen=True, slots=True)
class Header:
    """Lines and pictures, and where they end, in pixels from the top."""

    lines: tuple[Line, ...]
    pictures: tuple[Placed, ...]
    bottom: float


def header(
    words: Words, fonts: Fonts, left: float, right: float, top: float, scale: float
) -> Header:
    """Logo, handle and page number between two margins; without them nothing at all."""
    note = " · ".join(part for part in (words.handle, words.page) if part)
    if not note and words.logo is None:
        return Header((), (), top)
    height = _LOGO * scale
    pictures: tuple[Placed, ...] = ()
    if words.logo:
        image = contained(words.logo, int((right - left) * _WIDEST), int(height))
        x = right - image.width if words.rtl else left
        pictures = (Placed(image, round(x), round(top)),)
        height = image.height
    lines: tuple[Line, ...] = ()
    if note:
        size = _SIZE * scale
        run = shape(note, fonts.talk)
        end = Margins(left, right, rtl=not words.rtl)
        middle = top + height / 2 if words.logo else top + size * run.font.cap_height / 2
        baseline = middle + size * run.font.cap_height / 2
        lines = (Line(run, size, hung(run, end, size, hang=False), baseline, "talk"),)
        height = height if words.logo else size * run.font.cap_height
    return Header(lines, pictures, top + height + _GAP * scale)
