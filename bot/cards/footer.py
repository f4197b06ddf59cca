"""The lower part of a card: who said it, where, and when, from the bottom margin up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.cards.alt import Words
from bot.cards.base import Bar, Fonts, Ink, Line, Modules, Placed, Shape, Triangle
from bot.cards.fit import Box
from bot.cards.pictures import Picture, round_portrait
from bot.cards.qr import modules
from bot.cards.setting import Margins, hung, paragraph, shortened
from bot.cards.shape import Run, shape
from bot.cards.source import drawable, drawable_name
from bot.cards.typeface import Typeface

_NAME, _TALK, _CLOCK = 38, 30, 30  # sizes in pixels
_SMALLEST = 0.84  # of those sizes, before a name takes two lines
_STEP, _STEP_ON = 1.42, 1.26  # em from the line above, if that is of another or the same ink
_TALLEST = 170  # pixels of names and titles before they are refused
_PILL, _PADDING, _STROKE = 60, 24, 3
_PLAY, _PLAY_GAP = 21, 13
_GAP = 40  # between the source and what stands beside it
_RISE = 60  # from the progress line up to the last line of the source
_TRACK, _DOT, _DOT_GAP = 5, 22, 8
_PORTRAIT, _PORTRAIT_GAP = 116, 28
_CODE, _CODE_GAP = 148, 22  # pixels of a QR code, at least, and from there to the time above it


@dataclass(frozen=True, slots=True)
class Footer:
    """Lines, shapes and pictures, and where they begin, in pixels from the top."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[Placed, ...]
    top: float


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    face: Typeface
    size: float
    ink: Ink


def footer(
    words: Words, fonts: Fonts, left: float, right: float, bottom: float, scale: float = 1.0
) -> Footer:
    """The source, the time and the progress line between two margins.

    On a card that is read from the right, the source stands there and the time on the left; the
    progress line runs as players show it.
    """
    side = _Side(left, right, words.rtl)
    progress = _progress(words.place, left, right, bottom, scale) if words.place is not None else ()
    base = bottom - (_RISE * scale if progress else 0)
    code = modules(words.link, _CODE * scale, dark=fonts.dark) if words.link else None
    if code:
        code = replace(code, x=side.at_end(_height(code)), y=base - _height(code))
    pill = _pill(words.clock, fonts.name, side, scale) if words.clock else None
    beside = max(_height(code) if code else 0.0, pill.width if pill else 0.0)
    side = side.shorter(beside + _GAP * scale) if beside else side
    portrait = round(_PORTRAIT * scale) if words.photo else 0
    margins = side.margins(portrait + _PORTRAIT_GAP * scale if portrait else 0.0)
    rows = _rows(words, fonts, margins.right - margins.left, scale)
    lift = max(0.0, (portrait - _height_of(rows)) / 2)  # to the middle of a higher portrait
    lines = _stack(rows, margins, base - lift)
    top = base - lift - _height_of(rows)
    middle = (top + base - lift) / 2
    pictures = _portrait(words.photo, side.at_start(portrait), middle - portrait / 2, portrait)
    tops = [top, *(one.y for one in pictures)]
    shapes: list[Shape] = [code] if code else []
    if pill:
        half = _PILL * scale / 2
        height = code.y - _CODE_GAP * scale - half if code else middle if lines else base - half
        clock, frame = pill.at(height)
        lines = (*lines, clock)
        shapes += frame
        tops.append(frame[0].y)
    tops += [code.y] if code else []
    return Footer(lines, (*shapes, *progress), pictures, min(tops))


def _height_of(rows: list[_Row]) -> float:
    """From the top of the first row's capitals to the last baseline, in pixels."""
    if not rows:
        return 0.0
    return rows[0].face.fonts[0].cap_height * rows[0].size + sum(map(_step, rows, rows[1:]))


def _step(above: _Row, below: _Row) -> float:
    return (_STEP if above.ink != below.ink else _STEP_ON) * below.size


def _portrait(photo: Picture | None, x: float, y: float, side: int) -> tuple[Placed, ...]:
    if photo is None:
        return ()
    return (Placed(round_portrait(photo, side), round(x), round(y)),)


@dataclass(frozen=True, slots=True)
class _Side:
    """What is left between two margins; the start is where the card is read from."""

    left: float
    right: float
    rtl: bool

    def at_start(self, width: float) -> float:
        """Where something of a width stands at the start."""
        return self.right - width if self.rtl else self.left

    def at_end(self, width: float) -> float:
        """Where something of a width stands at the end."""
        return self.left if self.rtl else self.right - width

    def shorter(self, width: float) -> "_Side":
        """What is left when something stands at the end."""
        if self.rtl:
            return replace(self, left=self.left + width)
        return replace(self, right=self.right - width)

    def margins(self, indent: float) -> Margins:
        """The margins of text that begins so far in."""
        if self.rtl:
            return Margins(self.left, self.right - indent, True)
        return Margins(self.left + indent, self.right)


def _height(code: Modules) -> float:
    return float(code.side * len(code.rows))


