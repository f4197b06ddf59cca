"""Text into placed glyphs with HarfBuzz, and placed glyphs into a mask with its rasteriser.

Positions stay fractions of a pixel to the end, and no library of the system takes part, so the
pixels are the same everywhere. https://harfbuzz.github.io/harfbuzz-hb-raster.html
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import uharfbuzz
from PIL import Image

from bot.cards.fonts import Font

_FEATURES = {"kern": True, "liga": True}
_TABULAR = {"kern": True, "liga": True, "tnum": True, "lnum": True}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph at ``x``, ``y`` (em, from the run's origin), drawn for the character ``cluster``."""

    id: int
    cluster: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped text of one font; ``width`` is its advance in em."""

    text: str
    font: Font
    glyphs: tuple[Glyph, ...]
    width: float

    def left(self) -> float:
        """Where the ink of the first glyph begins, in em."""
        glyph = self.glyphs[0]
        extents = self.font.face.get_glyph_extents(glyph.id)
        return glyph.x + (extents.x_bearing / self.font.upem if extents else 0.0)

    def starts(self) -> dict[int, float]:
        """Per character that begins a glyph, its place in em."""
        return {glyph.cluster: glyph.x for glyph in reversed(self.glyphs)}

    def part(self, first: int, last: int | None = None) -> "Run":
        """Some of the glyphs, where they were."""
        return replace(self, glyphs=self.glyphs[first:last])


def shape(text: str, font: Font, *, tabular: bool = False) -> Run:
    """The text as glyphs, kerned and ligated; ``tabular`` gives figures of one width."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.language = "en"  # else HarfBuzz takes the machine's
    buffer.guess_segment_properties()
    uharfbuzz.shape(font.face, buffer, _TABULAR if tabular else _FEATURES)
    glyphs, pen = [], 0
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x, y = (pen + position.x_offset) / font.upem, position.y_offset / font.upem
        glyphs.append(Glyph(glyph.codepoint, glyph.cluster, x, y))
        pen += position.x_advance
    return Run(text, font, tuple(glyphs), pen / font.upem)


def missing(text: str, font: Font) -> str:
    """The first character the font has no glyph for, or nothing."""
    glyphs = shape(text, font).glyphs if text else ()
    return next((text[glyph.cluster] for glyph in glyphs if glyph.id == 0), "")


def mask(
    placed: Iterable[tuple[Run, float, float, float]],
) -> tuple[Image.Image, tuple[int, int]]:
    """The coverage (8 bit) of runs, and where its upper left corner lies.

    Each run comes with its size, x and baseline in pixels.
    """
    draw = uharfbuzz.RasterDraw()
    for run, size, x, baseline in placed:
        scale = size / run.font.upem
        for glyph in run.glyphs:
            draw.transform = (scale, 0, 0, scale, x + glyph.x * size, glyph.y * size - baseline)
            draw.draw_glyph(run.font.face, glyph.id)
    image = draw.render()
    box = image.extents
    coverage = Image.frombytes(
        "L", (box.width, box.height), image.buffer, "raw", "L", box.stride, -1
    )
    return coverage, (box.x_origin, -box.y_origin - box.height)
