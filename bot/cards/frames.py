"""The shipped templates: one way to set a card, in the sizes that networks show.

Sizes: X 1600 × 900 and 1080 × 1350; Instagram 1080 × 1350, whose grid crops to 3:4; stories
1080 × 1920, where the app's own buttons cover the upper 250 and the lower 340 pixels; reels cover
14 % above, 35 % below and 6 % at the sides.
"""

from dataclasses import dataclass
from functools import partial

from bot.cards.alt import Words
from bot.cards.base import Area, Fonts, Layout, Template
from bot.cards.body import EDGE, body
from bot.cards.footer import footer
from bot.cards.header import header


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a card, the margins in pixels, and the sizes a quote may have.

    ``scale`` is how large everything but the quote is, beside the square card; ``edge`` are the
    pixels of both sides that not even a hanging mark enters.
    """

    name: str
    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    floor: int = 34
    cap: int = 124
    scale: float = 1.0
    edge: int = EDGE

    @property
    def inner_right(self) -> int:
        """The right edge of what is set."""
        return self.width - self.right

    @property
    def inner_bottom(self) -> int:
        """The lower edge of what is set."""
        return self.height - self.bottom


SQUARE = Frame("square", 1080, 1080, 100, 100, 100, 100, cap=132)
PORTRAIT = Frame("portrait", 1080, 1350, 100, 110, 100, 110, cap=136)
LANDSCAPE = Frame("landscape", 1600, 900, 120, 96, 120, 90, cap=140)
STORY = Frame("story", 1080, 1920, 100, 290, 100, 390, cap=138, scale=1.12)
REEL = Frame("reel", 1080, 1920, 128, 300, 128, 690, cap=134, scale=1.08, edge=66)
FRAMES = (SQUARE, PORTRAIT, LANDSCAPE, STORY, REEL)


def compose(
    frame: Frame, words: Words, fonts: Fonts, *, first: bool = True, last: bool = True
) -> Layout:
    """One image: the quote between what stands above it and its source.

    Of a quote over several images only the first has the opening mark, only the last the closing.
    """
    head = header(words, fonts, frame.left, frame.inner_right, frame.top, frame.scale)
    foot = footer(words, fonts, frame.left, frame.inner_right, frame.inner_bottom, frame.scale)
    area = Area(
        "quote", frame.left, head.bottom, frame.inner_right - frame.left, foot.top - head.bottom
    )
    sizes = frame.floor, frame.cap
    lines = body(words, fonts, area, sizes, first=first, last=last, edge=frame.edge)
    source = Area("source", frame.left, foot.top, area.width, frame.inner_bottom - foot.top)
    return Layout(
        (*lines, *head.lines, *foot.lines),
        foot.shapes,
        (*head.pictures, *foot.pictures),
        (area, source),
    )


def pages(frame: Frame, words: Words, fonts: Fonts) -> list[Layout]:
    """The card as its one image."""
    return [compose(frame, words, fonts)]


def template(frame: Frame) -> Template:
    """A frame as a template."""
    return Template(frame.name, frame.width, frame.height, partial(pages, frame))
