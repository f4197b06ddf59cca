"""A layout drawn: coverage masks per ink, then an indexed PNG or, on a gradient, a JPEG."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from operator import attrgetter

from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from bot.cards.base import Bar, Ink, Layout, Look, Theme, Triangle
from bot.cards.shape import mask

_INKS: tuple[Ink, ...] = ("quote", "accent", "name", "talk", "track")
_LEVELS = 51  # five inks and the ground share 256 palette entries
_FINE = 4  # Pillow draws hard edges: shapes are drawn larger and reduced
_SRGB_PERCEPTUAL = b"\0"
_EXIF_TAG, _COLOR_SPACE, _SRGB = 0x8769, 0xA001, 1

_Mask = tuple[Ink, Image.Image, tuple[int, int]]


def paint(layout: Layout, look: Look) -> bytes:
    """The file's bytes: PNG on a flat ground, JPEG on a gradient; both sRGB."""
    masks = list(_masks(layout))
    return _png(masks, look) if look.ground is None else _jpeg(masks, look, look.ground)


def _masks(layout: Layout) -> Iterator[_Mask]:
    for ink, lines in groupby(layout.lines, key=attrgetter("ink")):
        yield ink, *mask([(line.run, line.size, line.x, line.baseline) for line in lines])
    for shape in layout.shapes:
        yield shape.ink, *_shape_mask(shape)


def _shape_mask(shape: Bar | Triangle) -> tuple[Image.Image, tuple[int, int]]:
    """A shape's coverage and where its upper left corner lies."""
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


def _png(masks: list[_Mask], look: Look) -> bytes:
    """Each ink has its own run of palette entries, from the ground's colour to its own."""
    image = Image.new("L", (look.template.width, look.template.height))
    for ink, coverage, (x, y) in masks:
        entries = coverage.point(_ENTRIES[ink])
        box = (x, y, x + entries.width, y + entries.height)
        image.paste(ImageChops.lighter(entries, image.crop(box)), box)
    image.putpalette(look.palette)
    info = PngImagePlugin.PngInfo()
    info.add(b"sRGB", _SRGB_PERCEPTUAL)
    file = BytesIO()
    image.save(file, "PNG", compress_level=3, pnginfo=info)
    return file.getvalue()


def _jpeg(masks: list[_Mask], look: Look, ground: Image.Image) -> bytes:
    image = ground.copy()
    for ink, coverage, (x, y) in masks:
        box = (x, y, x + coverage.width, y + coverage.height)
        image.paste(look.theme.inks[ink], box, coverage)
    exif = Image.Exif()
    exif[_EXIF_TAG] = {_COLOR_SPACE: _SRGB}
    file = BytesIO()
    image.save(file, "JPEG", quality=92, subsampling=0, exif=exif)
    return file.getvalue()


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
