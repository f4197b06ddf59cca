"""Cues to sentences: whole sentences across cues, each with its own start and end.

A turn's cues are joined into one ``Stream`` of text; Punkt finds the sentences in it; the pieces
(cues, or words where they are timed) give the times. Pure.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Any

from bot.model import Cue, Event, Mark, Sentence, Word

MAX_WORDS = 80
MAX_MS = 60_000
UNMARKED_WORDS = 30  # without a single mark of punctuation: nobody marked where sentences end
EXACT_MS = 12_000  # a start inside a longer piece, as a whole turn, is only about right

# Unstressed words of speech that end in a full stop without ending a sentence.
ABBREVIATIONS = """
    dr mr mrs ms prof sr jr st mt ft rev hon gen col sgt lt capt gov sen rep pres
    vs etc e.g i.e eg ie al cf ca approx est vol pp
    a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a inc ltd corp dept univ assn
    jan feb apr jun jul aug sep sept oct nov dec tues thurs
"""
_NOISE = (
    r"applau|laugh|music|cheer|audience|crowd|clap|chuckl|giggl|sigh|cough|sneez|gasp|groan|"
    r"silence|pause|cross ?talk|inaudible|unintelligible|indistinct|unclear|blank|noise|"
    r"bell|phone|door|beep|bleep|whistl|humming|singing|foreign"
)
# An aside that somebody spoke, not a note on what was heard: "(the music was terrible)".
_SPOKEN = r"[^()\[\]]*\b(?:i|we|you|he|she|they|it|my|our|your|is|are|was|were|had|has|have)\b"
_TAG = re.compile(
    r"\[(?:[A-Z][A-Z _'-]+|\?+)\]"
    rf"|(?i:\[(?!{_SPOKEN})[^\[\]]{{0,40}}\b(?:{_NOISE})[^\[\]]{{0,40}}\])"
    rf"|(?i:\((?!{_SPOKEN})[^()]{{0,40}}\b(?:{_NOISE})[^()]{{0,40}}\))"
    r"|♪[^♪]{0,200}♪|♪+"
)
_HEARD = re.compile(rf"(?i)♪|\b(?:{_NOISE})")  # any other tag may stand for words
_HOLE = re.compile(r"(?i)inaudible|unintelligible|indistinct|unclear|cross ?talk|bleep|foreign|\?")
# Broadcast captions, and overlaps as verbatim typists mark them (//S02: … //): someone else speaks.
_TURN = re.compile(
    r"\s*>>+\s*|^[-–—]\s+|(?<=[.!?…])\s+-\s+|(?:^|(?<=\s))//+\s*(?:S\d+:)?\s*|\s*//+(?=\s|$)"
)
_ALSO_ENDS = re.compile(  # where Punkt sees an abbreviation or no space, and a sentence ends
    r"\b(?:[ap]\.m|etc|Inc|Ltd|Corp|Jr|Sr|U\.S|U\.K|D\.C|Ph\.D)\. "
    r"(?=(?:I|He|She|It|We|You|They|The|A|There|That|This|And|But|So|Then|If|When|What)\b)"
    r"|[。！？｡؟।][」』”’）》]*\s*(?=\S)"
)
_NUMBER_FOLLOWS = re.compile(r"\b(?:Nos?|Figs?|Art|Ch|Sec)\.$")
_MARKED = re.compile(r"[.,;:!?…–—][\"'”’)]*(?:\s|$)")
# How long a mark holds the voice, in characters: fitted on sentence starts with known word times.
_LONGER = {**dict.fromkeys(".?!", 1 + 6), **dict.fromkeys(",;:", 1 + 3)}


@dataclass(frozen=True, slots=True)
class Piece:
    """The stretch of a stream that one cue, or one timed word, covers; times in milliseconds."""

    offset: int
    stop: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one turn as one text, the pieces it came in, and what was heard between.

    ``holes`` are the offsets at which something inaudible was taken out; ``next_ms`` is when the
    next turn begins.
    """

    text: str
    pieces: tuple[Piece, ...]
    events: tuple[Event, ...] = ()
    holes: tuple[int, ...] = ()
    speaker: str | None = None
    next_ms: int | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Where in the text each cue or timed word begins."""
        return tuple(Mark(piece.offset, piece.start_ms) for piece in self.pieces)


def stream(cues: Sequence[Cue]) -> tuple[Stream, ...]:
    """One stream a turn, as far as speakers, ``>>`` and dashes tell; tags become events."""
    turns: list[list[Cue]] = []
    for cue in cues:
        parts = _TURN.split(cue.text)
        for place, text in enumerate(parts):
            part = cue if text == cue.text else replace(cue, text=text, words=())
            if any(parts[:place]):
                part = replace(part, speaker=None)  # somebody else, and nobody says who
            if not turns or place or part.speaker != turns[-1][-1].speaker:
                turns.append([part])
            else:
                turns[-1].append(part)
    joined = [one for turn in turns if (one := _join(turn)).text or one.events]
    following = None
    for place in reversed(range(len(joined))):
        joined[place] = replace(joined[place], next_ms=following)
        following = joined[place].pieces[0].start_ms if joined[place].pieces else following
    return tuple(joined)


def sentences(streams: Sequence[Stream]) -> tuple[Sentence, ...]:
    """Sentences of all streams in order, none over ``MAX_WORDS`` words or ``MAX_MS``."""
    found: list[Sentence] = []
    for turn, one in enumerate(streams):
        for span in _spans(one.text):
            parts = _capped(one, *span)
            for part in parts:
                found.append(_sentence(one, part, len(found), turn, cut=len(parts) > 1))
    return tuple(found)


def _join(cues: list[Cue]) -> Stream:
    parts: list[str] = []
    pieces: list[Piece] = []
    events: list[Event] = []
    holes: list[int] = []
    length = -1  # of the parts joined by spaces
    for cue in cues:
        tags = list(_TAG.finditer(cue.text))
        events.extend(Event(cue.start_ms, tag[0]) for tag in tags)
        if any(_HOLE.search(tag[0]) or not _HEARD.search(tag[0]) for tag in tags):
            holes.append(length + 1)
        for word in _outside(cue, tags):
            offset = length + 1
            length = offset + len(word.text)
            parts.append(word.text)
            pieces.append(Piece(offset, length, word.start_ms, word.end_ms))
    return Stream(" ".join(parts), tuple(pieces), tuple(events), tuple(holes), cues[0].speaker)


def _outside(cue: Cue, tags: list[re.Match[str]]) -> list[Word]:
    """What a cue says outside its tags: its timed words, or all of it as one piece."""
    text = " ".join(word.text for word in cue.words)
    if not cue.words or text != cue.text:  # times of other words than the cue's own are no use
        spoken = " ".join(_TAG.sub(" ", cue.text).split())
        return [Word(spoken, cue.start_ms, cue.end_ms)] if spoken else []
    kept: list[Word] = []
    at = 0
    for word in cue.words:
        if not any(at < tag.end() and at + len(word.text) > tag.start() for tag in tags):
            kept.append(word)
        at += len(word.text) + 1
    return kept


@cache
def _punkt() -> Any:
    """Untrained Punkt (Kiss & Strunk 2006) with our abbreviations: nothing is downloaded."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # 0.2 s

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each sentence of a text, without the space around it."""
    held: int | None = None
    for start, stop in _punkt().span_tokenize(text):
        at = start if held is None else held
        if _NUMBER_FOLLOWS.search(text, at, stop) and text[stop + 1 : stop + 2].isdigit():
            held = at  # «No. 5» is one thing
            continue
        held = None
        for cut in [*(match.end() for match in _ALSO_ENDS.finditer(text, at, stop)), stop]:
            piece = text[at:cut]
            if piece.strip():
                yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
            at = cut


def _capped(one: Stream, start: int, stop: int) -> list[tuple[int, int]]:
    """A sentence beyond the caps is cut at its longest pauses, near the middle, until it fits."""
    todo, done = [(start, stop)], []
    while todo:
        start, stop = todo.pop()
        text = one.text[start:stop]
        words = len(text.split())
        duration_ms = _end_ms(one, stop) - _start_ms(one, start)
        most = MAX_WORDS if _MARKED.search(text) else UNMARKED_WORDS
        cut = None
        parts = _piece_at(one, stop - 1) > _piece_at(one, start)  # else a cut changes no time
        if words > most or (duration_ms > MAX_MS and parts):
            cut = _longest_pause(one, start, stop)
        if cut is None:
            done.append((start, stop))
        else:
            todo += [(cut, stop), (start, cut - 1)]
    return done


def _longest_pause(one: Stream, start: int, stop: int) -> int | None:
    """The offset in the middle three fifths before which the longest pause lies."""
    margin = (stop - start) // 5
    first = bisect_right(one.pieces, start + margin, key=attrgetter("offset"))
    last = bisect_right(one.pieces, stop - margin, key=attrgetter("offset"))
    middle = (start + stop) / 2
    inner = range(max(first, 1), last)
    if not inner:
        space = one.text.find(" ", int(middle), stop)
        space = space if space >= 0 else one.text.rfind(" ", start, int(middle))
        return space + 1 if space > start else None
    best = max(
        inner,
        key=lambda place: (
            one.pieces[place].start_ms - one.pieces[place - 1].end_ms,
            -abs(one.pieces[place].offset - middle),
        ),
    )
    return one.pieces[best].offset


def _sentence(one: Stream, span: tuple[int, int], index: int, turn: int, *, cut: bool) -> Sentence:
    start, stop = span
    first = _piece_at(one, start)
    marks = [Mark(0, one.pieces[first].start_ms)]
    for place in range(first + 1, len(one.pieces)):
        piece = one.pieces[place]
        if piece.offset >= stop:
            break
        marks.append(Mark(piece.offset - start, piece.start_ms))
    start_ms = _start_ms(one, start)
    hole = any(start <= at < stop for at in one.holes)
    return Sentence(
        index,
        one.text[start:stop],
        start_ms,
        max(start_ms, _end_ms(one, stop)),
        tuple(marks),
        turn,
        start,
        approximate=cut or _is_rough(one.pieces[first], start),
        speaker=one.speaker,
        hole=hole,
    )


def _is_rough(piece: Piece, start: int) -> bool:
    """Whether a sentence starts inside a piece so long that its start is a guess."""
    return start > piece.offset and piece.end_ms - piece.start_ms > EXACT_MS


def _piece_at(one: Stream, offset: int) -> int:
    return max(0, bisect_right(one.pieces, offset, key=attrgetter("offset")) - 1)


def _start_ms(one: Stream, offset: int) -> int:
    """When the voice reaches an offset: by characters inside its piece, with weight for pauses."""
    place = _piece_at(one, offset)
    piece = one.pieces[place]
    if offset <= piece.offset:
        return piece.start_ms
    last = place + 1 == len(one.pieces)
    next_ms = one.next_ms if last else one.pieces[place + 1].start_ms
    end_ms = piece.end_ms if next_ms is None else min(piece.end_ms, next_ms)  # cues may overlap
    weights = _weights(one.text)
    before = weights[offset] - weights[piece.offset]
    whole = weights[piece.stop] - weights[piece.offset]
    return piece.start_ms + round((end_ms - piece.start_ms) * before / whole)


def _end_ms(one: Stream, offset: int) -> int:
    piece = one.pieces[_piece_at(one, offset - 1)]
    return piece.end_ms if offset >= piece.stop else _start_ms(one, offset)


@lru_cache(maxsize=4)
def _weights(text: str) -> list[int]:
    """How long the voice takes to reach each offset of a text, in characters."""
    return list(accumulate((_LONGER.get(letter, 1) for letter in text), initial=0))
