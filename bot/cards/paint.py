"""A layout drawn: coverage masks per ink, then an indexed PNG or, on a picture, a JPEG."""

from functools import lru_cache
from io import BytesIO
from threading import get_ident

from PIL import Image, ImageChops, ImageDraw

from bot.cards.base import Area, Bar, Ink, Layout, Line, Look, Modules, Shape, Theme, Triangle
from bot.cards.fonts import Font
from bot.cards.glyphs import draw, mask
from bot.cards.metadata import jpeg, png, rows_of
from bot.errors import CardError

# The ground and five inks share 256 palette entries; the quote's begin after the ground.
_LEVELS: dict[Ink, int] = {"quote": 107, "accent": 37, "name": 37, "talk": 37, "track": 37}
_FINE = 4  # Pillow draws hard edges: shapes are drawn larger and reduced
_QUALITIES = (90, 84, 76, 66, 55)
_AREA_COLOR = (255, 0, 110)


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
    size = look.template.width, look.template.height
    if not (lossy or areas or look.ground or has_pictures(layout)):
        data = png(_indexed(layout, size), size, alt, look.palette)
        if not max_bytes or len(data) <= max_bytes:
            return data
    image = _full(layout, look)
    if areas:
        _draw_areas(image, layout.areas)
    if not lossy:
        data = png(rows_of(image), size, alt)
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


def _indexed(layout: Layout, size: tuple[int, int]) -> bytearray:
    """The rows of a PNG whose pixels are palette entries.

    Entries of the quote's ink begin at 0, the ground, so that laying it over the image mixes them
    as coverage does. Other inks have runs of their own. A column on the left is each row's filter.
    """
    rows, image, empty = _rows((size[0] + 1, size[1]), get_ident())
    rows[:] = empty
    others: list[tuple[Image.Image, tuple[int, int]]] = []
    for line in layout.lines:
        if line.ink == "quote":
            draw(image, (line.run, line.size, line.x + 1, line.baseline), _LEVELS["quote"])
        else:
            others.append(_line_entries(line))
    others += (_shape_entries(shape) for shape in layout.shapes)
    for entries, (x, y) in others:
        box = (x + 1, y, x + 1 + entries.width, y + entries.height)
        image.paste(ImageChops.lighter(entries, image.crop(box)), box)
    return rows


@lru_cache(maxsize=8)
def _rows(size: tuple[int, int], _thread: int) -> tuple[bytearray, Image.Image, bytes]:
    """Rows of a size, an image that draws into them, and what empties them.

    They are kept, as fresh memory costs more than all the drawing.
    """
    rows = bytearray(size[0] * size[1])
    image = Image.frombuffer("L", size, rows, "raw", "L", 0, 1)
    image.readonly = 0
    return rows, image, bytes(len(rows))


@lru_cache(maxsize=8)
def _sheet(size: tuple[int, int], _thread: int) -> Image.Image:
    return Image.new("RGB", size)


@lru_cache(maxsize=256)
def _line_entries(line: Line) -> tuple[Image.Image, tuple[int, int]]:
    """A line of the source as palette entries: the cards of a talk have it in common."""
    coverage, corner = mask([(line.run, line.size, line.x, line.baseline)])
    return _as_entries(coverage, line.ink), corner


@lru_cache(maxsize=256)
def _shape_entries(shape: Shape) -> tuple[Image.Image, tuple[int, int]]:
    coverage, corner = _shape_mask(shape)
    return _as_entries(coverage, shape.ink), corner


def _as_entries(coverage: Image.Image, ink: Ink) -> Image.Image:
    return Image.frombytes("L", coverage.size, coverage.tobytes().translate(_ENTRIES[ink]))


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


def _full(layout: Layout, look: Look) -> Image.Image:
    """The card in true colour, with its pictures."""
    size = (look.template.width, look.template.height)
    image = _sheet(size, get_ident())
    image.paste(look.ground or look.theme.background.start, (0, 0, *size))
    masks = [(one.ink, *mask([(one.run, one.size, one.x, one.baseline)])) for one in layout.lines]
    masks += [(one.ink, *_shape_mask(one)) for one in layout.shapes]
    for ink, coverage, corner in masks:
        solid = Image.new("RGB", coverage.size, look.theme.inks[ink])  # faster than a colour
        image.paste(solid, corner, coverage)
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
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as opened:
            return opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CardError(
            f"the font {font.name} has a broken picture", remedy="give another, or install it again"
        ) from error


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
    for ink, levels in _LEVELS.items():
        for step in range(1, levels + 1):
            entries.extend(
                round(under + (over - under) * step / levels)
                for under, over in zip(ground, theme.inks[ink], strict=True)
            )
    return bytes(entries)


def _entries(ink: Ink) -> bytes:
    """Coverage 0–255 to the palette entry of an ink."""
    levels, before = _LEVELS[ink], list(_LEVELS)[: list(_LEVELS).index(ink)]
    first = 1 + sum(_LEVELS[one] for one in before)
    steps = (round(coverage * levels / 255) for coverage in range(256))
    return bytes(first + step - 1 if step else 0 for step in steps)


_ENTRIES = {ink: _entries(ink) for ink in _LEVELS}
