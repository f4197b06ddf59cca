"""A layout drawn: coverage masks per ink, then an indexed PNG or, on a picture, a JPEG."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from operator import attrgetter

from PIL import Image, ImageChops, ImageDraw

from bot.cards.base import Area, Bar, Ink, Layout, Line, Look, Modules, Shape, Theme, Triangle
from bot.cards.fonts import Font
from bot.cards.metadata import jpeg, png
from bot.cards.shape import mask
from bot.errors import CardError

_INKS: tuple[Ink, ...] = ("quote", "accent", "name", "talk", "track")
_LEVELS = 51  # five inks and the ground share 256 palette entries
_FINE = 4  # Pillow draws hard edges: shapes are drawn larger and reduced
_REPEATED = ("name", "talk")  # inks of lines that cards have in common
_QUALITIES = (92, 85, 76, 66, 55)
_AREA_COLOR = (255, 0, 110)

_Mask = tuple[Ink, Image.Image, tuple[int, int]]


def paint(
    layout: Layout,
    look: Look,
    alt: str,
    *,
    lossy: bool = False,
    max_bytes: int = 0,
    areas: bool = False,
) -> bytes:
    """The file's bytes, sRGB, with the alt text inside.

    An indexed PNG on a flat ground, of full colour with pictures on it; a JPEG if ``lossy``. More
    than ``max_bytes`` (if given) is brought below by the quality of the JPEG. ``areas`` draws
    where the boxes of the template lie.
    """
    masks = list(_masks(layout))
    if not lossy and not layout.pictures and not areas and look.ground is None:
        data = png(_indexed(masks, look), alt, look.palette)
        if not max_bytes or len(data) <= max_bytes:
            return data
    image = _full(masks, layout, look)
    if areas:
        _draw_areas(image, layout.areas)
    if not lossy:
        data = png(image, alt)
        if not max_bytes or len(data) <= max_bytes:
            return data
    for quality in _QUALITIES:
        data = jpeg(image, alt, quality)
        if not max_bytes or len(data) <= max_bytes:
            return data
    raise CardError(
        f"the card has {len(data) // 1000} kB, more than the {max_bytes // 1000} kB allowed",
        remedy="choose a flat theme, or allow more with card.max_kb in config.yaml",
    )


def _masks(layout: Layout) -> Iterator[_Mask]:
    lines = sorted(layout.lines, key=attrgetter("ink"))
    for ink, of_ink in groupby(lines, key=attrgetter("ink")):
        if ink in _REPEATED:
            yield from ((ink, *_line_mask(line)) for line in of_ink)
        else:
            yield ink, *mask([(line.run, line.size, line.x, line.baseline) for line in of_ink])
    for shape in layout.shapes:
        yield shape.ink, *_shape_mask(shape)


@lru_cache(maxsize=128)
def _line_mask(line: Line) -> tuple[Image.Image, tuple[int, int]]:
    """A line of the source: the cards of a talk have it in common."""
    return mask([(line.run, line.size, line.x, line.baseline)])


@lru_cache(maxsize=128)
def _shape_mask(shape: Shape) -> tuple[Image.Image, tuple[int, int]]:
    """A shape's coverage and where its upper left corner lies."""
    if isinstance(shape, Modules):
        return _modules_mask(shape), (round(shape.x), round(shape.y))
    left, top = int(shape.x) - 1, int(shape.y) - 1
    width = 0.9 * shape.height if isinstance(shape, Triangle) else shape.width
    large = Image.new("L", (_FINE * int(width + 4), _FINE * int(shape.height + 4)))
    draw = ImageDraw.Draw(large)
    x, y = (shape.x - left) * _FINE, (shape.y - top) * _FINE
    right, bottom = x + width * _FINE - 1, y + shape.height * _FINE - 1
    if isinstance(shape, Triangle):
        draw.polygon([(x, y), (right, (y + bottom) / 2), (x, bottom)], fill=255)
    else:
        _draw_bar(draw, shape, (x, y, right, bottom))
    return large.reduce(_FINE), (left, top)


def _draw_bar(draw: ImageDraw.ImageDraw, bar: Bar, box: tuple[float, float, float, float]) -> None:
    radius = min(bar.width, bar.height) * _FINE / 2
    draw.rounded_rectangle(box, radius, fill=255)
    if bar.outline:
        edge = bar.outline * _FINE
        inner = (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge)
        draw.rounded_rectangle(inner, radius - edge, fill=0)


