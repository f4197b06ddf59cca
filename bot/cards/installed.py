"""Fonts of this machine, for the scripts that the shipped ones lack.

The names are those of the Noto families, which cover every script in one style, and of what
comes with macOS and Windows; the packages are Debian's.
"""

import os
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from bot.cards.fonts import Font, open_font

EMOJI = "Emoji"
_NOTO = "fonts-noto-core"
_CJK = "fonts-noto-cjk"
_CJK_INDEX = {"ja": 0, "ko": 1, "zh": 2, "zh-hant": 3}
_SCRIPTS = tuple(
    re.findall(
        r"\w+",
        """
        Arabic Hebrew Devanagari Thai Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada
        Malayalam Sinhala Lao Tibetan Myanmar Georgian Armenian Ethiopic Khmer Mongolian Cherokee
        """,
    )
)
_HAN = ("Han", "Hiragana", "Katakana", "Hangul", "Bopomofo")
_NAMED = {  # before the Noto names, where a family serves a script better or is not named after it
    ("Arabic", True): ("NotoNaskhArabic-{weight}.ttf",),
    **{(one, True): ("NotoSerifCJK-{weight}.ttc",) for one in _HAN},
    **{(one, False): ("NotoSansCJK-{weight}.ttc",) for one in _HAN},
}
_ELSEWHERE = {  # macOS, Windows
    "Arabic": ("GeezaPro.ttc", "segoeui.ttf"),
    "Hebrew": ("ArialHB.ttc", "segoeui.ttf"),
    "Devanagari": ("Kohinoor.ttc", "Nirmala.ttc", "Nirmala.ttf"),
    "Thai": ("Thonburi.ttc", "LeelawUI.ttf"),
    "Han": ("PingFang.ttc", "msyh.ttc"),
    "Hiragana": ("ヒラギノ明朝 ProN.ttc", "YuGothM.ttc"),
    "Katakana": ("ヒラギノ明朝 ProN.ttc", "YuGothM.ttc"),
    "Hangul": ("AppleSDGothicNeo.ttc", "malgun.ttf"),
}
_EMOJI = ("NotoColorEmoji.ttf", "Apple Color Emoji.ttc")


@dataclass(frozen=True, slots=True)
class Known:
    """A script, the font found for it or None, and the Debian package that has one."""

    script: str
    font: Path | None
    package: str


def folders() -> tuple[Path, ...]:
    """Where systems keep fonts: Linux, macOS, Windows; the user's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    own = (home / ".local/share/fonts", home / ".fonts")
    return (*own, Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def find(script: str, *, serif: bool, bold: bool) -> Path | None:
    """The font file of a script; another weight or style before none."""
    there = _files(folders())
    return next((there[name] for name in _names(script, serif, bold) if name in there), None)


def font_of(cluster: str, *, serif: bool, bold: bool, language: str) -> Font | None:
    """An installed font that has all of a cluster of characters, or None."""
    for script in scripts_of(cluster):
        path = find(script, serif=serif, bold=bold)
        if path is None:
            continue
        try:
            font = open_font(path, _index(path, script, language))
        except (OSError, ValueError):
            continue
        if has(font, cluster):
            return font
    return None


def has(font: Font, cluster: str) -> bool:
    """Whether a font has every character of a cluster that is drawn."""
    return all(c in font.letters or c in _UNDRAWN for c in cluster)


def scripts_of(cluster: str) -> list[str]:
    """The scripts, or emoji, that a cluster may belong to; most tell it by their first letter."""
    if is_emoji(cluster):
        return [EMOJI]
    return [one for one in (*_SCRIPTS, *_HAN) if _pattern(one).match(cluster)]


def is_emoji(cluster: str) -> bool:
    """Whether a cluster is meant to be a picture: by its nature, or a selector that says so."""
    return bool(_PICTURE.match(cluster)) or "\ufe0f" in cluster or "\u20e3" in cluster


def package_of(cluster: str) -> str:
    """The Debian package with a font for a cluster, empty where none is known."""
    scripts = scripts_of(cluster)
    return _package(scripts[0]) if scripts else ""


def survey() -> list[Known]:
    """Per script that is often met, what this machine draws it with."""
    often = ("Arabic", "Hebrew", "Devanagari", "Thai", "Han", "Hiragana", "Hangul", EMOJI)
    return [Known(one, find(one, serif=True, bold=False), _package(one)) for one in often]


_UNDRAWN = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}
_PICTURE = regex.compile(r"\p{Emoji_Presentation}|\p{Regional_Indicator}")


@lru_cache(maxsize=64)
def _pattern(script: str) -> regex.Pattern[str]:
    return regex.compile(rf"\p{{Script_Extensions={script}}}")


def _package(script: str) -> str:
    if script == EMOJI:
        return "fonts-noto-color-emoji"
    return _CJK if script in _HAN else _NOTO


def _names(script: str, serif: bool, bold: bool) -> list[str]:
    """File names of a script's fonts, the fitting style and weight first."""
    if script == EMOJI:
        return list(_EMOJI)
    names = []
    for style in (serif, not serif):
        own = _NAMED.get((script, style), ())
        family = f"Noto{'Serif' if style else 'Sans'}{script}-{{weight}}.ttf"
        for weight in ("Bold", "Regular") if bold else ("Regular", "Medium", "Bold"):
            names += [name.format(weight=weight) for name in (*own, family)]
    return [*names, *_ELSEWHERE.get(script, ())]


def _index(path: Path, script: str, language: str) -> int:
    """Which font of a CJK collection draws a script in a language."""
    if not path.name.startswith("Noto") or path.suffix != ".ttc":
        return 0
    by_script = {"Hiragana": "ja", "Katakana": "ja", "Hangul": "ko"}
    return _CJK_INDEX.get(language, _CJK_INDEX[by_script.get(script, "zh")])


@lru_cache(maxsize=8)
def _files(where: tuple[Path, ...]) -> dict[str, Path]:
    """Every font file by its name, the first folder's before the next."""
    found: dict[str, Path] = {}
    for folder in where:
        for path in sorted(folder.rglob("*.[to]t[fc]")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    return found
