"""A card in the terminal, where the terminal can show it.

kitty's and iTerm2's picture protocols, https://sw.kovidgoyal.net/kitty/graphics-protocol/ and
https://iterm2.com/documentation-images.html; asked for by ``--preview``, also coloured blocks.
"""

import os
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from PIL import Image

_COLUMNS = 44  # of the terminal that a card takes
_CHUNK = 4096  # bytes of kitty's escapes
_PIXELS = 480
_BLOCKS = {"truecolor", "24bit"}


def show(path: Path, *, asked: bool) -> None:
    """The card below its line; nothing where output is no terminal or cannot show pictures."""
    picture = drawn(path, os.environ, asked=asked) if sys.stdout.isatty() else ""
    if picture:
        typer.echo(picture)
    elif asked:
        typer.echo("note: this output shows no pictures", err=True)


def drawn(path: Path, environment: Mapping[str, str], *, asked: bool) -> str:
    """What to write so that a terminal of this environment shows the card; else nothing."""
    program = environment.get("TERM_PROGRAM", "")
    if environment.get("KITTY_WINDOW_ID") or program == "ghostty":
        return "".join(_kitty(path))
    if program in ("iTerm.app", "WezTerm"):
        return _iterm(path)
    if asked and environment.get("COLORTERM") in _BLOCKS:
        return _blocks(path)
    return ""


def _kitty(path: Path) -> Iterator[str]:
    data = b64encode(_png(path)).decode()
    for at in range(0, len(data), _CHUNK):
        keys = f"a=T,f=100,c={_COLUMNS}," if at == 0 else ""
        more = int(at + _CHUNK < len(data))
        yield f"\x1b_G{keys}m={more};{data[at : at + _CHUNK]}\x1b\\"


def _iterm(path: Path) -> str:
    data = b64encode(_png(path)).decode()
    return f"\x1b]1337;File=inline=1;width={_COLUMNS};preserveAspectRatio=1:{data}\a"


def _blocks(path: Path) -> str:
    """Two pixels a character: the upper half block in one colour on the other."""
    image = _image(path, _COLUMNS)
    lines = []
    for y in range(0, image.height - 1, 2):
        cells = (
            _cell(image.getpixel((x, y)), image.getpixel((x, y + 1))) for x in range(image.width)
        )
        lines.append("".join(cells) + "\x1b[0m")
    return "\n".join(lines)


def _cell(upper: object, lower: object) -> str:
    fore, ground = (";".join(map(str, one)) for one in (upper, lower))  # type: ignore[call-overload]
    return f"\x1b[38;2;{fore}m\x1b[48;2;{ground}m▀"


def _png(path: Path) -> bytes:
    file = BytesIO()
    _image(path, _PIXELS).save(file, "PNG")
    return file.getvalue()


def _image(path: Path, width: int) -> "Image.Image":
    from PIL import Image

    with Image.open(path, formats=("PNG", "JPEG")) as opened:
        image = opened.convert("RGB")
    return image.resize(
        (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
    )
