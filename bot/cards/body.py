"""The quote itself: the largest size that fits, evenly broken, its marks in the margin or above."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import floor

from bot.cards.alt import Words
from bot.cards.base import Area, Fonts, Line
from bot.cards.breaking import is_unspaced
from bot.cards.fit import CAP_EM, DESCENDER_EM, Box, Word, fit
from bot.cards.setting import Margins, hung, measured, split
from bot.cards.shape import Run, shape
from bot.cards.typography import NBSP

EDGE = 16  # pixels of the card's sides that stay free
_HANG_TRADE = 0.45  # how much of the largest size a narrow margin may cost for a mark in it
_AT_EDGE = 3  # glyphs, one of which reaches furthest
_AIR = 0.03  # em between the opening mark and the first letter, beside their kerning
_BELOW = 0.75  # em kept free between the lowest descender and the source
_MARK = 2.4  # the size of a large mark in sizes of the quote
_MARK_GAP = 0.42  # em of the quote between a large mark and the first line
_LEADING = {"th": 1.45, "hi": 1.45, "mr": 1.45, "ne": 1.45, "ar": 1.5, "fa": 1.5, "ur": 1.7}
_UNSPACED_LEADING = 1.36


def body(
    words: Words,
    fonts: Fonts,
    area: Area,
    sizes: tuple[int, int],
    *,
    first: bool = True,
    last: bool = True,
    edge: int = EDGE,
) -> list[Line]:
    """The lines of a quote in an area, centred from the top of its capitals to its last baseline.

    ``sizes`` are the smallest and the largest in pixels; what does not fit is refused. ``edge`` are
    the pixels of the card's sides that hanging marks do not enter.
    """
    large = first and fonts.marks == "large"
    hung_marks = fonts.marks == "hanging"
    marks = (words.marks.opens * (first and hung_marks), words.marks.closes * (last and hung_marks))
    margin = area.x - edge if area.align == "start" else math.inf
    above = _large_height(fonts, words) + _MARK_GAP if large else 0.0
    hanging, cap = _hanging(marks[0], words, fonts, margin, sizes[1])
    quote = _set(words, fonts, area, (sizes[0], cap), marks, hanging, above)
    margins = Margins(area.x, area.x + area.width, words.rtl != (area.align == "end"))
    start, size = _start(quote, words, area), quote.size
    lines: list[Line] = []
    for row, (run, begin) in enumerate(zip(quote.runs, quote.begins, strict=True)):
        baseline = start + (above + quote.top + row * quote.leading) * size
        x = hung(run, margins, size)
        if area.align == "center":
            x = _centred(run, area, size)
        elif _out(run, margins, x, size) > margin:
            x = hung(run, margins, size, most=0 if row else hanging)
        lines += _inked(Line(run, size, x, baseline, "quote"), begin, words, marks)
    if large:
        lines.insert(0, _large_mark(words, fonts, margins, size, start))
    return lines


@dataclass(frozen=True, slots=True)
class _Set:
    """A quote in lines: their runs, the characters they begin at, and measures in em.

    ``above`` is what stands over the first line, ``top`` the height of that line.
    """

    runs: list[Run]
    begins: list[int]
    size: int
    leading: float
    above: float
    top: float


def _set(
    words: Words,
    fonts: Fonts,
    area: Area,
    sizes: tuple[int, float],
    marks: tuple[str, str],
    hanging: int,
    above: float,
) -> _Set:
    """The quote with its marks in the largest size that fits the area, evenly broken."""
    text = f"{marks[0]}{words.quote}{marks[1]}"
    placed = measured(text, fonts.quote, begin=hanging, language=words.language)
    leading = _leading(words, fonts)
    tall = max(0.0, fonts.quote.base(words.quote).cap_height - CAP_EM)
    setting = fit(
        placed, Box(area.width, area.height, *sizes, leading, _BELOW + above + tall), "quote"
    )
    texts = _texts(text, placed, setting.lines)
    runs = [shape(one, fonts.quote, rtl=words.rtl, language=words.language) for one, _ in texts]
    begins = [begin for _, begin in texts]
    size = floor(setting.size)  # whole pixels: glyphs of other cards are drawn already
    return _Set(runs, begins, size, leading, above, _top(runs[0], words))


def _start(quote: _Set, words: Words, area: Area) -> float:
    """Where the quote begins: as the area says, but clear of what stands below it."""
    height = ((len(quote.runs) - 1) * quote.leading + quote.above + quote.top) * quote.size
    below = max(DESCENDER_EM, _foot(quote.runs[-1], words)) + _BELOW
    lowest = area.y + area.height - below * quote.size
    return min(area.start_of(height), lowest - height)


def _hanging(
    opens: str, words: Words, fonts: Fonts, margin: float, cap: float
) -> tuple[int, float]:
    """How many characters of the opening mark stand in the margin, and the largest size then.

    A margin so narrow that this would cost much of the size has none: the mark stands inside.
    """
    if not opens:
        return 0, cap
    run = shape(f"{opens}{words.quote[:1]}", fonts.quote, rtl=words.rtl, language=words.language)
    margins = Margins(0.0, 0.0, words.rtl)
    widest = margin / _out(run, margins, hung(run, margins, 1.0, most=len(opens)), 1.0)
    if widest < cap * (1 - _HANG_TRADE):
        return 0, cap
    return len(opens), min(cap, widest)


def _out(run: Run, margins: Margins, x: float, size: float) -> float:
    """How far a line at ``x`` reaches into the margin it starts from, with its air."""
    if margins.rtl:
        right = max(glyph.ink()[1] for glyph in run.glyphs[-_AT_EDGE:])
        return x + (right + _AIR) * size - margins.right
    left = min(glyph.ink()[0] for glyph in run.glyphs[:_AT_EDGE])
    return margins.left - x - (left - _AIR) * size


def _centred(run: Run, area: Area, size: float) -> float:
    """Where a line's origin goes so that its ink stands in the middle."""
    inks = [glyph.ink() for glyph in run.glyphs]
    left, right = min(left for left, _ in inks), max(right for _, right in inks)
    return area.x + (area.width - (left + right) * size) / 2


