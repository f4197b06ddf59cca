"""Text set into a width: words measured, lines hung into the margin, titles shortened."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from bot.cards.base import Line
from bot.cards.fit import MAX_LINES, Box, Word, fit, height_of, least_widths
from bot.cards.fonts import Font
from bot.cards.shape import Run, missing, shape
from bot.errors import CardError

_HANGING = "“‘’„«([¿¡"
_OVERHANG = dict.fromkeys("TVWY", 0.03) | dict.fromkeys("COQGSAcoedqg", 0.012) | {"j": 0.05}


def font_for(text: str, *fonts: Font) -> Font:
    """The first font that has every letter of the text; a letter none has is an error."""
    for font in fonts:
        if not missing(text, font):
            return font
    character = missing(text, fonts[-1])
    name = unicodedata.name(character, "a character without a name")
    raise CardError(
        f"no font of this theme has “{character}” (U+{ord(character):04X}, {name.lower()})",
        remedy="name a font that has it under fonts in config.yaml, or take it out of the text",
    )


def measured(text: str, font: Font, *, begin: int = 0) -> list[Word]:
    """The words of the text, with their places in em; ``begin`` skips characters that hang."""
    run = shape(text, font)
    starts, words, first = run.starts(), [], begin
    for piece in text[begin:].split(" "):
        end = starts.get(first + len(piece), run.width)
        words.append(Word(piece, starts.get(first, end), end))
        first += len(piece) + 1
    return words


def paragraph(text: str, font: Font, box: Box, what: str) -> tuple[float, list[str]]:
    """The size and the lines of a text that takes as few of them as it can."""
    words = measured(text, font)
    fewest = next((k for k, em in least_widths(words) if em * box.floor <= box.width), MAX_LINES)
    height = min(box.height, height_of(fewest, box.leading) * box.cap)
    setting = fit(words, replace(box, height=height), what)
    pieces = text.split(" ")
    return setting.size, [" ".join(pieces[first:last]) for first, last in setting.lines]


def hung(run: Run, margin: float, size: float) -> float:
    """Where a line's origin goes so that its first letter stands at the margin to the eye."""
    letters = run.text.lstrip(_HANGING)
    skipped = len(run.text) - len(letters)
    first = next((i for i, glyph in enumerate(run.glyphs) if glyph.cluster >= skipped), 0)
    overhang = _OVERHANG.get(letters[:1], 0.0)
    return margin - (run.part(first).left() + overhang) * size


def shortened(text: str, font: Font, em: float) -> str:
    """The text, or as many of its words as stand before a “…” within so many em."""
    run = shape(text, font)
    if run.width <= em:
        return text
    room = em - shape("…", font).width
    cut = max((cluster for cluster, x in run.starts().items() if x <= room), default=0)
    head = text[:cut].rsplit(" ", 1)[0] if " " in text[: cut + 1].strip() else text[:cut]
    return head.rstrip(" ,;:.–—-·|(") + "…"


def stacked(
    texts: list[str], font: Font, size: float, margin: float, baseline: float, leading: float
) -> Iterator[Line]:
    """The lines of a quote one below the other, the first on ``baseline``."""
    for row, text in enumerate(texts):
        run = shape(text, font)
        x = hung(run, margin, size)
        yield Line(run, size, x, baseline + row * leading * size, "quote")
