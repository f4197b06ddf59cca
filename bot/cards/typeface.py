"""What a text is drawn in: the theme's fonts, and by run the machine's for what they lack."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.cards import installed
from bot.cards.fonts import Font
from bot.errors import CardError

_CLUSTERS = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``[start, end)`` of a text, drawn in one font."""

    start: int
    end: int
    font: Font


@dataclass(frozen=True, slots=True)
class Typeface:
    """Fonts of a theme in the order in which they are tried, then those of the machine.

    ``serif`` is the style of installed fonts; ``alone`` leaves them out.
    """

    fonts: tuple[Font, ...]
    serif: bool = False
    alone: bool = False

    def base(self, text: str) -> Font:
        """The first font that has the most of the text: all of it, if any has."""
        for font in self.fonts:
            if font.letters.issuperset(text):
                return font
        return max(self.fonts, key=lambda font: len(font.letters.intersection(text)))

    def pieces(self, text: str, language: str = "") -> list[Piece]:
        """The text cut into runs of one font; ``CardError`` names what no font has.

        A theme's fonts are never mixed, so that a word has one face; spaces and marks stay with
        the run before them where its font has them.
        """
        base = self.base(text)
        if base.letters.issuperset(text):
            return [Piece(0, len(text), base)]
        pieces: list[Piece] = []
        for match in _CLUSTERS.finditer(text):
            font = self._font(match[0], base, pieces[-1].font if pieces else base, language)
            if pieces and pieces[-1].font is font:
                pieces[-1] = Piece(pieces[-1].start, match.end(), font)
            else:
                pieces.append(Piece(match.start(), match.end(), font))
        return pieces

    def lacking(self, text: str, language: str = "") -> set[str]:
        """The characters of a text that no font has."""
        base = self.base(text)
        if base.letters.issuperset(text):
            return set()
        missed = [one for one in clusters(text) if self._found(one, base, language) is None]
        return {
            c for one in missed for c in one if not any(c in font.letters for font in self.fonts)
        }

    def digests(self, text: str, language: str = "") -> str:
        """What the text's looks depend on beside the theme: the machine's fonts it is drawn in."""
        base = self.base(text)
        if base.letters.issuperset(text):
            return ""
        found = {self._found(cluster, base, language) for cluster in _CLUSTERS.findall(text)}
        return "".join(sorted(one.digest for one in found if one and one not in self.fonts))

    def _font(self, cluster: str, base: Font, before: Font, language: str) -> Font:
        plain = cluster.isspace() or unicodedata.category(cluster[0])[0] == "P"
        joins = before not in self.fonts and not before.pictures
        if plain and joins and installed.has(before, cluster):
            return before
        font = self._found(cluster, base, language)
        if font is None:
            raise _no_font(cluster, base)
        return font

    def _found(self, cluster: str, base: Font, language: str) -> Font | None:
        picture = installed.is_emoji(cluster) and not self.alone
        if not picture:
            for font in (base, *self.fonts):
                if installed.has(font, cluster):
                    return font
        found = None
        if not self.alone:
            found = _installed(cluster, self.serif, base.bold, language)
        if found is None and picture:
            return next(
                (font for font in (base, *self.fonts) if installed.has(font, cluster)), None
            )
        return found


@lru_cache(maxsize=4096)
def _installed(cluster: str, serif: bool, bold: bool, language: str) -> Font | None:
    return installed.font_of(cluster, serif=serif, bold=bold, language=language)


def clusters(text: str) -> Iterator[str]:
    """What a reader takes for one character each: letters with their marks, joined emoji."""
    yield from _CLUSTERS.findall(text)


def _no_font(cluster: str, base: Font) -> CardError:
    lacking = [c for c in cluster if c not in base.letters] or [cluster]
    character = next((c for c in lacking if c.isprintable()), lacking[0])[0]
    name = unicodedata.name(character, "a character without a name").lower()
    package = installed.package_of(cluster)
    install = f"install a font that has it (Debian: {package}), or " if package else ""
    return CardError(
        f"no font has “{character}” (U+{ord(character):04X}, {name})",
        remedy=f"{install}name one under card.fonts in config.yaml, or take it out of the text",
    )
