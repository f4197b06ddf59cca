"""Where the words of a quote stand in what was said. Pure."""

from collections.abc import Sequence

from bot.lexicon import tokens
from bot.model import Edit


def shown_offset(said: str, edits: Sequence[Edit]) -> int:
    """Where in ``said`` the first shown word, or the mark before it, stands."""
    places = list(range(len(said)))
    for edit in edits:
        here = places[edit.at : edit.at + 1] if tokens(edit.new) else [-1]  # -1: not of ``said``
        places[edit.at : edit.at + len(edit.old)] = here * len(edit.new)
    return next((place for place in places if place >= 0 and not said[place].isspace()), 0)
