"""Where a quote stands and what its talk does with it: one function a feature. Pure.

A feature is a number of 0 to 1 of one ``View``; None where the file does not say, as who speaks
in turns. Positions and words taken up again are what finds the moments editors choose (measured in
docs/scorer.md).
"""

import math
import re

from bot.scoring.view import View


def taken_up(view: View) -> float:
    """The talk stays with it: its content words were new and come again soon after."""
    return min(1.0, view.echoes.soon / max(4, len(view.subjects)))


def taken_up_at_once(view: View) -> float:
    """Its content words are said again in the next three sentences: it is explained."""
    return view.echoes.at_once / max(3, len(view.subjects))


def comes_back(view: View) -> float:
    """Its content words come back ten to fifty sentences later: a thread of the talk."""
    return view.echoes.later / max(3, len(view.subjects))


def goes_back(view: View) -> float:
    """Its content words were said ten to fifty sentences before and not since."""
    return view.echoes.earlier / max(3, len(view.subjects))


def fresh(view: View) -> float:
    """Its content words are said for the first time in the talk."""
    count = len(view.subjects)
    return (count - view.echoes.known) / max(3, count)


def theme(view: View) -> float:
    """Says what the talk is about (tf-idf centroid, Radev et al. 2004)."""
    words = view.content
    weight = view.theme.get
    return sum([weight(word, 0.0) for word in words]) / max(4, len(words))


_SUMMING_UP = re.compile(
    r"^(?:and |so |but )*(?:so |that's why|that is why|in the end|in short|ultimately|overall|"
    r"at the end of the day|the (?:point|bottom line|upshot|takeaway|lesson|moral) |in other words|"
    r"basically|fundamentally|what (?:this|that|it) means)"
)


def sums_up(view: View) -> float:
    """So, in the end, the point is: draws the line under what was said (Rhapsody 2025)."""
    return float(bool(_SUMMING_UP.match(view.lower)))


def longer_before(view: View) -> float:
    """How long the sentence before is: a short line after a long one has room."""
    return _log(view.words_before, 60)


def longer_after(view: View) -> float:
    """How long the sentence after is."""
    return _log(view.words_after, 60)


def after_a_question(view: View) -> float:
    """One of the three sentences before asks: it answers."""
    return float(view.answers)


def question_before(view: View) -> float | None:
    """How many words the turn before has: a long question has a long answer, worth quoting."""
    if view.turn is None or view.turn.words_before is None:
        return None
    return _log(view.turn.words_before, 400)


def long_turn(view: View) -> float | None:
    """How many sentences its turn has."""
    return None if view.turn is None else _log(view.turn.before + view.turn.after, 60)


def last_of_turn(view: View) -> float | None:
    """Closes its turn: the last line of an answer."""
    return None if view.turn is None else float(view.turn.after == 0)


def late_half(view: View) -> float:
    """How far into the talk, squared: the second half has fewer."""
    return min(1.0, max(0.0, view.place)) ** 2


def sentences_before(view: View) -> float:
    """How many sentences stand before it, as a logarithm: long talks say their best early."""
    return _log(view.before, 3000)


def opening_minutes(view: View) -> float:
    """The first minutes introduce: nobody has said anything yet."""
    return min(1.0, max(0.0, 1 - view.place / 0.08))


def late(view: View) -> float:
    """The last minutes are wind-down: 5 % of chosen clips fall in the last fifth of an episode."""
    return min(1.0, max(0.0, (view.place - 0.8) / 0.2))


def _log(count: int, most: int) -> float:
    return min(1.0, math.log1p(count) / math.log1p(most))
