"""Cards of several images: a long quote over up to four, and the quotes of a talk with a cover."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.cards import breaking
from bot.cards.alt import Words
from bot.cards.base import Fonts, Layout, Template
from bot.cards.frames import PORTRAIT, Frame, compose
from bot.cards.source import assigned, drawable
from bot.errors import CardError

MOST = 4  # images X, Bluesky and Mastodon take in one post
_COMFORTABLE = 64  # pixels: a quote that would be smaller takes another image
_LEAST = 34
_MORE = "→"
_SENTENCE, _CLAUSE, _ANYWHERE = 0.0, 0.15, 0.6  # what it costs to go on there on the next image


def quote_pages(words: Words, fonts: Fonts) -> list[Layout]:
    """A quote on as few images as let it be large, broken where a sentence or a clause ends."""
    refused: CardError | None = None
    most = min(MOST, len(breaking.pieces(words.quote, 0, words.language)))
    for floor in (_COMFORTABLE, _LEAST):
        for count in range(1, most + 1):
            try:
                return _spread(words, fonts, count, replace(PORTRAIT, floor=floor))
            except CardError as error:
                refused = error
    raise refused or CardError("the quote has no words", remedy="choose another one")


def _spread(words: Words, fonts: Fonts, count: int, frame: Frame) -> list[Layout]:
    """The quote on so many images, everywhere as large as where it is smallest."""
    parts = list(_parts(words, count))
    layouts = [_page(part, at, len(parts), fonts, frame) for at, part in enumerate(parts)]
    smallest = min(_size(layout) for layout in layouts)
    even = replace(frame, cap=int(smallest))
    return [_page(part, at, len(parts), fonts, even) for at, part in enumerate(parts)]


def _page(words: Words, at: int, count: int, fonts: Fonts, frame: Frame) -> Layout:
    return compose(frame, words, fonts, first=at == 0, last=at == count - 1)


def _size(layout: Layout) -> float:
    """The size of a page's words, which may all be stressed; a large mark is larger."""
    return min(line.size for line in layout.lines if line.ink in ("quote", "accent"))


def _parts(words: Words, count: int) -> Iterator[Words]:
    """The words of each image: the quote cut into so many parts of about one length."""
    places = breaking.pieces(words.quote, 0, words.language)
    cuts = _cuts(words.quote, places, count)
    for at, (first, last) in enumerate(pairwise(cuts)):
        start, stop = places[first][0], places[last - 1][1]
        stressed = tuple(
            (max(a, start) - start, min(b, stop) - start)
            for a, b in words.stressed
            if a < stop and b > start
        )
        yield replace(
            words, quote=words.quote[start:stop], stressed=stressed, page=page_note(at + 1, count)
        )


def _cuts(text: str, places: list[tuple[int, int]], count: int) -> list[int]:
    """Which pieces begin an image, by dynamic programming over evenness and ends of sentences."""
    ideal = len(text) / count
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for left in range(count - 1, -1, -1):
        reached: dict[int, tuple[float, list[int]]] = {}
        for first, (cost, cuts) in best.items():
            for last in range(first + 1, len(places) + 1 - left) if left else (len(places),):
                length = places[last - 1][1] - places[first][0]
                total = cost + (length / ideal - 1) ** 2 + _cost_after(text, places, last)
                if last not in reached or total < reached[last][0]:
                    reached[last] = (total, [*cuts, last])
        best = reached
    return best[len(places)][1]


def _cost_after(text: str, places: list[tuple[int, int]], last: int) -> float:
    if last == len(places):
        return 0.0
    end = text[places[last - 1][1] - 1]
    if end in ".!?…。！？":
        return _SENTENCE
    return _CLAUSE if end in ",;:—–、，；：" else _ANYWHERE


def page_note(at: int, count: int) -> str:
    """Which image this is: “2/4 →”, the last without the arrow; nothing when there is one."""
    if count == 1:
        return ""
    return f"{at}/{count}" if at == count else f"{at}/{count} {_MORE}"


def cover(title: str, words: Words, count: int, fonts: Fonts, frame: Frame) -> Layout:
    """The first image of a talk's quotes: its title large, who speaks, and how many follow."""
    first = replace(
        words, quote=title, title="", clock="", place=None, stressed=(), link="",
        page=page_note(1, count + 1),
    )  # fmt: skip
    return compose(frame, first, fonts, first=False, last=False)


def talk_pages(title: str, quotes: Sequence[Words], fonts: Fonts) -> list[Layout]:
    """A cover, then a quote on each image, in the order in which they are said."""
    count = len(quotes)
    title = drawable(assigned(title), fonts.quote)
    if not any(map(str.isalnum, title)):
        remedy = "give the talk one with `harvest --title`, or leave --carousel out"
        raise CardError("the talk has no title for the cover", remedy=remedy)
    first = cover(title, quotes[0], count, fonts, PORTRAIT)
    notes = (page_note(at + 2, count + 1) for at in range(count))
    rest = [
        compose(PORTRAIT, replace(one, page=note), fonts)
        for one, note in zip(quotes, notes, strict=True)
    ]
    return [first, *rest]


CAROUSEL = Template("carousel", PORTRAIT.width, PORTRAIT.height, quote_pages)
