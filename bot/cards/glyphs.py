"""Glyphs as small coverage masks, rasterised by HarfBuzz once and placed many times.

A glyph is kept at six fractions of a pixel from left to right, so that letters stand a twelfth
of a pixel from where they belong at most; baselines are whole pixels.
https://harfbuzz.github.io/harfbuzz-hb-raster.html
"""

from collections.abc import Iterable
from functools import lru_cache
from math import floor

import uharfbuzz
from PIL import Image

from bot.cards.fonts import Font
from bot.cards.shape import Run

_PHASES = 6
_FULL = 255

Placed = tuple[Run, float, float, float]  # a run, its size, x and baseline in pixels


def draw(image: Image.Image, placed: Placed, value: int) -> None:
    """Lay a run's coverage over an image of one channel, up to ``value`` where it covers all.

    Coloured pictures are left out.
    """
    lay = image.im.paste  # what Image.paste calls; its own checks take longer than laying
    for coverage, x, y in _masks(placed):
        lay(value, (x, y, x + coverage.width, y + coverage.height), coverage.im)


def mask(placed: Iterable[Placed]) -> tuple[Image.Image, tuple[int, int]]:
    """The coverage (8 bit) of runs, and where its upper left corner lies."""
    glyphs = [glyph for one in placed for glyph in _masks(one)]
    if not glyphs:
        return Image.new("L", (1, 1)), (0, 0)
    left, top = min(x for _, x, _ in glyphs), min(y for _, _, y in glyphs)
    right = max(x + coverage.width for coverage, x, _ in glyphs)
    bottom = max(y + coverage.height for coverage, _, y in glyphs)
    image = Image.new("L", (right - left, bottom - top))
    lay = image.im.paste
    for coverage, x, y in glyphs:
        box = (x - left, y - top, x - left + coverage.width, y - top + coverage.height)
        lay(_FULL, box, coverage.im)
    return image, (left, top)


def _masks(placed: Placed) -> Iterable[tuple[Image.Image, int, int]]:
    """Each glyph's coverage and its upper left corner in whole pixels."""
    run, size, x, baseline = placed
    for glyph in run.glyphs:
        if glyph.font.pictures:
            continue
        fine = floor((x + glyph.x * size) * _PHASES + 0.5)
        found = _rasterised(glyph.font, glyph.id, size, fine % _PHASES)
        if found:
            coverage, left, top = found
            yield coverage, fine // _PHASES + left, round(baseline - glyph.y * size) + top


@lru_cache(maxsize=6000)
def _rasterised(
    font: Font, glyph: int, size: float, phase: int
) -> tuple[Image.Image, int, int] | None:
    """A glyph's coverage so many fractions of a pixel to the right, and where its corner lies."""
    pen = uharfbuzz.RasterDraw()
    scale = size * font.scale / font.upem
    pen.transform = (scale, 0, 0, scale, phase / _PHASES, 0)
    pen.draw_glyph(font.face, glyph)
    image = pen.render()
    box = image.extents
    if not box.width or not box.height:
        return None
    size_of = (box.width, box.height)
    coverage = Image.frombytes("L", size_of, image.buffer, "raw", "L", box.stride, -1)
    return coverage, box.x_origin, -box.y_origin - box.height
