"""Words into a box: the largest size and the most even breaks, without trying sizes out.

For each number of lines k the least width w_k that needs no more than k lines gives the size
min(W / w_k, H / ((k - 1) * leading + 0.95), cap). Every k within 16 % of the largest size stays in
the running, and breaks are chosen by dynamic programming over raggedness and penalties, after
Knuth and Plass, "Breaking Paragraphs into Lines" (1981).

Pure: widths come in as em, sizes go out as pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.errors import CardError

MAX_LINES = 11
_NOTHING = 1e-6  # em: the width of letters that have none
SIZE_TRADE = 0.16  # how much of the size better breaks may cost
DESCENDER_EM = 0.26
CAP_EM = 0.69  # the height of capitals; the caller adds what a font's are higher
_BLOCK_EM = CAP_EM + DESCENDER_EM  # a block of one line
_SIZE_WEIGHT = 2.5
_MEASURE_EM, _WIDE_WEIGHT = 15.0, 0.2  # from about 32 letters on, a line is hard to follow
_SPACE = 0.6  # em, wider than any: the spaces between lines take no room
_SLACKS = (1.0, 1.04, 1.12)
_ENDS = tuple(".!?。！？؟।")
_CLINGING = (  # a line must not end in one of them: they belong to the next word
    " a an the of to in on at by for from with into than as and or but nor so if because when "
    "whose my our your his her their its every "
)
_WEAK = (  # after one of them a line reads on less well than after a noun
    " over under about after before that which who while where not no is are was were be am i i'm "
    "it's we you he she they it this these those will would can could should has have had do does "
    "did very more most "
)
_CLINGS, _READS_ON = 1.2, 0.3  # from 1.2 on a line ends in a clinging word only if it must


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two places to break.

    ``start`` and ``end`` are em along one long line, ``at`` is the character it begins at.
    """

    text: str
    start: float
    end: float
    at: int = 0

    @property
    def stop(self) -> int:
        """The character after its last."""
        return self.at + len(self.text)


