"""What the tests of cards measure: the rows of a quote, their ink, and what else could be set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby, pairwise

from samples import EVERY, LOOKS, TALK, quote

from bot.cards import TEMPLATES
from bot.cards.alt import Words, write
from bot.cards.base import Area, Fonts, Layout, Line
from bot.cards.fit import CAP_EM, MAX_LINES, height_of, least_width
from bot.cards.frames import FRAMES as SHIPPED
from bot.cards.frames import PORTRAIT
from bot.cards.glyphs import mask
from bot.cards.setting import measured

TRADE = 0.15  # of the size: what a setting may cost and still be an alternative
BOX = {frame.name: frame for frame in SHIPPED} | {"carousel": PORTRAIT}
FRAMES = [name for name in TEMPLATES if name != "carousel"]
# Articles, prepositions, conjunctions, possessives: words that belong to the next one.
CLINGING = (
    " a an the of to in on at by for from with into than as and or but nor so if because when "
    "whose my your our his her their its every "
)


@dataclass(frozen=True)
class Row:
    """One line of a quote as it is drawn, in its pieces of one ink each."""

    pieces: tuple[Line, ...]

    @cached_property
    def line(self) -> Line:
        """The row as one line, without the air between the mark and the first letter."""
        plain = next((one for one in self.pieces if one.ink == "quote"), self.pieces[0])
        glyphs = [glyph for one in self.pieces for glyph in one.run.glyphs]
        glyphs.sort(key=lambda glyph: glyph.x)
        return replace(plain, run=replace(plain.run, glyphs=tuple(glyphs)))

    @property
    def text(self) -> str:
        return self.line.run.text

    @property
    def size(self) -> float:
        return self.line.size

    @property
    def baseline(self) -> float:
        return self.line.baseline

    @cached_property
    def ink(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its ink in pixels, by HarfBuzz's outlines."""
        boxes = [ink_of(one) for one in self.pieces if one.run.glyphs]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def ink_of(line: Line) -> tuple[float, float, float, float]:
    """Where a line's ink lies, in pixels."""
    inks = [one.ink() for one in line.run.glyphs if one.ink()[0] < one.ink()[1]]
    top, bottom = line.run.extent()
    left, right = min(left for left, _ in inks), max(right for _, right in inks)
    return (
        line.x + left * line.size,
        line.baseline - top * line.size,
        line.x + right * line.size,
        line.baseline + bottom * line.size,
    )


def line_of(row: Row, *, after: int) -> Line:
    """The piece of a row with the first character that is drawn from a place on, and only it."""
    glyphs = ((glyph.cluster, piece) for piece in row.pieces for glyph in piece.run.glyphs)
    place, piece = min((one for one in glyphs if one[0] >= after), key=lambda one: one[0])
    return replace(piece, run=piece.run.part(place.__eq__))


def drawn_box(line: Line) -> tuple[int, int, int, int]:
    """The same, measured in pixels that are drawn."""
    image, (x, y) = mask([(line.run, line.size, line.x, line.baseline)])
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    return x + left, y + top, x + right, y + bottom


