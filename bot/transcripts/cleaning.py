"""Takes out what a recogniser wrote and nobody said, and keeps a record of it.

Recognisers get stuck and say a line over and over, repeat a result they gave before, and end a
recording's silence with the thanks of their training data. Short answers that people do repeat
("Yeah." "Yeah." "Yeah.") stay.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import eq

from bot.model import Cue, Removed

SAID_TWICE = "the same words at the same time again"
LOOP = "a recogniser's loop"
CLOSING = "a recogniser's or publisher's closing line"

_TIMES = 3  # identical neighbours are a loop; of a single word, or two, more are
_TIMES_OF_ONE, _TIMES_OF_TWO = 6, 4
_SAID_BY_TWO = 3  # words: fewer may be two people's answers within one second
_PERIOD = 4  # cues that a loop may take turns with
_IN_CUE, _IN_CUE_OF_ONE = 4, 12  # times that words come again inside a cue
_MOST_WORDS = 12  # in what comes again inside a cue
_LAST = 3  # cues in which a closing line is looked for
_STOPS = '.,!?;:…"“”'
_MARKS = ".,!?;:…\"'“”‘’-–—"
_CLOSING = re.compile(
    r"(?:thank you(?: (?:so|very) much)?|thanks?|(?:thank you|thanks) for (?:watching|listening)"
    r"|please subscribe.{0,40}|(?:bye[ -]?)+|you|the end"
    r"|(?:transcrib|transcript|subtitl|caption)\w*(?: \w+)? (?:by|provided by|ended after)\b.{0,80}"
    r"|.{0,40}\b(?:amara|opensubtitles|rev|otter|descript|temi|castingwords)\.(?:org|com|ai)\b.{0,40}"
    r"|downloaded from\b.{0,60})"
)


def cleaned(cues: Sequence[Cue]) -> tuple[tuple[Cue, ...], tuple[Removed, ...]]:
    """The cues that somebody said, as far as repetition tells, and what was taken out."""
    removed: list[Removed] = []
    kept = _each_once(cues, removed)
    kept = [_unstuck(cue, removed) for cue in kept]
    kept = _without_loops(kept, removed)
    kept = _without_closing(kept, removed)
    return tuple(kept), tuple(removed)


def _gone(cue: Cue, why: str) -> Removed:
    return Removed(why, cue.text, cue.start_ms, cue.line)


def _each_once(cues: Sequence[Cue], removed: list[Removed]) -> list[Cue]:
    """Cues without those whose words stood at the same time before."""
    seen: set[tuple[int, int, str]] = set()
    kept: list[Cue] = []
    for cue in cues:
        key = (cue.start_ms, cue.end_ms, cue.text)
        if key in seen and not _may_be_two(cue):
            removed.append(_gone(cue, SAID_TWICE))
        else:
            kept.append(cue)
        seen.add(key)
    return kept


def _may_be_two(cue: Cue) -> bool:
    """Whether two people may have said it within one second."""
    return cue.start_ms % 1000 == 0 and len(cue.text.split()) < _SAID_BY_TWO


def _unstuck(cue: Cue, removed: list[Removed]) -> Cue:
    """A cue in which words that come again and again stand once."""
    while (less := _without_one_loop(cue, removed)) is not cue:
        cue = less
    return cue


def _without_one_loop(cue: Cue, removed: list[Removed]) -> Cue:
    """The same without the first loop in it; itself when it has none."""
    texts = cue.text.split()
    if len(texts) < len(set(texts)) + _IN_CUE - 1:  # nothing comes again that often
        return cue
    bare = [text.strip(_MARKS) or text for text in cue.text.casefold().split()]
    for start, period, stop in _stuck(bare):
        text = " ".join((*texts[: start + period], *texts[stop:]))
        gone = " ".join(texts[start + period : stop])
        removed.append(Removed(LOOP, gone, cue.start_ms, cue.line, whole=False))
        matched = len(cue.words) == len(texts)
        words = (*cue.words[: start + period], *cue.words[stop:]) if matched else ()
        return cue._replace(text=text, words=words)
    return cue


def _stuck(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where words repeat: the first of them, how many they are, and where the last ends."""
    often = {word for word, times in Counter(words).items() if times >= _IN_CUE}
    if b"\1" * (2 * _IN_CUE) not in bytes(map(often.__contains__, words)):
        return  # a loop of two or more words, or of one, has so many in a row
    for period in range(1, min(_MOST_WORDS, len(words) // _IN_CUE) + 1):
        least = _IN_CUE_OF_ONE if period == 1 else _IN_CUE
        if b"\1" * (period * (least - 1)) not in bytes(map(eq, words, words[period:])):
            continue  # a quick look before the slow one
        run = 0  # words that equal the one a period before
        for at in range(period, len(words) + 1):
            if at < len(words) and words[at] == words[at - period]:
                run += 1
                continue
            if run >= period * (least - 1) and len(set(words[at - period : at])) > period // 2:
                yield at - run - period, period, at - run % period
            run = 0


def _without_loops(cues: list[Cue], removed: list[Removed]) -> list[Cue]:
    """Cues with the first round of each loop alone."""
    plain = "\0".join([cue.text for cue in cues]).casefold()  # no cue has this character
    for mark in _STOPS:
        plain = plain.replace(mark, " ")
    texts = [" ".join(text.split()) for text in plain.split("\0")]
    keys = list(zip([cue.speaker for cue in cues], texts, strict=True))
    kept: list[Cue] = []
    at = 0
    while at < len(cues):
        period, stop = 1, at + 1
        if keys[at] in keys[at + 1 : at + 1 + _PERIOD]:
            period, stop = next(_rounds(keys, at), (period, stop))
        kept += cues[at : at + period]
        removed.extend(_gone(cue, LOOP) for cue in cues[at + period : stop])
        at = stop
    return kept


def _rounds(keys: Sequence[tuple[str | None, str]], at: int) -> Iterator[tuple[int, int]]:
    """The loop that starts at a cue: how many cues take turns in it, and where it ends."""
    for period in range(1, _PERIOD + 1):
        stop = at + period
        while stop < len(keys) and keys[stop] == keys[stop - period]:
            stop += 1
        if stop == at + period:
            continue
        words = sum(len(text.split()) for _, text in keys[at : at + period])
        least = {1: _TIMES_OF_ONE, 2: _TIMES_OF_TWO}.get(words, _TIMES)
        if stop - at >= period * least:
            yield period, stop


def _without_closing(cues: list[Cue], removed: list[Removed]) -> list[Cue]:
    """Cues without the closing lines at their end; one cue is always left."""
    first = max(1, len(cues) - _LAST)
    stop = len(cues)
    while stop > first and _CLOSING.fullmatch(cues[stop - 1].text.casefold().strip(" .!♪-–*")):
        stop -= 1
    removed.extend(_gone(cue, CLOSING) for cue in cues[stop:])
    return cues[:stop]
