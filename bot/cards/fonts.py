"""Font files: found, opened, checked, and asked for their measures."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from struct import error as StructError  # noqa: N812 - “error” says too little
from struct import unpack_from

import uharfbuzz

from bot import assets

_OUTLINES = {"glyf", "CFF ", "CFF2"}
_BOLD = 600  # weight class from which letters of other scripts are bold too
_PICTURE_SCALE = 0.8  # pictures of an emoji font are drawn wider than an em


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font open for shaping.

    ``cap_height`` is in em, ``digest`` is of the file's bytes, ``letters`` are the characters it
    has. ``pictures`` says that its glyphs are coloured pictures, drawn at ``scale`` of the size.
    """

    name: str
    digest: str
    cap_height: float
    bold: bool
    upem: int
    face: uharfbuzz.Font = field(repr=False)
    letters: frozenset[str] = field(repr=False)
    pictures: bool = False
    scale: float = 1.0


def find_font(name: str, beside: Path | None, user_folder: Path | None) -> Path | None:
    """The font a setting names: a path, relative to ``beside``, or a file in assets/fonts."""
    return assets.beside(beside or Path(), name) or assets.find("fonts", name, user_folder)


def open_font(path: Path, index: int = 0) -> Font:
    """The font in the file, of a collection the one at ``index``; ``ValueError`` says why not."""
    return _opened(path, index, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _opened(path: Path, index: int, _changed: int) -> Font:
    data = path.read_bytes()
    if not _is_whole(data, index):
        raise ValueError("is not a TrueType or OpenType font, or cut short")
    face = uharfbuzz.Face(uharfbuzz.Blob(data), index)
    if not face.glyph_count:
        raise ValueError("is not a TrueType or OpenType font")
    pictures = bool(face.has_color_png)
    if not pictures and not _OUTLINES & set(face.table_tags):
        raise ValueError("has neither outlines nor pictures that can be drawn")
    font = uharfbuzz.Font(face)
    return Font(
        name=path.name,
        digest=hashlib.sha256(data).hexdigest() + (f"#{index}" if index else ""),
        cap_height=_cap_height(font),
        bold=_weight(face) >= _BOLD,
        upem=int(face.upem),
        face=font,
        letters=frozenset(map(chr, face.unicodes)),
        pictures=pictures,
        scale=_PICTURE_SCALE if pictures else 1.0,
    )


def _is_whole(data: bytes, index: int) -> bool:
    """Whether a font's file has all the tables that it lists; HarfBuzz draws nothing for others."""
    try:
        start = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        count = unpack_from(">H", data, start + 4)[0]
        tables = [unpack_from(">II", data, start + 12 + 16 * at + 8) for at in range(count)]
    except StructError:
        return False
    return all(offset + length <= len(data) for offset, length in tables)


def _weight(face: uharfbuzz.Face) -> int:
    """The weight class, 400 for regular and 700 for bold; 400 where the font does not say."""
    table = face.reference_table("OS/2").data
    return int.from_bytes(table[4:6], "big") if len(table) > 6 else 400


def _cap_height(font: uharfbuzz.Font) -> float:
    """The height of the H in em; 0.7 for a font without one."""
    glyph = font.get_nominal_glyph(ord("H"))
    extents = font.get_glyph_extents(glyph) if glyph else None
    height = extents.y_bearing / font.face.upem if extents else 0.0
    return height if height > 0 else 0.7
