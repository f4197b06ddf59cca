"""Where a talk says given words: capitals and punctuation aside, word for word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.model import Sentence
from bot.sentences import Stream, sentences
from bot.wording import UNIT

_CLOSING = re.compile(r"[.!?…]+[\"'“”’»]?")  # belongs to the words before it
_LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a talk as it says them, when and by whom.

    ``before`` and ``after`` are the rest of the sentences they are taken from; ``hole``: something
    inaudible was taken out of these.
    """

    said: str
    start_ms: int
    end_ms: int
    speaker: str | None = None
    before: str = ""
    after: str = ""
    hole: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    """The words of a turn, in lower case, with their places in its text and its sentences."""

    one: Stream
    words: list[str]
    spots: list[tuple[int, int]]
    sentences: list[Sentence]


def places(turns: Sequence[Stream], text: str) -> Iterator[Place]:
    """Every place whose words are those of ``text``, in the order of the talk."""
    wanted, _ = _words(text)
    for turn in _taken_apart(turns):
        for first in range(len(turn.words) - len(wanted) + 1 if wanted else 0):
            if turn.words[first : first + len(wanted)] == wanted:
                yield _place(turn, first, first + len(wanted))


def nearest(turns: Sequence[Stream], text: str) -> Place | None:
    """The place that says most nearly ``text``, or None when nothing is alike."""
    wanted, _ = _words(text)
    best, found = _LEAST_ALIKE, None
    for turn in _taken_apart(turns):
        for first in _anchors(turn.words, wanted):
            run = turn.words[first : first + len(wanted)]
            alike = SequenceMatcher(None, run, wanted, autojunk=False).ratio()
            if run and alike > best:
                best, found = alike, _place(turn, first, first + len(run))
    return found


def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    found = list(UNIT.finditer(text))
    return [match[0].lower().replace("’", "'") for match in found], [one.span() for one in found]


def _taken_apart(turns: Sequence[Stream]) -> list[_Turn]:
    whole = sentences(turns)
    return [
        _Turn(one, *_words(one.text), [each for each in whole if each.turn == place])
        for place, one in enumerate(turns)
    ]


def _anchors(said: list[str], wanted: list[str]) -> Iterator[int]:
    """Where a run could start: at a place that holds one of the wanted words where it would be."""
    seen: set[int] = set()
    spots: dict[str, list[int]] = {}
    for at, word in enumerate(said):
        spots.setdefault(word, []).append(at)
    for offset, word in enumerate(wanted):
        if len(word) > 3:
            seen.update(max(0, at - offset) for at in spots.get(word, ()))
    yield from sorted(seen)


def _place(turn: _Turn, first: int, stop: int) -> Place:
    text, pieces = turn.one.text, turn.one.pieces
    start, end = turn.spots[first][0], turn.spots[stop - 1][1]
    closing = _CLOSING.match(text, end)
    end = closing.end() if closing else end
    opens = max((one.offset for one in turn.sentences if one.offset <= start), default=start)
    ends = (one.offset + len(one.text) for one in turn.sentences)
    closes = min((at for at in ends if at >= end), default=end)
    hole = any(one.hole and opens <= one.offset < closes for one in turn.sentences)
    return Place(
        text[start:end],
        max(piece.start_ms for piece in pieces if piece.offset <= start),
        min(piece.end_ms for piece in pieces if piece.stop >= end),
        turn.one.speaker,
        text[opens:start],
        text[end:closes],
        hole,
    )
