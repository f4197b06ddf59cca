"""Patterns of many phrases, as lists with one a line, and which texts are worth a search. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import ClassVar

from bot.remembering import remembered


def any_of(alternatives: str, *, at_start: bool = False) -> re.Pattern[str]:
    """One pattern out of a list with an alternative a line, whole words, for lower case.

    A search looks for the letters that alternatives begin with, all at once, and looks back for
    the start of a word afterwards: many times as fast as trying each alternative at each word.
    ``at_start`` is for a match, behind an apostrophe or none ("'cause").
    """
    lines = [line.strip() for line in alternatives.splitlines() if line.strip()]
    if at_start:
        return re.compile(rf"'?(?:{'|'.join(lines)})(?!\w)", re.DOTALL)
    parts = [
        f"{letter}{'(?<!' if letter.isalpha() else '(?<='}\\w.)(?:{'|'.join(rests)})(?!\\w)"
        for letter, rests in _by_letter(lines).items()
    ]
    return re.compile("|".join(parts), re.DOTALL)


def _by_letter(lines: Iterable[str]) -> dict[str, list[str]]:
    """Alternatives by their first letter, without it; a group at the start counts as several."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        group = re.match(r"\(\?:([^()]*)\)(?!\?)", line)
        for one in group[1].split("|") if group else [""]:
            whole = one + line[group.end() :] if group else line
            letter = whole[: 1 + (whole[0] == "\\")]
            found[letter].append(whole.removeprefix(letter))
    return found


class Phrases:
    """Alternatives as ``any_of`` has them, looked for only in a text that may have them.

    In ``<angle brackets>`` stands a word, or a group of words, that is in whatever the line finds.
    """

    every: ClassVar[list["Phrases"]] = []

    def __init__(self, alternatives: str) -> None:
        marked = re.findall(r"<(?:\(\?:)?([^<>()]*)\)?>", alternatives)
        self.bit = 1 << len(self.every)
        self.telling = re.compile(rf"\b(?:{'|'.join(marked)})\b")
        self.search = any_of(alternatives.replace("<", "").replace(">", "")).search
        self.every.append(self)


@remembered(32768)
def _bits(word: str) -> int:
    """Of which ``Phrases`` a word tells."""
    return sum(one.bit for one in Phrases.every if one.telling.search(word))


def told(texts: Sequence[tuple[str, ...]]) -> list[int]:
    """For each text, given as its ``tokens``, the bits of all ``Phrases`` that it may have."""
    bits = {word: bit for word in set().union(*texts) if (bit := _bits(word))}
    telling = frozenset(bits)
    return [reduce(or_, map(bits.__getitem__, telling.intersection(words)), 0) for words in texts]
