"""Who speaks, from the words alone: for each sentence the chance that it is the main speaker's.

Two steps, both learned: the words of a sentence, then a small network over what that gives for it
and its neighbours (questions, answers, names called, thanks, place in the talk). The calibration
turns its logit into the share of sentences that were right in talks it had not seen. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import repeat
from math import dist, hypot, sqrt, tanh
from operator import add, mul
from typing import NamedTuple

from bot.model import Role, Sentence
from bot.speakers.voice_features import (
    MAIN_NAMED,
    OTHER_CALLED,
    Context,
    Feature,
    context,
    features_of,
    name_parts,
    word_logits,
)
from bot.speakers.weights import VoiceWeights

_FLOOR = re.compile(
    r"(?i)\bquestions?\b.{0,40}\b(?:from|by) (?:the |our )?(?:audience|floor|room|crowd)"
    r"|\b(?:take|open|time for|have|any|some) .{0,30}\bquestions\b|\bq ?(?:&|and) ?a\b"
)
_HAND_OVER_WORDS = 4
OTHER_LOGIT = -1.5  # from which a sentence is plainly another's
_LEAST_OTHERS = 2  # such sentences, for a talk that has another voice
_ALONE = 0.73  # least chance where nothing tells of another: a guest's share in interviews
_TOLD = 0.08  # share of plainly another's: of the 219 interviews at hand two have less
_SAFE = 0.80  # share right of what is sure in talks that have less (docs/speakers.md)
_PERSON = frozenset({"he", "she", "him", "her", "his", "he's", "she's"})
_STILL = 2  # sentences from the main speaker's name to such a word, or from that to the next
_SPOKEN_OF = 0.74  # share that were the main speaker's all the same, of another he or she
_LEAST_TURNS = 4  # with fewer, the file marks no turns


class Voice(NamedTuple):
    """What the words say of one sentence: the role, and how likely it is the main speaker's."""

    role: Role
    main: float
    sure: bool


def voices_of(
    sentences: Sequence[Sentence], main: str | None, weights: VoiceWeights
) -> tuple[Voice, ...]:
    """For each sentence who speaks; sentences of one marked turn have one voice."""
    names, known = name_parts(main), frozenset(weights.points)
    features = [known.intersection(features_of(one.text, names)) for one in sentences]
    lengths = [len(one.text.split()) for one in sentences]
    logits = _by_turn(sentences, _logits(features, lengths, weights))
    found: list[Voice] = []
    others = sum(logit < OTHER_LOGIT for logit in logits)
    if others < _LEAST_OTHERS:
        chances = [max(_ALONE, weights.confidence(logit)) for logit in logits]
        return tuple(Voice("main", chance, sure=True) for chance in chances)
    is_told = others >= _TOLD * len(logits)
    floor = _floor_opens(sentences)
    for at, (logit, spoken_of) in enumerate(zip(logits, _spoken_of(features), strict=True)):
        hands_over = OTHER_CALLED in features[at] or lengths[at] <= _HAND_OVER_WORDS
        other: Role = "audience" if at > floor and not hands_over else "host"
        chance = weights.confidence(logit)
        chance = chance if is_told else doubted(chance)
        chance = min(chance, _SPOKEN_OF) if spoken_of else chance
        role: Role = "main" if logit > 0 else other
        found.append(Voice(role, chance, logit >= weights.sure and not spoken_of))
    return tuple(found)


def doubted(chance: float) -> float:
    """A chance in a talk unlike those that were learned from: less, in the same order."""
    return min(chance, _ALONE + (chance - _ALONE) * (_SAFE - _ALONE) / (1 - _ALONE))


def _spoken_of(features: Sequence[frozenset[Feature]]) -> Iterator[bool]:
    """Whether he or she may be the main speaker, named shortly before: then another speaks."""
    last = -_STILL - 1
    for at, found in enumerate(features):
        spoken_of = at - last <= _STILL and not _PERSON.isdisjoint(found)
        yield spoken_of
        if spoken_of or MAIN_NAMED in found:
            last = at


def _logits(
    features: Sequence[frozenset[Feature]], lengths: Sequence[int], weights: VoiceWeights
) -> list[float]:
    """The network over ``context``: for each sentence one logit.

    The product of a row and a unit comes from the distance between them, one call in C:
    2ab = aa + bb - (a - b)(a - b), where one more number makes all rows equally long. Inputs that
    are 0 nearly always are added where they are 1.
    """
    if not features:
        return []
    given = context(features, lengths, word_logits(features, weights.points, weights.bias))
    sizes = [hypot(*row) for row in zip(*given.columns.values(), strict=True)]
    longest = max(sizes)
    rest = [sqrt(longest * longest - size * size) for size in sizes]
    rows = list(zip(*given.columns.values(), rest, strict=True))
    hidden: list[list[float]] = []
    for (unit, bias), added in zip(weights.hidden, _added(given, weights), strict=True):
        worth = [unit[number] for number in given.columns]
        base = bias + (longest * longest + sum(map(mul, worth, worth))) / 2
        away = map(dist, rows, repeat((*worth, 0.0)))
        sums = [base - far * far / 2 + more for far, more in zip(away, added, strict=True)]
        hidden.append(list(map(tanh, sums)))
    return [
        weights.out_bias + sum(map(mul, weights.out, units)) for units in zip(*hidden, strict=True)
    ]


def _added(given: Context, weights: VoiceWeights) -> Iterator[tuple[float, ...]]:
    """For each unit what inputs that are 1 add, a number a sentence."""
    units = list(zip(*(unit for unit, _ in weights.hidden), strict=True))
    added: list[tuple[float, ...]] = [(0.0,) * len(weights.hidden)] * given.sentences
    for number, places in given.ones.items():
        for at in places:
            added[at] = tuple(map(add, added[at], units[number]))
    return zip(*added, strict=True)


def _by_turn(sentences: Sequence[Sentence], logits: Sequence[float]) -> list[float]:
    """The mean of each turn, where the file marks turns."""
    turns: dict[int, list[float]] = defaultdict(list)
    for one, logit in zip(sentences, logits, strict=True):
        turns[one.turn].append(logit)
    if len(turns) < _LEAST_TURNS:
        return list(logits)
    return [sum(turns[one.turn]) / len(turns[one.turn]) for one in sentences]


def _floor_opens(sentences: Sequence[Sentence]) -> int:
    """Where the questions are handed to the audience, or behind the end."""
    places = range(len(sentences) // 3, len(sentences))
    return next((at for at in places if _opens_floor(sentences[at].text)), len(sentences))


def _opens_floor(text: str) -> bool:
    return ("q" in text or "Q" in text) and _FLOOR.search(text) is not None