def _leading(words: Words, fonts: Fonts) -> float:
    """The step from line to line in em; scripts with tall letters need more of it."""
    if is_unspaced(words.quote) and words.language != "th":
        return max(fonts.leading, _UNSPACED_LEADING)
    return max(fonts.leading, _LEADING.get(words.language.partition("-")[0], 0.0))


def _texts(
    text: str, words: list[Word], lines: tuple[tuple[int, int], ...]
) -> list[tuple[str, int]]:
    """The text of each line and the character it begins at; marks go with their words."""
    texts = []
    for row, (first, last) in enumerate(lines):
        begin = 0 if row == 0 else words[first].at
        texts.append((text[begin : words[last - 1].stop], begin))
    return texts


def _top(run: Run, words: Words) -> float:
    """The height of the first line in em: its capitals, or in scripts without any, its ink."""
    if run.font is not run.glyphs[-1].font or is_unspaced(words.quote):
        return run.extent()[0]
    return run.font.cap_height


def _foot(run: Run, words: Words) -> float:
    """How far the last line reaches below its baseline in em, where letters reach far."""
    return run.extent()[1] if words.rtl or words.language in _LEADING else 0.0


def _inked(line: Line, begin: int, words: Words, marks: tuple[str, str]) -> Iterator[Line]:
    """The line with the outer quotation marks and what is stressed in the accent colour."""
    opens = len(marks[0])
    end = opens + len(words.quote)

    def kind(at: int) -> str:
        place = at + begin
        if place < opens:
            return "opening"
        if place >= end:
            return "closing"
        stressed = any(first <= place - opens < last for first, last in words.stressed)
        return "stressed" if stressed else "plain"

    whole = begin >= opens and begin + len(line.run.text) <= end
    if whole and not words.stressed:
        yield line
        return
    for part, of in split(line, kind):
        shift = 0.0
        if of == "opening" and NBSP not in marks[0]:
            shift = _AIR * line.size if words.rtl else -_AIR * line.size
        yield replace(part, ink="quote" if of == "plain" else "accent", x=part.x + shift)


def _large_run(fonts: Fonts, words: Words) -> Run:
    return shape(words.marks.opens.strip(NBSP), fonts.quote, rtl=words.rtl)


def _large_height(fonts: Fonts, words: Words) -> float:
    """The height of the ink of a large mark, in em of the quote."""
    top, foot = _large_run(fonts, words).extent()
    return (top + foot) * _MARK


def _large_mark(words: Words, fonts: Fonts, margins: Margins, size: float, top: float) -> Line:
    """One opening mark above the quote, its ink from ``top`` down."""
    run = _large_run(fonts, words)
    x = hung(run, margins, size * _MARK, hang=False)
    return Line(run, size * _MARK, x, top + run.extent()[0] * size * _MARK, "accent")