def _modules_mask(code: Modules) -> Image.Image:
    """The modules of a QR code, or the panel that they are left out of."""
    pixels = bytes(255 * (dark != code.panel) for row in code.rows for dark in row)
    small = Image.frombytes("L", (len(code.rows), len(code.rows)), pixels)
    return small.resize(
        (small.width * code.side, small.height * code.side), Image.Resampling.NEAREST
    )


def _indexed(masks: list[_Mask], look: Look) -> Image.Image:
    """Each ink has its own run of palette entries, from the ground's colour to its own."""
    image = Image.new("L", (look.template.width, look.template.height))
    for ink, coverage, (x, y) in masks:
        entries = coverage.point(_ENTRIES[ink])
        box = (x, y, x + entries.width, y + entries.height)
        image.paste(ImageChops.lighter(entries, image.crop(box)), box)
    return image


def _full(masks: list[_Mask], layout: Layout, look: Look) -> Image.Image:
    size = (look.template.width, look.template.height)
    image = (
        look.ground.copy() if look.ground else Image.new("RGB", size, look.theme.background.start)
    )
    for ink, coverage, (x, y) in masks:
        box = (x, y, x + coverage.width, y + coverage.height)
        image.paste(look.theme.inks[ink], box, coverage)
    for line in layout.lines:
        _draw_pictures(image, line)
    for placed in layout.pictures:
        image.paste(placed.image, (placed.x, placed.y), placed.image)
    return image


def _draw_pictures(image: Image.Image, line: Line) -> None:
    """The glyphs of a line that are coloured pictures."""
    for glyph in line.run.glyphs:
        extents = glyph.font.pictures and glyph.font.face.get_glyph_extents(glyph.id)
        if not extents:
            continue
        scale = line.size * glyph.font.scale / glyph.font.upem
        width, height = round(extents.width * scale), round(-extents.height * scale)
        picture = _picture(glyph.font, glyph.id).resize((width, height), Image.Resampling.LANCZOS)
        x = line.x + glyph.x * line.size + extents.x_bearing * scale
        y = line.baseline - glyph.y * line.size - extents.y_bearing * scale
        image.paste(picture, (round(x), round(y)), picture)


@lru_cache(maxsize=256)
def _picture(font: Font, glyph: int) -> Image.Image:
    data = font.face.get_glyph_color_png(glyph).data
    with Image.open(BytesIO(data), formats=("PNG",)) as opened:
        return opened.convert("RGBA")


def has_pictures(layout: Layout) -> bool:
    """Whether the card needs more colours than its inks have."""
    glyphs = (glyph for line in layout.lines for glyph in line.run.glyphs)
    return bool(layout.pictures) or any(glyph.font.pictures for glyph in glyphs)


def _draw_areas(image: Image.Image, areas: tuple[Area, ...]) -> None:
    """The outlines of a template's boxes with their names."""
    draw = ImageDraw.Draw(image)
    for area in areas:
        box = (area.x, area.y, area.x + area.width, area.y + area.height)
        draw.rectangle(box, outline=_AREA_COLOR, width=3)
        label = f"{area.name}  {area.x:.0f}, {area.y:.0f}  {area.width:.0f} × {area.height:.0f}"
        width = draw.textlength(label) + 12
        draw.rectangle((area.x, area.y, area.x + width, area.y + 18), fill=_AREA_COLOR)
        draw.text((area.x + 6, area.y + 3), label, fill=(255, 255, 255))


def palette(theme: Theme) -> bytes:
    """RGB entries: the ground, then per ink the mixtures from nearly ground to the ink itself."""
    ground = theme.background.start
    entries = bytearray(ground)
    for ink in _INKS:
        for step in range(1, _LEVELS + 1):
            entries.extend(
                round(under + (over - under) * step / _LEVELS)
                for under, over in zip(ground, theme.inks[ink], strict=True)
            )
    return bytes(entries)


def _entries(ink: Ink) -> list[int]:
    """Coverage 0–255 to the palette entry of an ink."""
    first = 1 + _INKS.index(ink) * _LEVELS
    steps = (round(coverage * _LEVELS / 255) for coverage in range(256))
    return [first + step - 1 if step else 0 for step in steps]


_ENTRIES = {ink: _entries(ink) for ink in _INKS}
