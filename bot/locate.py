"""Where a talk says given words: capitals and punctuation aside, word for word. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.lexicon import TOKEN, tokens
from bot.sentences import Stream

_CLOSING = re.compile(r"[.!?…]+[\"'”’]?")  # belongs to the words before it


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a talk as it says them, and when."""

    said: str
    start_ms: int
    end_ms: int


def places(turns: Sequence[Stream], text: str) -> Iterator[Place]:
    """Every place whose words are those of ``text``, in the order of the talk."""
    wanted = list(tokens(text))
    for turn in turns:
        found = list(TOKEN.finditer(turn.text))
        said = [match[0].lower().replace("’", "'") for match in found]
        for first in range(len(said) - len(wanted) + 1 if wanted else 0):
            if said[first : first + len(wanted)] == wanted:
                yield _place(turn, found[first].start(), found[first + len(wanted) - 1].end())


def nearest(turns: Sequence[Stream], text: str) -> Place | None:
    """The place that says most nearly ``text``, or None when nothing is alike."""
    wanted = list(tokens(text))
    best: tuple[float, Place] | None = None
    for turn in turns:
        found = list(TOKEN.finditer(turn.text))
        said = [match[0].lower().replace("’", "'") for match in found]
        for first in _anchors(said, wanted):
            run = said[first : first + len(wanted)]
            alike = SequenceMatcher(None, run, wanted, autojunk=False).ratio()
            if run and (best is None or alike > best[0]):
                last = found[first + len(run) - 1].end()
                best = (alike, _place(turn, found[first].start(), last))
    return best[1] if best and best[0] >= 0.5 else None


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


def _place(turn: Stream, start: int, stop: int) -> Place:
    first = max(0, bisect_right(turn.pieces, start, key=lambda piece: piece.offset) - 1)
    last = max(0, bisect_right(turn.pieces, stop - 1, key=lambda piece: piece.offset) - 1)
    closing = _CLOSING.match(turn.text, stop)
    said = turn.text[start : closing.end() if closing else stop]
    return Place(said, turn.pieces[first].start_ms, turn.pieces[last].end_ms)
