"""Where the words of a quote stand in what was said, and what became of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from bot.lexicon import tokens
from bot.model import Edit

Fate = Literal["same", "gone", "new"]


def shown_offset(said: str, edits: Sequence[Edit]) -> int:
    """Where in ``said`` the first shown word, or the mark before it, stands."""
    if (first := _after_opening(said, edits)) is not None:
        return first
    places = list(range(len(said)))
    for edit in edits:
        here = places[edit.at : edit.at + 1] if tokens(edit.new) else [-1]  # -1: not of ``said``
        places[edit.at : edit.at + len(edit.old)] = here * len(edit.new)
    return next((place for place in places if place >= 0 and not said[place].isspace()), 0)


def _after_opening(said: str, edits: Sequence[Edit]) -> int | None:
    """The same where words go from the start, or a letter its case, and what follows stays first.

    Most edits are such; None for the others: what words give way to may be longer, and go itself.
    """
    first, opening = 0, True
    for edit in edits:
        opening = opening and not edit.at
        if edit.at:
            continue
        letter = edit.new.isalpha() and len(edit.old) == len(edit.new) == 1
        if not opening or not (letter or not edit.new):
            return None
        first += 0 if edit.new else len(edit.old)
    return first if said[first : first + 1].strip() else None


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring characters of one fate: ``same`` as said, ``gone`` or ``new``."""

    fate: Fate
    text: str


def marked(said: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """What was said with its edits in it: without ``new`` that is said, without ``gone`` shown."""
    marks: list[tuple[Fate, str]] = [("same", letter) for letter in said]
    for edit in edits:
        visible = [at for at, (fate, _) in enumerate(marks) if fate != "gone"]
        here = visible[edit.at : edit.at + len(edit.old)]
        first = visible[edit.at] if edit.at < len(visible) else len(marks)
        stop = here[-1] + 1 if here else first
        gone: list[tuple[Fate, str]] = [
            ("gone", letter) for fate, letter in marks[first:stop] if fate != "new"
        ]
        marks[first:stop] = [*gone, *(("new", letter) for letter in edit.new)]
    groups = groupby(marks, key=itemgetter(0))
    return tuple(Piece(fate, "".join(letter for _, letter in group)) for fate, group in groups)
