"""Templates of a person's own: a background picture and named boxes in a small YAML file.

``assets/templates/NAME.yaml`` with the picture beside it::

    image: background.png      # its size is the card's
    scrim: 0.2                 # how much of the theme's background lies over it, 0 to 0.94
    boxes:
      quote: {x: 90, y: 120, width: 900, height: 640}
      speaker: {x: 90, y: 800, width: 600, height: 60, color: '#ffffff'}
      time: {x: 800, y: 800, width: 190, height: 60, align: end}

What has no box is not drawn. A color over the theme's must be legible on its part of the picture.
"""

from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import cast

from PIL import Image

from bot import assets
from bot.cards import contrast
from bot.cards.background import RGB, Background
from bot.cards.base import Align, Area, Ink, Template, Valign
from bot.cards.boxes import INKS, Named, pages
from bot.cards.strict import Setting, pairs, read_top, scalar
from bot.errors import ConfigError

_BOXES = ["quote", "speaker", "role", "talk", "event", "time", "handle", "photo", "logo", "code"]
_KEYS = ["x", "y", "width", "height", "align", "valign", "color", "smallest", "largest", "shape"]
_LEAST: dict[str, float] = {"quote": 7.0, "time": 3.0}
_READABLE = 4.5
_SIDES = (200, 4096)  # pixels of a card
_LARGEST = {"quote": 124, "speaker": 40, "time": 34}
_SMALLEST = {"quote": 34}


@dataclass(frozen=True, slots=True)
class Artwork:
    """A template with its picture, and per box the colour given and the line it stands in."""

    template: Template
    image: Image.Image = field(repr=False)
    digest: str
    scrim: float
    boxes: tuple[Named, ...]
    path: Path

    def inks(self, theme: dict[Ink, RGB]) -> dict[Ink, RGB]:
        """The theme's inks with the colours of the boxes."""
        own = {INKS[one.area.name]: one.color for one in self.boxes if one.color}
        return theme | {"track": theme["talk"]} | own

    def check(self, ground: Image.Image, inks: dict[Ink, RGB]) -> None:
        """Every text against the worst pixel under its box; what cannot be read is refused."""
        for one in self.boxes:
            ink = INKS.get(one.area.name)
            if ink is None:
                continue
            area = one.area
            part = ground.crop(
                (int(area.x), int(area.y), int(area.x + area.width), int(area.y + area.height))
            )
            ratio = contrast.worst(inks[ink], contrast.colors_of(part))
            least = _LEAST.get(area.name, _READABLE)
            if ratio < least:
                raise ConfigError(
                    self.path,
                    f"“{area.name}” has a contrast of {ratio:.1f}:1 with the picture under it, "
                    f"less than {least}:1",
                    line=one.line,
                    remedy="give the box another color, or the file more scrim",
                )


def load(path: Path) -> Artwork:
    """The template in a file; ``ConfigError`` has the line of what is wrong."""
    boxes: tuple[Named, ...] = ()
    image, digest, scrim = None, "", 0.0
    for key, line, node in read_top(path, ["image", "scrim", "boxes"], "the template"):
        if key == "boxes":
            boxes = tuple(_box(path, *one) for one in pairs(node, path, "boxes", _BOXES))
        elif key == "image":
            image, digest = _image(scalar(node, path, key, line))
        else:
            scrim = scalar(node, path, key, line).number(key, 0, 0.94)
    if image is None:
        raise ConfigError(path, "lacks “image”", remedy="name the picture that lies beside it")
    if not any(one.area.name == "quote" for one in boxes):
        remedy = "give it one: quote: {x: 90, y: 90, width: 900, height: 600}"
        raise ConfigError(path, "boxes lacks “quote”", remedy=remedy)
    _check_places(path, image, boxes)
    template = Template(path.stem, image.width, image.height, partial(pages, boxes))
    return Artwork(template, image, digest, scrim, boxes, path)


def find(name: str, user_folder: Path | None) -> Path | None:
    """The file of a person's own template."""
    return assets.find("templates", f"{name}.yaml", user_folder)


def ground(artwork: Artwork, background: Background) -> Image.Image:
    """The picture under as much of the theme's background as the file wants."""
    return Background(background.start, background.start, None, artwork.scrim).veiled(artwork.image)


def _image(setting: Setting) -> tuple[Image.Image, str]:
    path = assets.beside(setting.path.parent, setting.value)
    if path is None:
        raise setting.wrong(f"no picture “{setting.value}”", "put it beside this file")
    picture = setting.picture(path, "picture")
    least, most = _SIDES
    if not all(least <= side <= most for side in picture.image.size):
        width, height = picture.image.size
        raise setting.wrong(
            f"the picture has {width} × {height} pixels", f"a card has {least} to {most} a side"
        )
    return picture.image, picture.digest


def _box(path: Path, name: str, line: int, node: object) -> Named:
    said = {
        key: scalar(value, path, key, at)
        for key, at, value in pairs(node, path, name, _KEYS)  # type: ignore[arg-type]
    }
    for key in ("x", "y", "width", "height"):
        if key not in said:
            remedy = f"write “{key}: 90”, in pixels of the picture"
            raise ConfigError(path, f"the box “{name}” lacks “{key}”", line=line, remedy=remedy)
    x, y = (said[key].number(key, 0, _SIDES[1]) for key in ("x", "y"))
    width, height = (said[key].number(key, 1, _SIDES[1]) for key in ("width", "height"))
    align = (
        said["align"].choice("align", ["start", "center", "end"]) if "align" in said else "start"
    )
    valign = "middle"
    if "valign" in said:
        valign = said["valign"].choice("valign", ["top", "middle", "bottom"])
    largest = _LARGEST.get(name, 32)
    if "largest" in said:
        largest = int(said["largest"].number("largest", 8, 400))
    smallest = min(_SMALLEST.get(name, 18), largest)
    if "smallest" in said:
        smallest = int(said["smallest"].number("smallest", 8, largest))
    color = said["color"].color("color") if "color" in said else None
    kind = said["shape"].choice("shape", ["round", "square"]) if "shape" in said else "round"
    area = Area(name, x, y, width, height, cast("Align", align), cast("Valign", valign))
    return Named(area, smallest, largest, color, kind == "round", line)


def _check_places(path: Path, image: Image.Image, boxes: tuple[Named, ...]) -> None:
    for one in boxes:
        area = one.area
        if area.x + area.width > image.width or area.y + area.height > image.height:
            raise ConfigError(
                path,
                f"the box “{area.name}” ends at {area.x + area.width:g}, {area.y + area.height:g}, "
                f"outside the picture of {image.width} × {image.height}",
                line=one.line,
                remedy="make it smaller, or move it",
            )
    for one, other in combinations(boxes, 2):
        if _meet(one.area, other.area):
            raise ConfigError(
                path,
                f"the boxes “{one.area.name}” and “{other.area.name}” overlap",
                line=other.line,
                remedy="move one; `pullquote card --debug-boxes` shows them",
            )


def _meet(one: Area, other: Area) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height
