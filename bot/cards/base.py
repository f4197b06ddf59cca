"""What a card template is given and gives back: words and fonts in, lines and shapes out.

To add a template of another size, add a ``Frame`` in ``bot/cards/frames.py``. One that is set
otherwise is a function from ``Words`` and ``Fonts`` to ``Layout``s and a value
``NAME = Template("<name>", width, height, pages)``, added to ``TEMPLATES`` in
``bot/cards/__init__.py``; the tests of the family pick it up.

All places are pixels from the upper left corner.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PIL import Image

from bot.cards.alt import Words
from bot.cards.background import RGB, Background
from bot.cards.shape import Run
from bot.cards.typeface import Typeface

Ink = Literal["quote", "accent", "name", "talk", "track"]
MarkStyle = Literal["hanging", "large"]
Align = Literal["start", "center", "end"]
Valign = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a look and how it sets a quote.

    ``leading`` is the step from line to line in em. ``marks`` hang into the margin on both ends,
    or one large mark stands above the quote. ``dark`` says that the ground is darker than the ink.
    """

    quote: Typeface
    name: Typeface
    talk: Typeface
    leading: float = 1.16
    marks: MarkStyle = "hanging"
    dark: bool = True


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
    """A mark pointing right, ``height`` high and 0.9 of that wide: play, or turn the page."""

    x: float
    y: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Modules:
    """A QR code: its dark modules row by row, ``side`` pixels a module, left out of a panel."""

    x: float
    y: float
    side: int
    rows: tuple[tuple[bool, ...], ...]
    panel: bool
    ink: Ink


Shape = Bar | Triangle | Modules


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture (RGBA) in its size, and its upper left corner."""

    image: Image.Image = field(repr=False)
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a card by its name, and how a text stands in it.

    At the ``start`` text stands where it is read from: left, or right in scripts from the right.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    align: Align = "start"
    valign: Valign = "middle"

    def start_of(self, height: float) -> float:
        """Where something so high begins."""
        share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[self.valign]
        return self.y + (self.height - height) * share


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything on one image; nothing overlaps."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...] = ()
    pictures: tuple[Placed, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Overrides:
    """A person's own colours and fonts over any theme's, and their brand kit.

    ``path`` and ``lines`` say where each stands: (group, key) to the line.
    """

    colors: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    brand: Mapping[str, str] = field(default_factory=dict)
    path: Path = Path("config.yaml")
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A card layout with its size in pixels; ``pages`` gives one to four images."""

    name: str
    width: int
    height: int
    pages: Callable[[Words, Fonts], list[Layout]]


@dataclass(frozen=True, slots=True)
class Order:
    """What a look is loaded from: small enough to be sent to another process.

    ``user_folder`` has a person's own fonts, themes and templates; ``alone`` keeps to the theme's
    own fonts; ``max_bytes`` is the limit of a file, 0 for none.
    """

    template: str
    theme: str
    user_folder: Path | None
    overrides: Overrides
    alone: bool = False
    max_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """A template in a theme, ready to draw.

    ``palette`` serves a flat ground; ``ground`` is the image of one that is not. ``digest``
    changes with everything here that changes a pixel. ``order`` is how to load the look again.
    """

    template: Template
    theme: Theme
    fonts: Fonts
    digest: str
    order: Order
    palette: bytes = field(repr=False)
    ground: Image.Image | None = field(default=None, repr=False)
