"""What cards are made of: themes, templates, pictures, fonts of a person's own, and words."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot import assets
from bot.cards import Extras, Look, Overrides, load_look, open_picture, render, shows_box
from bot.cards.pictures import contained, cropped, round_portrait
from bot.cards.themes import load_theme
from bot.model import Attribution, Candidate, Talk

_YAML = ("bytes", "text", "yaml")
_ARTWORK = """\
image: ground.png
scrim: 0.2
boxes:
  quote: {x: 40, y: 40, width: 320, height: 200, smallest: 12}
  speaker: {x: 40, y: 260, width: 240, height: 40, color: '#ffffff'}
  time: {x: 300, y: 260, width: 80, height: 40, align: end, valign: top}
  photo: {x: 40, y: 310, width: 60, height: 60, shape: square}
"""
_WITH_PICTURE = "\nsetting: {image: ground.png, scrim: 0.4}\n"
_QUOTE = "Small libraries win, being *close*.\nAda Quill\nOn maps 🗺 and كتب\nTarn Quay\nLibrarian"


def _picture(form: str, mode: str = "RGB", **more: object) -> bytes:
    """A small picture with something on it."""
    image = Image.radial_gradient("L").resize((96, 64)).convert("RGB").convert(mode)
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


@cache
def _themes() -> Path:
    folder = prepared.folder() / "looks"
    for kind in ("themes", "templates", "backgrounds"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    file = io.BytesIO()
    Image.new("RGB", (400, 400), "#101820").save(file, "PNG")
    for kind in ("templates", "backgrounds", "themes"):
        (folder / kind / "ground.png").write_bytes(file.getvalue())
    return folder


def _theme_files() -> Sequence[Sample]:
    themes = sorted((assets.SHIPPED / "themes").glob("*.yaml"))
    found = [Sample(path.name, path.read_bytes(), _YAML) for path in themes]
    plain = (assets.SHIPPED / "themes/midnight.yaml").read_bytes().partition(b"setting:")[0]
    return [*found, Sample("pictured.yaml", plain + _WITH_PICTURE.encode(), _YAML)]


def _theme(_: str, raw: bytes) -> str:
    folder = _themes()
    (folder / "themes/mine.yaml").write_bytes(raw)
    load_theme("mine", Overrides(), folder)
    return "theme"


def _template_files() -> Sequence[Sample]:
    return [Sample("artwork.yaml", _ARTWORK.encode(), _YAML)]


def _template(_: str, raw: bytes) -> str:
    folder = _themes()
    (folder / "templates/mine.yaml").write_bytes(raw)
    look = load_look(
        "mine", "midnight", user_folder=folder, overrides=Overrides(), max_bytes=900_000
    )
    _draw("Small libraries win.", look)
    return "template"


def _pictures() -> Sequence[Sample]:
    """Of every kind of picture one or more, in several modes; and one that is none."""
    made = {
        "rgb.png": _picture("PNG"), "rgba.png": _picture("PNG", "RGBA"),
        "grey.png": _picture("PNG", "L"),
        "grey16.png": _picture("PNG", "I;16"), "bits.png": _picture("PNG", "1"),
        "palette.png": _picture("PNG", "P", transparency=0), "rgb.jpg": _picture("JPEG"),
        "progressive.jpg": _picture("JPEG", progressive=True), "cmyk.jpg": _picture("JPEG", "CMYK"),
        "lossy.webp": _picture("WEBP"), "lossless.webp": _picture("WEBP", "RGBA", lossless=True),
        "moving.webp": _picture("WEBP", save_all=True, append_images=[Image.new("RGB", (96, 64))]),
        "moving.gif": _picture("GIF", "P", save_all=True, append_images=[Image.new("P", (96, 64))]),
        "rgb.bmp": _picture("BMP"), "rgb.tiff": _picture("TIFF"),
        "packed.tiff": _picture("TIFF", compression="tiff_lzw"),
        "deflated.tiff": _picture("TIFF", "CMYK", compression="tiff_adobe_deflate"),
        "float.tiff": _picture("TIFF", "F"), "jpeg.tiff": _picture("TIFF", compression="jpeg"),
        "drawn.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
    }  # fmt: skip
    return [Sample(name, raw, ("bytes", "picture")) for name, raw in made.items()]


def _open(name: str, raw: bytes) -> str:
    picture = open_picture(prepared.written(f"pictures/{name}", raw), "photo")
    if max(picture.image.size) > 4096 or picture.image.mode != "RGBA":
        raise AssertionError(f"is {picture.image.mode} of {picture.image.size}")
    round_portrait(picture, 96)
    contained(picture, 200, 60)
    cropped(picture, 120, 120)
    shows_box(picture, (0, 0, 0))
    return picture.image.format or "picture"


def _fonts() -> Sequence[Sample]:
    names = ("Inter-Medium.ttf", "FrauncesDisplay-SemiBold.ttf", "JetBrainsMono-Medium.ttf")
    found = (assets.SHIPPED / "fonts" / name for name in names)
    return [Sample(path.name, path.read_bytes(), ("bytes", "font")) for path in found]


def _font(name: str, raw: bytes) -> str:
    path = prepared.written(f"fonts/{name}", raw)
    fonts = Overrides(fonts={"quote": str(path), "name": str(path)})
    look = load_look("square", "midnight", overrides=fonts, max_bytes=900_000)
    _draw("Small libraries win.", look)
    return "font"


@cache
def _look(template: str) -> Look:
    return load_look(template, "midnight", max_bytes=900_000)


def _draw(text: str, look: Look, *more: str) -> None:
    said = [*more, "", "", "", ""]
    speaker = said[0] or "Ada Quill"
    quote = Candidate(
        said=text, shown=text, edits=(), start_ms=62_000, end_ms=65_000, score=1.0, reasons=(),
        speaker=speaker, attribution=Attribution("given", 1.0),
    )  # fmt: skip
    talk = Talk("on-maps", said[1] or "On maps", (speaker,), said[2])
    link = f"https://example.org/{said[3]}" if said[3] else ""
    cards = render(quote, talk, look, Extras(role=said[3], handle=said[3], link=link))
    if not all(card.data for card in cards):
        raise AssertionError("an empty card")


def _quotes() -> Sequence[Sample]:
    return [Sample("landscape", _QUOTE.encode()), Sample("square", _QUOTE.encode())]


def _quote(name: str, raw: bytes) -> str:
    text, *more = prepared.text(raw).split("\n")
    _draw(text, _look(name), *more)
    return "card"


THEMES = Door("themes", _theme_files, _theme, share=8)
TEMPLATES = Door("templates", _template_files, _template)
PICTURES = Door("pictures", _pictures, _open, share=12, mb=500)
FONTS = Door("fonts", _fonts, _font, share=4)
CARDS = Door("cards", _quotes, _quote, share=4, seconds=10)
