"""The square card: the quote with its marks hung into the margin, its source and time below."""

from dataclasses import replace

from bot.cards.alt import Words
from bot.cards.base import Fonts, Layout, Line, Template
from bot.cards.fit import DESCENDER_EM, Box, fit
from bot.cards.footer import footer
from bot.cards.setting import font_for, measured, stacked

_SIDE, _MARGIN = 1080, 100
_FLOOR, _CAP, _LEADING = 34, 124, 1.16
_AIR = 0.03  # em between the opening mark and the first letter, beside their kerning
_BELOW = 0.75  # em kept free between the lowest descender and the source


def _layout(words: Words, fonts: Fonts) -> Layout:
    foot = footer(words, fonts, _MARGIN, _SIDE - _MARGIN, _SIDE - _MARGIN)
    return Layout((*_quote(words.quote, fonts, foot.top), *foot.lines), foot.shapes)


def _quote(text: str, fonts: Fonts, floor: float) -> list[Line]:
    """The quote between the top margin and the footer, centred from cap top to last baseline."""
    font = font_for(f"“{text}”", fonts.quote, fonts.quote_fallback)
    words = measured(f"“{text}”", font, begin=1)
    room = Box(_SIDE - 2 * _MARGIN, floor - _MARGIN, _FLOOR, _CAP, _LEADING, _BELOW)
    setting = fit(words, room, "quote")
    texts = [" ".join(word.text for word in words[slice(*span)]) for span in setting.lines]
    texts[0] = f"“{texts[0]}"
    height = ((len(texts) - 1) * _LEADING + font.cap_height) * setting.size
    lowest = floor - (DESCENDER_EM + _BELOW) * setting.size
    top = min((_MARGIN + floor - height) / 2, lowest - height)
    first = top + font.cap_height * setting.size
    return _inked(list(stacked(texts, font, setting.size, _MARGIN, first, _LEADING)))


def _inked(lines: list[Line]) -> list[Line]:
    """The lines with the outer quotation marks in the accent colour."""
    opening, lines[0] = _split(lines[0], 1)
    lines[-1], closing = _split(lines[-1], -1)
    opening = replace(opening, ink="accent", x=opening.x - _AIR * opening.size)
    return [opening, *lines, replace(closing, ink="accent")]


def _split(line: Line, at: int) -> tuple[Line, Line]:
    return replace(line, run=line.run.part(0, at)), replace(line, run=line.run.part(at))


SQUARE = Template("square", _SIDE, _SIDE, _layout)
