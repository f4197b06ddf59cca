"""What every renderer is asked to draw: our layout of each quote as plain texts and boxes.

``layout_of`` and ``placed`` are all that knows how our layout is made; change them with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

from bot import assets
from bot.cards import Look
from bot.cards.alt import write
from bot.cards.base import Bar, Layout, Line, Shape, Triangle
from bot.cards.fonts import Font
from bot.cards.shape import Glyph
from bot.model import Candidate, Talk

_NEAR = 0.2  # em that lines of one block may begin apart: letters hang out to be even to the eye


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text, ``\\n`` between them; ``top`` and ``leading`` (em) of line boxes as in CSS."""

    text: str
    font: str
    size: float
    x: float
    top: float
    color: str
    leading: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A bar with round ends, its frame when ``outline`` is not 0, or a triangle pointing right."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    color: str
    outline: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that stands on one card."""

    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]


def layout_of(quote: Candidate, talk: Talk, look: Look) -> Layout:
    """Where everything of a quote's card stands, as ``render`` would draw it."""
    return look.template.pages(write(quote, talk), look.fonts)[0]


def placed(lines: Iterable[Line]) -> Iterator[tuple[Line, Glyph, str]]:
    """Each stretch of text in one ink and one font: its line, first glyph and characters.

    Several lines may be parts of one run, such as an opening mark and what follows it.
    """
    for (_, text), parts in groupby(lines, key=lambda line: (line.baseline, line.run.text)):
        drawn = ((glyph, line) for line in parts for glyph in line.run.glyphs)
        in_order = sorted(drawn, key=lambda one: one[0].cluster)
        stretches = groupby(in_order, key=lambda one: (one[1].ink, one[0].font.name))
        firsts = [next(stretch) for _, stretch in stretches]
        ends = [glyph.cluster for glyph, _ in firsts[1:]] + [len(text)]
        for (glyph, line), end in zip(firsts, ends, strict=True):
            yield line, glyph, text[glyph.cluster : end]


def drawing(quote: Candidate, talk: Talk, look: Look) -> Drawing:
    """A quote's card as texts and boxes, in the order they are drawn."""
    layout = layout_of(quote, talk, look)
    inks = {ink: hexed(color) for ink, color in look.theme.inks.items()}
    texts = (
        Text(
            text=text,
            font=_family(glyph.font.name),
            size=line.size,
            x=line.x + glyph.x * line.size,
            top=line.baseline - (0.5 + _middle(glyph.font)) * line.size,
            color=inks[line.ink],
        )
        for line, glyph, text in placed(layout.lines)
    )
    boxes = (_box(shape, inks[shape.ink]) for shape in layout.shapes)
    return Drawing(tuple(merged(texts)), tuple(box for box in boxes if box))


def _box(shape: Shape, color: str) -> Box | None:
    if isinstance(shape, Triangle):
        return Box("triangle", shape.x, shape.y, 0.9 * shape.height, shape.height, color)
    if isinstance(shape, Bar):
        return Box("bar", shape.x, shape.y, shape.width, shape.height, color, shape.outline)
    return None  # no code to scan: our quotes here have no address


def merged(texts: Iterable[Text]) -> Iterator[Text]:
    """Lines below each other as one text, which every renderer draws faster than many."""
    block: list[Text] = []
    for text in texts:
        if block and not _continues(block, text):
            yield _block(block)
            block = []
        block.append(text)
    if block:
        yield _block(block)


def job(quotes: Sequence[Candidate], talk: Talk, look: Look) -> dict[str, object]:
    """The cards of all quotes for a renderer of another make, ready for JSON."""
    drawings = [drawing(quote, talk, look) for quote in quotes]
    ground = look.theme.background
    return {
        "width": look.template.width,
        "height": look.template.height,
        "ground": [hexed(ground.start)] + ([] if ground.flat else [hexed(ground.end)]),
        "fonts": font_files(drawings),
        "cards": [asdict(one) for one in drawings],
    }


def font_files(drawings: Iterable[Drawing]) -> dict[str, str]:
    """The file of each font drawn, by its family."""
    families = sorted({text.font for one in drawings for text in one.texts})
    found = {family: assets.find("fonts", f"{family}.ttf") for family in families}
    return {family: str(path.absolute()) for family, path in found.items() if path}


def hexed(color: tuple[int, int, int]) -> str:
    """A colour as CSS has it."""
    return "#" + bytes(color).hex()


def _continues(block: Sequence[Text], text: Text) -> bool:
    """Whether the text is the next line: looks the same, begins where it did, one step below."""
    first, last = block[0], block[-1]
    same = (text.font, text.size, text.color) == (first.font, first.size, first.color)
    step = block[1].top - first.top if len(block) > 1 else text.top - last.top
    beside = abs(text.x - first.x) < _NEAR * text.size
    return same and beside and step > 0 and abs(text.top - last.top - step) < 1


def _block(lines: Sequence[Text]) -> Text:
    """Lines as one text; what the leading adds stands half above a line and half below it."""
    first, size = lines[0], lines[0].size
    if len(lines) == 1:
        return first
    leading = (lines[1].top - first.top) / size
    left = sum(line.x for line in lines) / len(lines)
    text = "\n".join(line.text for line in lines)
    return replace(
        first, text=text, x=left, top=first.top - (leading - 1) / 2 * size, leading=leading
    )


def _middle(font: Font) -> float:
    """How far the middle between ascender and descender lies above the baseline, in em."""
    extents = font.face.get_font_extents("ltr")
    return float(extents.ascender + extents.descender) / 2 / font.upem


def _family(file: str) -> str:
    """A font file's name as the name of a family in CSS."""
    return Path(file).stem
