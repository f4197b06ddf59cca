"""Spans: one to three whole sentences of one turn that may become a quote. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.edits import shown_offset
from bot.lexicon import tokens, word_count
from bot.model import Edit, Sentence
from bot.scoring.openings import (
    is_leaning,
    leans_whatever_follows,
    opening_refusal,
    points_outside,
)
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
    survey: Survey, trim: Trim, among: Callable[[Sentence], bool] = lambda _: True
) -> Iterator[Span]:
    """Every span no filter refuses, in the order of the talk; ``trim`` gives shown and edits.

    All sentences of a span are ``among`` those that may be quoted.
    """
    sentences, refused, lengths = survey.sentences, survey.refused, survey.lengths
    trim = lru_cache(maxsize=1)(trim)
    for first in range(len(sentences)):
        if survey.announced[first] or refused[first] or not among(sentences[first]):
            continue
        if lengths[first] >= _STANDS and _opens_no_run(sentences[first], trim):
            continue
        for count in range(1, MAX_SENTENCES + 1):
            run = tuple(sentences[first : first + count])
            if len(run) < count or refused[first + count - 1] or not _one_voice(run[0], run[-1]):
                break
            if not among(run[-1]):
                break
            words = sum(lengths[first : first + count])
            if words > 2 * MAX_WORDS:
                break
            if words >= MIN_WORDS and (span := _span(run, trim)):
                yield span


def _opens_no_run(sentence: Sentence, trim: Trim) -> bool:
    """Whether a sentence leans in every run that it begins, whatever follows.

    That is known where it opens the run as it stands: its end is a plain one, only its opening was
    edited, and no more of that can go ("I think" may, before a clause).
    """
    shown, edits = trim(sentence.text)
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


def _span(run: tuple[Sentence, ...], trim: Trim) -> Span | None:
    said = run[0].text
    for before, after in pairwise(run):
        gap = after.offset - before.offset - len(before.text)
        said += " " * gap + after.text
    shown, edits = trim(said)
    if not MIN_WORDS <= word_count(shown) <= MAX_WORDS:
        return None
    if opening_refusal(tokens(shown), shown) or points_outside(shown):
        return None
    start_ms = _start_ms(run, shown_offset(said, edits) if edits else 0)
    return Span(run, said, shown, edits, start_ms, run[-1].end_ms)


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
