"""Which way text runs, and the order in which mixed text stands on a line.

The Unicode bidirectional algorithm, https://www.unicode.org/reports/tr9/, by python-bidi.
"""

import re
import unicodedata
from dataclasses import dataclass

_LEFT = ("R", "AL")
# The blocks that hold all such letters: Hebrew to Arabic Extended, presentation forms, and above.
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``[start, end)`` that run one way."""

    start: int
    end: int
    rtl: bool


def runs_left(text: str) -> bool:
    """Whether a text is read from right to left: its first strong character says so (rule P2)."""
    for character in "" if text.isascii() else text:
        way = unicodedata.bidirectional(character)
        if way == "L":
            return False
        if way in _LEFT:
            return True
    return False


def has_left(text: str) -> bool:
    """Whether any letter of the text belongs to a script that runs from right to left."""
    return bool(_LEFTWARD.search(text))


def visual(text: str, *, rtl: bool) -> list[Stretch]:
    """The stretches of one line as they stand from left to right (rules W1 to L2)."""
    if not rtl and not has_left(text):
        return [Stretch(0, len(text), False)] if text else []
    levels = _levels(text, 1 if rtl else 0)
    stretches: list[tuple[int, int, int]] = []
    for at, level in enumerate(levels):
        if stretches and stretches[-1][2] == level:
            stretches[-1] = (stretches[-1][0], at + 1, level)
        else:
            stretches.append((at, at + 1, level))
    for level in range(max(levels), 0, -1):  # rule L2
        stretches = _reversed_from(stretches, level)
    return [Stretch(start, end, level % 2 == 1) for start, end, level in stretches]


def _levels(text: str, base: int) -> list[int]:
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [int(one["level"]) for one in storage["chars"]]
    for at in range(len(text) - 1, -1, -1):  # rule L1: spaces at the end
        if not text[at].isspace():
            break
        levels[at] = base
    return levels


def _reversed_from(stretches: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    """Every run of stretches at this level or above, turned round."""
    turned: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, int]] = []
    for stretch in [*stretches, (0, 0, -1)]:
        if stretch[2] >= level:
            run.insert(0, stretch)
            continue
        turned += run
        run = []
        if stretch[2] >= 0:
            turned.append(stretch)
    return turned
