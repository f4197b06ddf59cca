"""A card in named boxes: each part of it where a person's own artwork has room for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.cards.alt import Words
from bot.cards.background import RGB
from bot.cards.base import Area, Fonts, Ink, Layout, Line, Modules, Placed, Shape
from bot.cards.body import body
from bot.cards.fit import Box
from bot.cards.pictures import contained, cropped, round_portrait
from bot.cards.qr import modules
from bot.cards.setting import Margins, hung, paragraph, shortened
from bot.cards.shape import shape
from bot.cards.source import drawable, drawable_name
from bot.cards.typeface import Typeface
from bot.errors import CardError

INKS: dict[str, Ink] = {
    "quote": "quote", "speaker": "name", "role": "talk", "talk": "talk", "event": "talk",
    "time": "accent", "handle": "track",
}  # fmt: skip
_LEADING = 1.26


@dataclass(frozen=True, slots=True)
class Named:
    """A box and what is said of it."""

    area: Area
    smallest: float
    largest: float
    color: RGB | None
    round: bool
    line: int


def pages(boxes: tuple[Named, ...], words: Words, fonts: Fonts) -> list[Layout]:
    """The card as its one image; what has no box is left out."""
    lines: list[Line] = []
    pictures: list[Placed] = []
    shapes: list[Shape] = []
    for one in boxes:
        area, name = one.area, one.area.name
        if name == "quote":
            sizes = int(one.smallest), int(one.largest)
            with _told_by_box(one):
                lines += body(words, fonts, area, sizes)
        elif name in INKS:
            with _told_by_box(one):
                lines += _text(one, words, fonts)
        elif name == "code" and words.link:
            shapes.append(_code(one, words.link, fonts))
        else:
            pictures += _picture(one, words)
    return [Layout(tuple(lines), tuple(shapes), tuple(pictures), tuple(one.area for one in boxes))]


@contextmanager
def _told_by_box(one: Named) -> Iterator[None]:
    """What does not fit, said with the box it does not fit into."""
    try:
        yield
    except CardError as error:
        raise CardError(
            error.reason, place=f"the box “{one.area.name}”", remedy=error.remedy
        ) from error


def _code(one: Named, link: str, fonts: Fonts) -> Modules:
    """The QR code in its box; one that has no room there is refused."""
    area = one.area
    code = modules(link, min(area.width, area.height) * 0.9, dark=fonts.dark)
    side = code.side * len(code.rows)
    if side > min(area.width, area.height):
        raise CardError(
            f"is too small for this link, whose QR code needs {side} × {side} pixels",
            place="the box “code”",
            remedy="make it larger, or leave it out",
        )
    return replace(code, x=area.x, y=area.y)


def _text(one: Named, words: Words, fonts: Fonts) -> Iterator[Line]:
    """A line or two of the source in a box; a name is never shortened, a title is."""
    face = fonts.name if one.area.name in ("speaker", "time") else fonts.talk
    text = _source(one.area.name, words, face)
    if not text:
        return
    area, ink = one.area, INKS[one.area.name]
    box = Box(area.width, area.height, one.smallest, one.largest, _LEADING)
    if one.area.name not in ("speaker", "event", "time"):
        text = shortened(text, face, area.width / one.smallest)
    size, texts = paragraph(text, face, box, one.area.name)
    height = ((len(texts) - 1) * _LEADING + face.fonts[0].cap_height) * size
    top = area.start_of(height)
    for row, line in enumerate(texts):
        run = shape(line, face, tabular=one.area.name == "time")
        x = area.x + (area.width - run.width * size) / 2
        if area.align != "center":
            margins = Margins(area.x, area.x + area.width, words.rtl != (area.align == "end"))
            x = hung(run, margins, size, hang=False)
        baseline = top + face.fonts[0].cap_height * size + row * _LEADING * size
        yield Line(run, size, x, baseline, ink)


def _source(name: str, words: Words, face: Typeface) -> str:
    if name == "speaker":
        drawn = drawable_name(words.name, face)
        face.pieces(drawn)
        return drawn
    texts = {
        "role": words.role,
        "talk": words.title,
        "event": words.event,
        "time": words.clock,
        "handle": words.handle,
    }
    return drawable(texts[name], face)


def _picture(one: Named, words: Words) -> Iterator[Placed]:
    area = one.area
    width, height = int(area.width), int(area.height)
    if area.name == "photo" and words.photo:
        side = min(width, height)
        image = (
            round_portrait(words.photo, side) if one.round else cropped(words.photo, width, height)
        )
        yield Placed(image, int(area.x), int(area.y))
    if area.name == "logo" and words.logo:
        image = contained(words.logo, width, height)
        yield Placed(image, int(area.x), int(area.y + (height - image.height) / 2))
