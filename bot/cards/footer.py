"""The lower part of a card: who said it, where, and when, from the bottom margin up."""

from dataclasses import dataclass, replace
from itertools import pairwise

from bot.cards.alt import Words
from bot.cards.base import Bar, Fonts, Ink, Line, Triangle
from bot.cards.fit import Box
from bot.cards.fonts import Font
from bot.cards.setting import font_for, hung, paragraph, shortened
from bot.cards.shape import shape
from bot.cards.source import drawable, drawable_name

_NAME, _TALK, _CLOCK = 38, 30, 30  # sizes in pixels
_SMALLEST = 0.84  # of those sizes, before a name takes two lines
_STEP = 1.42  # em from the line above
_TALLEST = 170  # pixels of names and titles before they are refused
_PILL, _PADDING, _STROKE = 60, 24, 3
_PLAY, _PLAY_GAP = 21, 13
_GAP = 40  # between the source and the pill
_RISE = 60  # from the progress line up to the last line of the source
_TRACK, _DOT, _DOT_GAP = 5, 22, 8


@dataclass(frozen=True, slots=True)
class Footer:
    """Lines and shapes, and where they begin, in pixels from the top."""

    lines: tuple[Line, ...]
    shapes: tuple[Bar | Triangle, ...]
    top: float


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    font: Font
    size: float
    ink: Ink


def footer(words: Words, fonts: Fonts, left: float, right: float, bottom: float) -> Footer:
    """The source, the time and the progress line between two margins."""
    progress = _progress(words.place, left, right, bottom) if words.place is not None else ()
    base = bottom - (_RISE if progress else 0)
    pill = _pill(words.clock, fonts.name, right) if words.clock else None
    rows = _rows(words, fonts, (pill.left - _GAP if pill else right) - left)
    lines = _stack(rows, left, base)
    top = lines[0].baseline - rows[0].font.cap_height * rows[0].size if lines else base
    if not pill:
        return Footer(lines, progress, top)
    middle = (top + base) / 2 if lines else base - _PILL / 2
    clock, shapes = pill.at(middle)
    return Footer((*lines, clock), (*shapes, *progress), min(top, middle - _PILL / 2))


def _rows(words: Words, fonts: Fonts, width: float) -> list[_Row]:
    """The speaker and the talk; without a speaker the title takes the name's line."""
    words = _drawable(words, fonts)
    if not words.name:
        title = _cut(words.title, fonts.name, width, _NAME, "name")
        return title + _whole(words.event, fonts.talk, width, _TALK, "talk")
    return _whole(words.name, fonts.name, width, _NAME, "name") + _talk(words, fonts.talk, width)


def _drawable(words: Words, fonts: Fonts) -> Words:
    """The source without what its fonts lack; a letter they lack in a name is an error."""
    name = drawable_name(words.name, fonts.name)
    font_for(name, fonts.name)
    title = drawable(words.title, fonts.talk if name else fonts.name)
    return replace(words, name=name, title=title, event=drawable(words.event, fonts.talk))


def _talk(words: Words, font: Font, width: float) -> list[_Row]:
    """Title and event on one line if they fit, else on a line each."""
    both = " · ".join(part for part in (words.title, words.event) if part)
    if both and shape(both, font).width * _TALK * _SMALLEST <= width:
        return [_Row(both, font, _shrunk(both, font, width, _TALK), "talk")]
    title = _cut(words.title, font, width, _TALK, "talk")
    return title + _whole(words.event, font, width, _TALK, "talk")


def _whole(text: str, font: Font, width: float, size: float, ink: Ink) -> list[_Row]:
    """The text smaller, or on more lines: a name is never shortened."""
    if not text:
        return []
    box = Box(width, _TALLEST, size * _SMALLEST, size, _STEP)
    fitted, texts = paragraph(text, font, box, "name")
    return [_Row(line, font, fitted, ink) for line in texts]


def _cut(text: str, font: Font, width: float, size: float, ink: Ink) -> list[_Row]:
    """The text on one line, smaller, and ending in “…” if that is not enough."""
    if not text:
        return []
    fitted = _shrunk(text, font, width, size)
    return [_Row(shortened(text, font, width / fitted), font, fitted, ink)]


def _shrunk(text: str, font: Font, width: float, size: float) -> float:
    """The size at which the text fits the width; the full size when it never does."""
    fitting = min(size, width / shape(text, font).width)
    return fitting if fitting >= size * _SMALLEST else size


def _stack(rows: list[_Row], left: float, base: float) -> tuple[Line, ...]:
    """The rows as lines, the last one on ``base``."""
    baselines = [base]
    for above, below in reversed(list(pairwise(rows))):
        step = _STEP * below.size if above.ink != below.ink else 1.22 * below.size
        baselines.insert(0, baselines[0] - step)
    lines = []
    for row, baseline in zip(rows, baselines, strict=False):
        run = shape(row.text, row.font)
        lines.append(Line(run, row.size, hung(run, left, row.size), baseline, row.ink))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Pill:
    """The time in its frame, ending at the right margin; only its height is still open."""

    left: float
    width: float
    clock: Line

    def at(self, middle: float) -> tuple[Line, tuple[Bar | Triangle, ...]]:
        """Time, frame and play mark around a height."""
        frame = Bar(self.left, middle - _PILL / 2, self.width, _PILL, "accent", _STROKE)
        play = Triangle(self.left + _PADDING, middle - _PLAY / 2, _PLAY, "accent")
        drop = self.clock.run.font.cap_height * _CLOCK / 2
        return replace(self.clock, baseline=middle + drop), (frame, play)


def _pill(clock: str, font: Font, right: float) -> _Pill:
    run = shape(clock, font, tabular=True)
    text = right - _PADDING - run.width * _CLOCK
    left = text - _PLAY_GAP - 0.9 * _PLAY - _PADDING
    return _Pill(left, right - left, Line(run, _CLOCK, text, 0.0, "name"))


def _progress(place: float, left: float, right: float, bottom: float) -> tuple[Bar, ...]:
    """The part of the talk before the quote, a dot at the quote, and the part after it."""
    middle = bottom - _DOT / 2
    dot = left + place * (right - left - _DOT)
    played = _bar(left, dot - _DOT_GAP, middle, "accent")
    ahead = _bar(dot + _DOT + _DOT_GAP, right, middle, "track")
    return (*played, Bar(dot, bottom - _DOT, _DOT, _DOT, "accent"), *ahead)


def _bar(start: float, end: float, middle: float, ink: Ink) -> tuple[Bar, ...]:
    """A piece of the progress line; none where there is no room for its round ends."""
    length = end - start
    return (Bar(start, middle - _TRACK / 2, length, _TRACK, ink),) if length >= _TRACK else ()