@dataclass(frozen=True, eq=False)
class Drawn:
    """One image of a quote in a template and a theme, laid out."""

    theme: str
    template: str
    said: str
    words: Words
    layout: Layout
    first: bool = True
    last: bool = True

    @property
    def fonts(self) -> Fonts:
        return LOOKS[self.theme].fonts

    @property
    def area(self) -> Area:
        return next(one for one in self.layout.areas if one.name == "quote")

    @cached_property
    def rows(self) -> list[Row]:
        pieces = [one for one in self.layout.lines if one.ink in ("quote", "accent")]
        size = min(one.size for one in pieces)
        pieces = [one for one in pieces if one.size == size]
        by_baseline = groupby(pieces, key=lambda one: one.baseline)
        return [Row(tuple(row)) for _, row in by_baseline]

    @cached_property
    def mark(self) -> Line | None:
        """The large mark above the quote."""
        return next(
            (one for one in self.layout.lines if one.ink == "accent" and one.size > self.size), None
        )

    @property
    def size(self) -> float:
        return self.rows[0].size

    @property
    def hangs(self) -> bool:
        """Whether an opening mark hangs before the first letter."""
        return self.first and self.mark is None

    @cached_property
    def texts(self) -> list[str]:
        """The rows without the quotation marks around the whole."""
        texts = [row.text for row in self.rows]
        if self.fonts.marks == "hanging":
            marks = self.words.marks
            texts[0] = texts[0].removeprefix(marks.opens) if self.first else texts[0]
            texts[-1] = texts[-1].removesuffix(marks.closes) if self.last else texts[-1]
        return texts

    @cached_property
    def widths(self) -> list[float]:
        """The rows' widths in em as they were measured: with the closing mark."""
        return [self.placed[b - 1].end - self.placed[a].start for a, b in pairwise(self.breaks)]

    @property
    def count(self) -> int:
        """Words on the image."""
        return len(" ".join(self.texts).split())

    @cached_property
    def placed(self):
        """The words with their places in em."""
        large = self.fonts.marks == "large"
        opens = self.words.marks.opens if self.first and not large else ""
        closes = self.words.marks.closes if self.last and not large else ""
        text = opens + " ".join(self.texts) + closes
        return _measured(text, self.fonts.quote, len(opens))

    @cached_property
    def breaks(self) -> list[int]:
        """Before which words rows begin, and the number of words."""
        at, breaks = 0, [0]
        for text in self.texts:
            at += len(text.split(" "))
            breaks.append(at)
        return breaks

    @cached_property
    def above(self) -> float:
        """What a large mark takes of the height, in em."""
        if self.mark is None:
            return 0.0
        cap = self.fonts.quote.fonts[0].cap_height
        return (self.rows[0].baseline - ink_of(self.mark)[1]) / self.size - cap

    @cached_property
    def cap(self) -> float:
        """The largest size of the template, less where the margin is narrow for the mark."""
        cap = BOX[self.template].cap
        if not self.hangs:
            return cap
        row = self.rows[0]
        opens = len(self.words.marks.opens)
        letter = ink_of(line_of(row, after=opens))[0]
        nests = row.text[opens] in "“‘"  # these stand at the margin where there is no room for both
        reach = (letter if nests else self.area.x) - row.ink[0]
        return min(cap, (self.area.x - BOX[self.template].edge) / reach * self.size)

    def size_of(self, lines: int, width: float) -> float:
        """The largest size of so many lines of so many em in the box of the quote."""
        tall = max(0.0, self.fonts.quote.fonts[0].cap_height - CAP_EM)
        high = height_of(lines, self.fonts.leading) + 0.75 + tall + self.above
        return min(self.area.width / width, self.area.height / high, self.cap)

    def largest(self) -> float:
        """The largest size that any number of lines allows."""
        return max(self.size_of(k, width) for k, width in _least(tuple(self.placed)).items())

    def least(self) -> float:
        """The least width in em for as many lines as there are."""
        return _least(tuple(self.placed))[len(self.rows)]

    def clings(self, after: int) -> bool:
        """Whether the word before a break belongs to the next."""
        return f" {self.placed[after - 1].text.lower()} " in CLINGING

    def tightest(self) -> list[int]:
        """The breaks of the least width, filled from the first row on."""
        limit, first, breaks = self.least() + 1e-9, 0, [0]
        for at, word in enumerate(self.placed):
            if word.end - self.placed[first].start > limit:
                breaks.append(at)
                first = at
        return [*breaks, len(self.placed)]

    def alternatives(self) -> Iterator[list[int]]:
        """Settings that keep every other rule and end no line in a clinging word."""
        smallest = max(self.largest() * (1 - TRADE), 34)
        least = _least(tuple(self.placed))
        for k, width in least.items():
            limit = width
            widths = sorted(
                {
                    b.end - a.start
                    for i, a in enumerate(self.placed)
                    for b in self.placed[i:]
                    if limit - 1e-9 <= b.end - a.start <= 1.12 * limit
                }
            )
            for widest in widths:
                if self.size_of(k, widest) < smallest:
                    break
                if found := self._set(k, widest):
                    yield found
                    break

    def _set(self, lines: int, widest: float) -> list[int]:
        """A setting in so many lines, none ending in a clinging word; empty if there is none."""
        reached: dict[int, list[int]] = {0: [0]}
        for left in range(lines - 1, -1, -1):
            further: dict[int, list[int]] = {}
            for first, breaks in reached.items():
                for last in range(first + 1, len(self.placed) + 1):
                    width = self.placed[last - 1].end - self.placed[first].start
                    if width > widest + 1e-9:
                        break
                    ends = last == len(self.placed)
                    if ends != (left == 0):
                        continue
                    if ends and (width < 0.35 * widest or last - first < 2):
                        continue
                    if not ends and (width < 0.6 * widest or self.clings(last)):
                        continue
                    further.setdefault(last, [*breaks, last])
            reached = further
        return reached.get(len(self.placed), [])


@cache
def _measured(text: str, face, begin: int):
    return measured(text, face, begin=begin)


@cache
def _least(placed) -> dict[int, float]:
    return {k: least_width(placed, k) for k in range(1, min(MAX_LINES, len(placed)) + 1)}


@cache
def _first_alike(theme: str) -> str:
    """The first theme that sets a quote in the same way: they share what is laid out."""
    fonts = replace(LOOKS[theme].fonts, dark=True)
    return next(one for one, look in LOOKS.items() if replace(look.fonts, dark=True) == fonts)


@cache
def _laid(theme: str, template: str, text: str) -> list[Drawn]:
    words = write(quote(text), TALK)
    layouts = TEMPLATES[template].pages(words, LOOKS[theme].fonts)
    last = len(layouts) - 1
    return [
        Drawn(theme, template, text, words, one, at == 0, at == last)
        for at, one in enumerate(layouts)
    ]


def laid(theme: str, template: str, text: str) -> list[Drawn]:
    """The images of a quote, laid out once per way of setting."""
    return _laid(_first_alike(theme), template, text)


def every(theme: str, texts: list[str] = EVERY, templates=tuple(TEMPLATES)) -> Iterator[Drawn]:
    """Every image of every quote in every template."""
    for template in templates:
        for text in texts:
            yield from laid(theme, template, text)
