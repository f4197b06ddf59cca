"""Text set into a width: words measured, lines hung into the margin, titles shortened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.cards import bidi, breaking
from bot.cards.base import Line
from bot.cards.fit import MAX_LINES, Box, Word, fit, height_of, least_width
from bot.cards.shape import Run, shape
from bot.cards.typeface import Typeface
from bot.cards.typography import NBSP

_HANGING = "“”‘’„‚«»‹([{¿¡「『"
_OVERHANG = dict.fromkeys("TVWY", 0.03) | dict.fromkeys("COQGSAcoedqg", 0.012) | {"j": 0.05}


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and right edge of text in pixels; ``rtl`` text stands at the right one."""

    left: float
    right: float
    rtl: bool = False


def measured(text: str, typeface: Typeface, *, begin: int = 0, language: str = "") -> list[Word]:
    """The words of the text, with their places in em; ``begin`` skips characters that hang."""
    pieces = breaking.pieces(text, begin, language)
    if bidi.has_left(text):
        return _measured_apart(text, pieces, typeface, language)
    run = shape(text, typeface, rtl=False, language=language)
    starts, ends = run.starts(), run.ends()
    words = []
    for first, last in pieces:
        end = ends.get(last, starts.get(last, run.width))
        words.append(Word(text[first:last], starts.get(first, end), end, first))
    return words


def _measured_apart(
    text: str, pieces: list[tuple[int, int]], typeface: Typeface, language: str
) -> list[Word]:
    """Each word by itself: on a line read from the right, places on a long one say nothing."""
    space = shape(" ", typeface).width
    words, pen, after = [], 0.0, None
    for first, last in pieces:
        pen += space if after is not None and after < first else 0.0
        width = shape(text[first:last], typeface, language=language).width
        words.append(Word(text[first:last], pen, pen + width, first))
        pen, after = pen + width, last
    return words


@lru_cache(maxsize=512)
def paragraph(text: str, typeface: Typeface, box: Box, what: str) -> tuple[float, tuple[str, ...]]:
    """The size and the lines of a text that takes as few of them as it can."""
    words = measured(text, typeface)
    counts = range(1, min(MAX_LINES, len(words)) + 1)
    fits = (k for k in counts if least_width(words, k) * box.floor <= box.width)
    fewest = next(fits, MAX_LINES)
    height = min(box.height, height_of(fewest, box.leading) * box.cap)
    setting = fit(words, replace(box, height=height), what)
    return setting.size, tuple(text[words[a].at : words[b - 1].stop] for a, b in setting.lines)


def hung(
    run: Run, margins: Margins, size: float, *, hang: bool = True, most: int | None = None
) -> float:
    """Where a line's origin goes so that its first letter stands at the margin to the eye.

    With ``hang``, opening marks before it stand in the margin, ``most`` of them or all.
    """
    first = len(run.text) - len(run.text.lstrip(_HANGING + NBSP)) if hang else 0
    first = first if most is None else min(first, most)
    letters = run.text[first:]
    glyphs = [glyph for glyph in run.glyphs if glyph.cluster >= first] or run.glyphs
    overhang = _OVERHANG.get(letters[:1], 0.0)
    if margins.rtl:  # the last glyph may be a mark on the one before it
        return margins.right - (max(one.ink()[1] for one in glyphs[-2:]) - overhang) * size
    return margins.left - (glyphs[0].ink()[0] + overhang) * size


def shortened(text: str, typeface: Typeface, em: float) -> str:
    """The text, or as many of its words as stand before a “…” within so many em."""
    run = shape(text, typeface)
    if run.width <= em:
        return text
    room = em - shape("…", typeface).width
    if bidi.has_left(text):
        cut = next(
            (n for n in range(len(text), 0, -1) if shape(text[:n], typeface).width <= room), 0
        )
    else:
        cut = max((cluster for cluster, x in run.starts().items() if x <= room), default=0)
    head = text[:cut].rsplit(" ", 1)[0] if " " in text[: cut + 1].strip() else text[:cut]
    return head.rstrip(" ,;:.–—-·|(") + "…"


def split(line: Line, kind_of: Callable[[int], str]) -> Iterator[tuple[Line, str]]:
    """The line as one of each kind of character, every glyph where it was."""
    kinds = dict.fromkeys(kind_of(glyph.cluster) for glyph in line.run.glyphs)
    for kind in kinds:
        yield replace(line, run=line.run.part(_is(kind, kind_of))), kind


def _is(kind: str, kind_of: Callable[[int], str]) -> Callable[[int], bool]:
    return lambda at: kind_of(at) == kind
