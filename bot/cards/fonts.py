"""Font files: found, opened, checked, and asked for their measures."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz

from bot import assets

_OUTLINES = {"glyf", "CFF ", "CFF2"}


@dataclass(frozen=True, slots=True)
class Font:
    """A font open for shaping; ``cap_height`` in em, ``digest`` of the file's bytes."""

    name: str
    digest: str
    cap_height: float
    upem: int
    face: uharfbuzz.Font


def find_font(name: str, beside: Path | None, user_folder: Path | None) -> Path | None:
    """The font a setting names: a path, relative to ``beside``, or a file in assets/fonts."""
    path = (beside or Path()) / Path(name).expanduser()
    return path if path.is_file() else assets.find("fonts", name, user_folder)


def open_font(path: Path) -> Font:
    """The font in the file; ``ValueError`` says why it cannot draw."""
    data = path.read_bytes()
    face = uharfbuzz.Face(uharfbuzz.Blob(data))
    if not face.glyph_count:
        raise ValueError("is not a TrueType or OpenType font")
    if not _OUTLINES & set(face.table_tags):
        raise ValueError("has pictures instead of outlines")
    font = uharfbuzz.Font(face)
    return Font(
        path.name, hashlib.sha256(data).hexdigest(), _cap_height(font), int(face.upem), font
    )


def _cap_height(font: uharfbuzz.Font) -> float:
    """The height of the H in em; 0.7 for a font without one."""
    glyph = font.get_nominal_glyph(ord("H"))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return extents.y_bearing / font.face.upem if extents else 0.7
