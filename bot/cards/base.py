"""What a card template is given and gives back: words and fonts in, boxes and lines out.

To add a template:

1. Write ``bot/cards/<name>.py``: a function from ``Words`` and ``Fonts`` to a ``Layout``.
2. End the file in one value, ``NAME = Template("<name>", width, height, layout)``.
3. Add it to ``TEMPLATES`` in ``bot/cards/__init__.py``; the tests of the family pick it up.

All places are pixels from the upper left corner.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

from bot.cards.alt import Words
from bot.cards.background import RGB, Background
from bot.cards.fonts import Font
from bot.cards.shape import Run

Ink = Literal["quote", "accent", "name", "talk", "track"]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a look; ``quote_fallback`` draws a quote that ``quote`` lacks letters for."""

    quote: Font
    quote_fallback: Font
    name: Font
    talk: Font


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a look."""

    name: str
    background: Background
    inks: dict[Ink, RGB]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where its origin lies, how large (pixels per em) and in which ink."""

    run: Run
    size: float
    x: float
    baseline: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with round ends, or its outline; as wide as high it is a dot."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    outline: float = 0.0


@dataclass(frozen=True, slots=True)
class Triangle:
    """A play mark pointing right, ``height`` high and 0.9 of that wide."""

    x: float
    y: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything on a card; nothing overlaps."""

    lines: tuple[Line, ...]
    shapes: tuple[Bar | Triangle, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A card layout with its size in pixels."""

    name: str
    width: int
    height: int
    layout: Callable[[Words, Fonts], Layout]


@dataclass(frozen=True, slots=True)
class Look:
    """A template in a theme, ready to draw.

    ``palette`` serves a flat theme; ``ground`` is the gradient of one that is not.

    ``digest`` changes with everything here that changes a pixel.
    """

    template: Template
    theme: Theme
    fonts: Fonts
    digest: str
    palette: bytes = field(repr=False)
    ground: Image.Image | None = field(default=None, repr=False)