@dataclass(frozen=True, slots=True)
class Box:
    """Room for the text in pixels, the sizes allowed; leading and space below it in em."""

    width: float
    height: float
    floor: float
    cap: float
    leading: float
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A size in pixels and, per line, the words ``[first, last)`` it holds."""

    size: float
    lines: tuple[tuple[int, int], ...]


def fit(words: Sequence[Word], box: Box, what: str) -> Fit:
    """The best setting of the words in the box; too many words are refused, never cut."""
    room = _rooms(words, box)
    largest = max((_size(box, one.lines, one.width) for one in room), default=0.0)
    if largest < box.floor:
        raise _too_long(words, box, what)
    best = min(_settings(words, box, room, largest), key=lambda one: one.cost, default=None)
    if best is None:  # a font whose letters go backwards
        raise _too_long(words, box, what)
    return Fit(best.size, tuple(pairwise(best.breaks)))


@dataclass(frozen=True, slots=True)
class _Room:
    lines: int
    width: float


def _rooms(words: Sequence[Word], box: Box) -> list[_Room]:
    """The numbers of lines that may be large enough, each with the least width it needs.

    A line of k is at least a k-th of the text, which bounds its size: most are never looked at.
    """
    total = words[-1].end - words[0].start
    bounds = []
    for k in range(1, min(MAX_LINES, len(words)) + 1):
        width = (total - (k - 1) * _SPACE) / k
        bounds.append((_size(box, k, width) if width > 0 else box.cap, k))
    room: list[_Room] = []
    largest = 0.0
    for bound, k in sorted(bounds, reverse=True):
        if bound >= largest * (1 - SIZE_TRADE):
            room.append(_Room(k, least_width(words, k)))
            largest = max(largest, _size(box, k, room[-1].width))
    return sorted(room, key=lambda one: one.lines)


_Chain = tuple[int, Any]  # a break, and the chain of those before it


@dataclass(frozen=True, slots=True)
class _Setting:
    cost: float
    size: float
    breaks: tuple[int, ...]


def _too_long(words: Sequence[Word], box: Box, what: str) -> CardError:
    widest = max(words, key=lambda word: word.end - word.start)
    word = widest.text.strip("“”")
    if (widest.end - widest.start) * box.floor > box.width:
        return CardError(
            f"the word “{word[:24]}…” ({len(word)} letters) is too wide for the card",
            remedy="shorten it",
        )
    return CardError(
        f"the {what} is too long for the card: {len(words)} words do not fit into "
        f"{box.width:.0f} × {box.height:.0f} pixels at the smallest size ({box.floor:.0f})",
        remedy="trim it, or choose a shorter one",
    )


def height_of(lines: int, leading: float) -> float:
    """How high so many lines are, in em, from cap top to descender."""
    return (lines - 1) * leading + _BLOCK_EM


def _size(box: Box, lines: int, width: float) -> float:
    """The size in pixels at which so many lines of so many em fill the box."""
    height = height_of(lines, box.leading) + box.below
    return min(box.width / max(width, _NOTHING), box.height / height, box.cap)


def least_width(words: Sequence[Word], lines: int) -> float:
    """The least width in em, to a thousandth, that needs no more lines than that."""
    starts, ends = [word.start for word in words], [word.end for word in words]
    high = ends[-1] - starts[0]
    longest = max(end - start for start, end in zip(starts, ends, strict=True))
    low = max(longest, (high - (lines - 1) * _SPACE) / lines)
    if found := _fill(starts, ends, low, lines):
        return found
    while high - low > 1e-3 * abs(high):
        middle = (low + high) / 2
        low, high = (low, middle) if _fill(starts, ends, middle, lines) else (middle, high)
    return _fill(starts, ends, high, lines) or high


def _fill(starts: list[float], ends: list[float], width: float, lines: int) -> float:
    """The widest line when words fill lines greedily; 0 when that takes too many lines."""
    word, widest = 0, 0.0
    for _ in range(lines):
        after = bisect_right(ends, starts[word] + width + 1e-9, lo=word)
        if after == word:
            return 0.0
        widest = max(widest, ends[after - 1] - starts[word])
        if after == len(ends):
            return widest
        word = after
    return 0.0


def _settings(
    words: Sequence[Word], box: Box, room: Sequence[_Room], largest: float
) -> Iterator[_Setting]:
    """One setting per number of lines and slack that costs no more size than is allowed."""
    smallest = max(largest * (1 - SIZE_TRADE), box.floor)
    penalties = [_penalty(words, after) for after in range(1, len(words))] + [0.0]
    for candidate in room:
        limits = {min(candidate.width * slack, box.width / smallest) for slack in _SLACKS}
        for limit in sorted(limits):
            if limit < candidate.width - 1e-9 or _size(box, candidate.lines, limit) < smallest:
                continue
            breaks = _breaks(words, penalties, candidate.lines, limit)
            if breaks:
                yield _judge(words, penalties, box, breaks, largest)


def _judge(
    words: Sequence[Word],
    penalties: Sequence[float],
    box: Box,
    breaks: tuple[int, ...],
    largest: float,
) -> _Setting:
    """The setting with its cost, measured against its own widest line."""
    widest = max(words[last - 1].end - words[first].start for first, last in pairwise(breaks))
    size = _size(box, len(breaks) - 1, widest)
    cost = sum(
        _line_cost(words, first, last, widest) + penalties[last - 1]
        for first, last in pairwise(breaks)
    )
    cost += _SIZE_WEIGHT * (1 - size / largest) + _WIDE_WEIGHT * max(0.0, widest - _MEASURE_EM)
    return _Setting(cost, size, breaks)


def _breaks(
    words: Sequence[Word], penalties: Sequence[float], lines: int, limit: float
) -> tuple[int, ...]:
    """The cheapest way to set the words in exactly so many lines; empty when there is none."""
    starts, ends = [word.start for word in words], [word.end for word in words]
    cheapest: dict[int, tuple[float, _Chain]] = {0: (0.0, (0, None))}
    for left in range(lines - 1, -1, -1):
        # A line ends so that the rest still fits in the lines that are left.
        least = bisect_left(starts, ends[-1] - left * (limit + _SPACE)) if left else len(words)
        most = len(words) - left
        reached: dict[int, tuple[float, _Chain]] = {}
        for first, (cost, chain) in cheapest.items():
            longest = bisect_right(ends, starts[first] + limit + 1e-9)
            for last in range(max(first + 1, least), min(longest, most) + 1):
                total = cost + _line_cost(words, first, last, limit) + penalties[last - 1]
                if last not in reached or total < reached[last][0]:
                    reached[last] = (total, (last, chain))
        cheapest = reached
    return _unrolled(cheapest[len(words)][1]) if len(words) in cheapest else ()


def _unrolled(chain: "_Chain | None") -> tuple[int, ...]:
    breaks: list[int] = []
    while chain:
        breaks.append(chain[0])
        chain = chain[1]
    return tuple(reversed(breaks))


def _line_cost(words: Sequence[Word], first: int, last: int, width: float) -> float:
    """How much a line falls short of the width; short last lines and lone words cost more."""
    short = 1 - (words[last - 1].end - words[first].start) / max(width, _NOTHING)
    alone = last - first == 1 and len(words) > 3
    if last < len(words):
        return short * short * (6 if short > 0.38 else 2) + (0.15 if alone else 0.0)
    return 1.2 * max(0.0, short - 0.25) ** 2 + (1.5 if alone else 0.0) + (short > 0.6)


def _penalty(words: Sequence[Word], after: int) -> float:
    """What it costs to break after so many words: punctuation invites, a function word repels."""
    last = words[after - 1].text
    if _ends_sentence(last) and not words[after].text[0].islower():
        return -0.6
    if last[-1] in "…;:—–；：" or _ends_sentence(last):
        return -0.12
    if last[-1] in ",)’»、，،":
        return -0.06
    starts_sentence = after > 1 and words[after - 2].text[-1] in (*_ENDS, "…")
    plain = last.lower().replace("’", "'").lstrip("“‘(")
    clings = _CLINGS if f" {plain} " in _CLINGING else _READS_ON if f" {plain} " in _WEAK else 0.0
    return clings + (0.2 if starts_sentence else 0.0)


def _ends_sentence(word: str) -> bool:
    return word.rstrip("’”“»")[-1:] in _ENDS
