"""From a quote to a card's bytes: ours against Pillow 13 as tutorials use it."""

import sys
import textwrap
from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from benchmarks.timing import cpu_ms
from bot import assets
from bot.cards import Look, load_look, render
from bot.model import Quote, Talk

THEMES = ("midnight", "dusk")  # a flat ground, and a gradient
_SIDE, _MARGIN, _FOOTER = 1080, 100, 200
_LARGEST, _LEAST, _STEP = 96, 24, 2
_LINE = 28  # characters
# What is remembered of files, and of glyphs, as takumi remembers them too.
_OPENED = {"fonts", "pictures", "installed", "typeface", "breaking", "glyphs"}
_GROUND, _INK = "#181a34", "#f8f5ee"


def tutorial_card(quote: Quote, font_file: str) -> bytes:
    """A card as tutorials teach it: wrap by characters, shrink until it fits, save as PNG."""
    image = Image.new("RGB", (_SIDE, _SIDE), _GROUND)
    draw = ImageDraw.Draw(image)
    text = "\n".join(textwrap.wrap(f"“{quote.shown}”", _LINE))
    font = _fitting(draw, text, font_file)
    middle = (_SIDE / 2, (_SIDE - _FOOTER) / 2)
    draw.multiline_text(middle, text, fill=_INK, font=font, anchor="mm", align="center")
    small = ImageFont.truetype(font_file, 36)
    draw.text((_SIDE / 2, _SIDE - _FOOTER / 2), f"— {quote.speaker}", _INK, small, anchor="mm")
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _fitting(draw: ImageDraw.ImageDraw, text: str, font_file: str) -> ImageFont.FreeTypeFont:
    size = _LARGEST
    while True:
        font = ImageFont.truetype(font_file, size)
        left, top, right, bottom = draw.textbbox((0, 0), text, font=font, align="center")
        fits = right - left <= _SIDE - 2 * _MARGIN and bottom - top <= _SIDE - _MARGIN - _FOOTER
        if fits or size <= _LEAST:
            return font
        size -= _STEP


def tasks(quotes: Sequence[Quote], talk: Talk) -> dict[str, Callable[[], float]]:
    """Each contender with its clock: CPU milliseconds a card, over all the quotes."""
    font_file = str(assets.find("fonts", "NewsreaderDisplay-Medium.ttf"))
    ours = {f"square/{theme}": _ours(quotes, talk, load_look("square", theme)) for theme in THEMES}
    return {**ours, "tutorial": _each(quotes, lambda quote: tutorial_card(quote, font_file))}


def forget() -> None:
    """Empty what the renderer remembers of texts drawn: a quote is drawn once, not every round.

    What one card of a talk has in common with the next is remembered again within a round.
    """
    for name, module in list(sys.modules.items()):
        package, _, last = name.rpartition(".")
        if package != "bot.cards" or last in _OPENED:
            continue
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _ours(quotes: Sequence[Quote], talk: Talk, look: Look) -> Callable[[], float]:
    draw_all = _each(quotes, lambda quote: render(quote, talk, look))

    def fresh() -> float:
        forget()
        return draw_all()

    return fresh


def _each(quotes: Sequence[Quote], draw: Callable[[Quote], object]) -> Callable[[], float]:
    def draw_all() -> None:
        for quote in quotes:
            draw(quote)

    return lambda: cpu_ms(draw_all) / len(quotes)
