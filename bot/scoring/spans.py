"""Spans: one to three whole sentences of one turn that may become a quote. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.edits import shown_offset
from bot.lexicon import tokens, word_count
from bot.model import Edit, Sentence
from bot.scoring.breaks import is_broken
from bot.scoring.openings import (
    is_cut_off,
    is_leaning,
    leans_whatever_follows,
    names_nobody,
    opening_refusal,
    points_outside,
    settles,
)
from bot.scoring.parts import cut
from bot.scoring.survey import Survey
from bot.windups import windup_cuts

MAX_SENTENCES = 3
MIN_WORDS, MAX_WORDS = 6, 45
_OPENS_ALL = 8  # words; a sentence that long opens every run it begins in one way
_STANDS = 4  # words; of so many, no wind-up leaves less than two
_OF_OPENING = frozenset({"trim-start", "case"})
_PLAIN_END = re.compile(r"[^.][.!?]$")

Trim = Callable[[str], tuple[str, tuple[Edit, ...]]]


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive sentences with their words as said and as shown, and the shown words' times.

    ``leaning`` where its opening leans on what came before: none that ``spans`` gives.
    """

    sentences: tuple[Sentence, ...]
    said: str
    shown: str
    edits: tuple[Edit, ...]
    start_ms: int
    end_ms: int
    leaning: bool = False


def spans(
    survey: Survey,
    trim: Trim,
    among: Callable[[Sentence], bool] = lambda _: True,
    *,
    english: bool = True,
) -> Iterator[Span]:
    """Every span no filter refuses, in the order of the talk; ``trim`` gives shown and edits.

    All sentences of a span are ``among`` those that may be quoted. What leans on what came before
    is known by English words: in a talk that is not ``english`` only what shows without them is.
    """
    may_stand = [
        not why and among(one) for one, why in zip(survey.sentences, survey.refused, strict=True)
    ]
    leans = lru_cache(maxsize=None)(_leans if english else is_cut_off)
    broken = lru_cache(maxsize=None)(lambda text: english and is_broken(survey.apart(text)))
    for first, sentence in enumerate(survey.sentences):
        if survey.announced[first] or not may_stand[first]:
            continue
        shown, edits = trim(sentence.text)
        leaning = survey.lengths[first] >= _STANDS and leans(shown)
        if leaning and english and _opens_no_run(sentence, shown, edits):
            continue
        for run, said in _runs(survey, first, may_stand):
            if len(run) > 1:
                shown, edits = trim(said)
            fits = MIN_WORDS <= word_count(shown) <= MAX_WORDS
            if fits and _stands_alone(shown, leans) and not any(map(broken, cut(shown))):
                start_ms = _start_ms(run, shown_offset(said, edits) if edits else 0)
                yield Span(run, said, shown, edits, start_ms, run[-1].end_ms)


def _runs(
    survey: Survey, first: int, may_stand: Sequence[bool]
) -> Iterator[tuple[tuple[Sentence, ...], str]]:
    """The runs of sentences that begin with this one, long enough and not too long, as said."""
    sentences, lengths = survey.sentences, survey.lengths
    said, words = "", 0
    for last in range(first, min(first + MAX_SENTENCES, len(sentences))):
        one = sentences[last]
        if last > first:
            before = sentences[last - 1]
            if not (may_stand[last] and _one_voice(sentences[first], one)):
                return
            said += " " * (one.offset - before.offset - len(before.text))
        said += one.text
        words += lengths[last]
        if words > 2 * MAX_WORDS:
            return
        if words >= MIN_WORDS:
            yield tuple(sentences[first : last + 1]), said


def _stands_alone(shown: str, leans: Callable[[str], bool]) -> bool:
    """Whether a text does not lean: its first sentence may settle that."""
    opening, *others = cut(shown)
    settled = others and settles(tokens(opening)) and not leans(opening)
    return (settled and all(map(names_nobody, others))) or not leans(shown)


def _leans(shown: str) -> bool:
    return opening_refusal(tokens(shown), shown) is not None or points_outside(shown)


def _opens_no_run(sentence: Sentence, shown: str, edits: Sequence[Edit]) -> bool:
    """Whether a sentence leans in every run that it begins, whatever follows.

    That is known where it opens the run as it stands: its end is a plain one, only its opening was
    edited, and no more of that can go ("I think" may, before a clause).
    """
    words = tokens(shown)
    if words and is_leaning(words[0]) and word_count(sentence.text) >= _OPENS_ALL:
        return True
    return (
        len(words) >= _STANDS
        and _PLAIN_END.search(shown) is not None
        and words[0].partition("'")[0] != "i"
        and _OF_OPENING.issuperset([edit.kind for edit in edits])
        and leans_whatever_follows(words, shown)
        and not windup_cuts(shown)
    )


def _one_voice(first: Sentence, last: Sentence) -> bool:
    """Whether the last sentence of a run is the first one's speaker's, as far as is known."""
    return (first.turn, first.role, first.speaker) == (last.turn, last.role, last.speaker)


def _start_ms(run: tuple[Sentence, ...], offset: int) -> int:
    """Start of the cue or word that holds the first shown character, in milliseconds."""
    found = run[0].marks[0].start_ms
    for sentence in run:
        before = sentence.offset - run[0].offset
        for mark in sentence.marks:
            if before + mark.offset > offset:
                return found
            found = mark.start_ms
    return found