def _rows(words: Words, fonts: Fonts, width: float, scale: float) -> list[_Row]:
    """The speaker, their role, and the talk; without a speaker the title takes the name's line."""
    words = _drawable(words, fonts)
    name, talk = _NAME * scale, _TALK * scale
    if not words.name:
        title = _cut(words.title, fonts.name, width, name, "name")
        return title + _whole(words.event, fonts.talk, width, talk, "talk")
    role = _cut(words.role, fonts.talk, width, talk, "talk")
    return (
        _whole(words.name, fonts.name, width, name, "name")
        + role
        + _talk(words, fonts, width, talk)
    )


def _drawable(words: Words, fonts: Fonts) -> Words:
    """The source without what no font has; a letter of a name that none has is an error."""
    name = drawable_name(words.name, fonts.name)
    fonts.name.pieces(name)
    return replace(
        words,
        name=name,
        title=drawable(words.title, fonts.talk if name else fonts.name),
        event=drawable(words.event, fonts.talk),
        role=drawable(words.role, fonts.talk),
    )


def _talk(words: Words, fonts: Fonts, width: float, size: float) -> list[_Row]:
    """Title and event on one line if they fit, else on a line each."""
    both = " · ".join(part for part in (words.title, words.event) if part)
    if both and shape(both, fonts.talk).width * size * _SMALLEST <= width:
        return [_Row(both, fonts.talk, _shrunk(both, fonts.talk, width, size), "talk")]
    title = _cut(words.title, fonts.talk, width, size, "talk")
    return title + _whole(words.event, fonts.talk, width, size, "talk")


def _whole(text: str, face: Typeface, width: float, size: float, ink: Ink) -> list[_Row]:
    """The text smaller, or on more lines: a name is never shortened."""
    if not text:
        return []
    box = Box(width, _TALLEST, size * _SMALLEST, size, _STEP)
    fitted, texts = paragraph(text, face, box, "name")
    return [_Row(line, face, fitted, ink) for line in texts]


def _cut(text: str, face: Typeface, width: float, size: float, ink: Ink) -> list[_Row]:
    """The text on one line, smaller, and ending in “…” if that is not enough."""
    if not text:
        return []
    fitted = _shrunk(text, face, width, size)
    return [_Row(shortened(text, face, width / fitted), face, fitted, ink)]


def _shrunk(text: str, face: Typeface, width: float, size: float) -> float:
    """The size at which the text fits the width; the full size when it never does."""
    fitting = min(size, width / (shape(text, face).width or width))
    return fitting if fitting >= size * _SMALLEST else size


def _stack(rows: list[_Row], margins: Margins, base: float) -> tuple[Line, ...]:
    """The rows as lines, the last one on ``base``."""
    baselines = [base]
    for above, below in reversed(list(pairwise(rows))):
        baselines.insert(0, baselines[0] - _step(above, below))
    lines = []
    for row, baseline in zip(rows, baselines, strict=False):
        run = shape(row.text, row.face, rtl=margins.rtl or None)
        x = hung(run, margins, row.size, hang=False)
        lines.append(Line(run, row.size, x, baseline, row.ink))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Pill:
    """The time in its frame; only its height is still open."""

    left: float
    width: float
    scale: float
    run: Run

    def at(self, middle: float) -> tuple[Line, tuple[Bar, Triangle]]:
        """Time, frame and play mark around a height."""
        size, play, high = _CLOCK * self.scale, _PLAY * self.scale, _PILL * self.scale
        frame = Bar(self.left, middle - high / 2, self.width, high, "accent", _STROKE)
        mark = Triangle(self.left + _PADDING * self.scale, middle - play / 2, play, "accent")
        x = self.left + self.width - _PADDING * self.scale - self.run.width * size
        drop = self.run.font.cap_height * size / 2
        return Line(self.run, size, x, middle + drop, "name"), (frame, mark)


def _pill(clock: str, face: Typeface, side: _Side, scale: float) -> _Pill:
    run = shape(clock, face, tabular=True, rtl=False)
    width = run.width * _CLOCK + _PLAY_GAP + 0.9 * _PLAY + 2 * _PADDING
    return _Pill(side.at_end(width * scale), width * scale, scale, run)


def _progress(
    place: float, left: float, right: float, bottom: float, scale: float
) -> tuple[Bar, ...]:
    """The part of the talk before the quote, a dot at the quote, and the part after it."""
    track, side, gap = _TRACK * scale, _DOT * scale, _DOT_GAP * scale
    middle = bottom - side / 2
    dot = left + place * (right - left - side)
    played = _bar(left, dot - gap, middle, track, "accent")
    ahead = _bar(dot + side + gap, right, middle, track, "track")
    return (*played, Bar(dot, bottom - side, side, side, "accent"), *ahead)


def _bar(start: float, end: float, middle: float, track: float, ink: Ink) -> Iterable[Bar]:
    """A piece of the progress line; none where there is no room for its round ends."""
    length = end - start
    return (Bar(start, middle - track / 2, length, track, ink),) if length >= track else ()
