"""A span as the features see it. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.scoring.filters import Refusal
from bot.scoring.kinds import Kinds
from bot.scoring.phrasings import Phrasings

_AT_ONCE, _SOON, _NOT_SOON, _FAR = 3, 10, 10, 50  # sentences


class TurnPlace(NamedTuple):
    """Where in its turn a span stands: sentences before and after, words of the turn before it."""

    before: int
    after: int
    words_before: int | None  # none before the first turn


class Echoes(NamedTuple):
    """How many of a span's content words the talk says again, and how many it has said before.

    ``soon`` are said again in ten sentences, and were new; ``at_once`` in three; ``later`` are next
    said ten to fifty sentences on, ``earlier`` were last said as many before; ``known`` were said.
    """

    soon: int = 0
    at_once: int = 0
    later: int = 0
    earlier: int = 0
    known: int = 0


def echoes(
    subjects: frozenset[str],
    inside: tuple[int, int],
    following: Mapping[str, int],
    before: Mapping[str, int],
) -> Echoes:
    """The echoes of ``subjects`` in a talk, of the sentences from one to another place.

    ``following`` has where words are next said, ``before`` where they were last: words said inside
    alone count for nothing.
    """
    first, last = inside
    soon = at_once = later = earlier = known = 0
    for word, at in following.items():
        away = at - last
        if away > 0 and word in subjects:
            at_once += away <= _AT_ONCE
            later += _NOT_SOON <= away <= _FAR
            soon += away <= _SOON and not 0 < first - before.get(word, first) <= _SOON
    for word, at in before.items():
        if at < first and word in subjects:
            known += 1
            earlier += _NOT_SOON <= first - at <= _FAR
    return Echoes(soon, at_once, later, earlier, known)


class View(NamedTuple):
    """A span as the features see it.

    What its words say by themselves is that of its ``Part``; ``echoes`` are those of its content
    words; ``theme`` how much each content word of the talk weighs in it (0 to 1). ``place`` is
    where the span starts in the talk (0 to 1), ``before`` how many sentences stand before it,
    ``words_before`` and ``words_after`` how long its neighbours are. ``turn`` is None where the
    talk has no turns. ``answers`` says whether a question was asked just before.
    ``announced``, ``leaning`` and ``refusal`` are what the filters say of it.
    """

    lower: str
    words: tuple[str, ...]
    kinds: Kinds
    phrasings: Phrasings
    content: tuple[str, ...]
    subjects: frozenset[str]
    sentences: tuple[tuple[str, ...], ...]
    clauses: tuple[tuple[str, ...], ...]
    echoes: Echoes
    theme: Mapping[str, float]
    place: float = 0.5
    before: int = 0
    words_before: int = 0
    words_after: int = 0
    turn: TurnPlace | None = None
    answers: bool = False
    announced: bool = False
    leaning: bool = False
    refusal: Refusal | None = None
