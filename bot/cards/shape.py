"""Text into placed glyphs with HarfBuzz: kerned, ligated, in the order in which they stand.

No library of the system takes part, so the places are the same everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz

from bot.cards import bidi
from bot.cards.fonts import Font
from bot.cards.typeface import Typeface

_FEATURES = {"kern": True, "liga": True}
_TABULAR = {"kern": True, "liga": True, "tnum": True, "lnum": True}


class Glyph(NamedTuple):
    """A glyph at ``x``, ``y`` (em, from the run's origin), drawn for the character ``cluster``."""

    id: int
    cluster: int
    x: float
    y: float
    font: Font

    def ink(self) -> tuple[float, float]:
        """Where its ink begins and ends, in em from the run's origin."""
        scale = self.font.scale / self.font.upem
        extents = self.font.face.get_glyph_extents(self.id)
        if not extents:
            return self.x, self.x
        left = self.x + extents.x_bearing * scale
        return left, left + extents.width * scale

    def end(self) -> float:
        """Where its advance ends without kerning to the next, in em from the run's origin."""
        advance = self.font.face.get_glyph_h_advance(self.id)
        return self.x + float(advance) * self.font.scale / self.font.upem


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped text as it stands from left to right; ``width`` is its advance in em.

    ``font`` is the first of the fonts it is drawn in, ``rtl`` says that it is read from the right.
    """

    text: str
    font: Font
    glyphs: tuple[Glyph, ...]
    width: float
    rtl: bool = False

    def starts(self) -> dict[int, float]:
        """Per character that begins a glyph, its place in em."""
        return {glyph.cluster: glyph.x for glyph in reversed(self.glyphs)}

    def ends(self) -> dict[int, float]:
        """Per space, where the word before it ends at the end of a line: not kerned to it."""
        return {
            space.cluster: before.end()
            for before, space in pairwise(self.glyphs)
            if self.text[space.cluster] == " " and before.end() > before.x
        }

    def part(self, wanted: Callable[[int], bool]) -> "Run":
        """The glyphs of the characters that are wanted, where they were."""
        return replace(self, glyphs=tuple(one for one in self.glyphs if wanted(one.cluster)))

    def extent(self) -> tuple[float, float]:
        """How far its ink rises above and falls below the baseline, in em, both positive."""
        boxes = [(glyph, glyph.font.face.get_glyph_extents(glyph.id)) for glyph in self.glyphs]
        tops = [glyph.y + box.y_bearing / glyph.font.upem for glyph, box in boxes if box]
        feet = [
            glyph.y + (box.y_bearing + box.height) / glyph.font.upem for glyph, box in boxes if box
        ]
        return max(tops, default=0.0), -min(feet, default=0.0)


@lru_cache(maxsize=1024)
def shape(
    text: str,
    typeface: Typeface,
    *,
    tabular: bool = False,
    rtl: bool | None = None,
    language: str = "",
) -> Run:
    """The text as glyphs, kerned and ligated, in the order in which it stands.

    ``tabular`` gives figures of one width; ``rtl`` is the way of the whole line, by default the
    way of its first letter. A character no font has is a ``CardError``.
    """
    leftward = bidi.runs_left(text) if rtl is None else rtl
    glyphs: list[Glyph] = []
    pen = 0.0
    for stretch in bidi.visual(text, rtl=leftward):
        part = text[stretch.start : stretch.end]
        found = typeface.pieces(part, language)
        for piece in reversed(found) if stretch.rtl else found:
            start, end = stretch.start + piece.start, stretch.start + piece.end
            pen = _shape(
                text[start:end],
                piece.font,
                glyphs,
                (start, pen),
                _TABULAR if tabular else _FEATURES,
                (stretch.rtl, language),
            )
    width = max(pen, 0.0)  # a broken font may lead back
    return Run(text, typeface.base(text), tuple(glyphs), width, leftward)


def _shape(
    text: str,
    font: Font,
    glyphs: list[Glyph],
    origin: tuple[int, float],
    features: dict[str, bool],
    way: tuple[bool, str],
) -> float:
    """Add the glyphs of a text in one font from a place on; returns where the next begins."""
    first, pen = origin
    rtl, language = way
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.language = language or "en"  # else HarfBuzz takes the machine's
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(font.face, buffer, features)
    em = font.scale / font.upem
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x, y = pen + position.x_offset * em, position.y_offset * em
        glyphs.append(Glyph(glyph.codepoint, first + glyph.cluster, x, y, font))
        pen += position.x_advance * em
    return pen
