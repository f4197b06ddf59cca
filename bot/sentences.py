"""Cues to sentences: whole sentences across cues, each with its own start and end.

A turn's cues are joined into one ``Stream`` of text; ``stops`` finds the sentences in it; the
pieces (cues, or words where they are timed) give the times. Pure.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from bot import asides
from bot.model import Cue, Event, Mark, Sentence, Word
from bot.stops import sentence_spans

MAX_WORDS = 80
MAX_MS = 60_000
UNMARKED_WORDS = 30  # without a single mark of punctuation: nobody marked where sentences end
EXACT_MS = 12_000  # a start inside a longer piece, as a whole turn, is only about right

# Broadcast captions, and overlaps as verbatim typists mark them (//S02: … //): someone else speaks.
_TURN = re.compile(
    r"\s*>>+\s*|^[-–—]\s+|(?<=[.!?…])\s+-\s+|(?:^|(?<=\s))//+\s*(?:S\d+:)?\s*|\s*//+(?=\s|$)"
)
_TURNING = re.compile("[->/–—]")  # without one of these no other voice is marked
_ALSO_ENDS = re.compile(  # where Punkt sees an abbreviation or no space, and a sentence ends
    r"\b(?:[ap]\.m|etc|Inc|Ltd|Corp|Jr|Sr|U\.S|U\.K|D\.C|Ph\.D)\. "
    r"(?=(?:I|He|She|It|We|You|They|The|A|There|That|This|And|But|So|Then|If|When|What)\b)"
    r"|[。！？｡؟।][」』”’）》]*\s*(?=\S)"
)
_NUMBERED = ("No.", "Nos.", "Fig.", "Figs.", "Art.", "Ch.", "Sec.")  # «No. 5» is one thing
_NUMBER_FOLLOWS = re.compile(r"\b(?:Nos?|Figs?|Art|Ch|Sec)\.$")
_MARKED = re.compile(r"[.,;:!?…–—][\"'”’)]*(?:\s|$)")
# How long a mark holds the voice, in characters: fitted on sentence starts with known word times.
_PAUSES = {**dict.fromkeys(b".?!", 6), **dict.fromkeys(b",;:", 3)}
_LENGTHS = bytes(1 + _PAUSES.get(code, 0) for code in range(256))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Piece(NamedTuple):
    """The stretch of a stream that one cue, or one timed word, covers; times in milliseconds."""

    offset: int
    stop: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one turn as one text, the pieces it came in, and what was heard between.

    ``holes`` are the offsets of the last character before something inaudible that was taken out,
    negative where none is; ``next_ms`` is when the next turn begins.
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
        parts = _parted(cue) if _TURNING.search(cue.text) else (cue,)
        for place, part in enumerate(parts):
            if not turns or place or part.speaker != turns[-1][-1].speaker:
                turns.append([part])
            else:
                turns[-1].append(part)
    joined: list[Stream] = []
    following = None
    for turn in reversed(turns):
        one = _join(turn, following)
        if one.text or one.events:
            joined.append(one)
            following = one.pieces[0].start_ms if one.pieces else following
    return tuple(reversed(joined))


def _parted(cue: Cue) -> Iterator[Cue]:
    """What each voice of a cue says."""
    parts = _TURN.split(cue.text)
    for place, text in enumerate(parts):
        part = cue if text == cue.text else cue._replace(text=text, words=())
        if any(parts[:place]):
            part = part._replace(speaker=None)  # somebody else, and nobody says who
        yield part


def sentences(streams: Sequence[Stream]) -> tuple[Sentence, ...]:
    """Sentences of all streams in order, none over ``MAX_WORDS`` words or ``MAX_MS``."""
    found: list[Sentence] = []
    for turn, one in enumerate(streams):
        clock = _Clock(one)
        for span in _spans(one.text):
            parts = _capped(clock, *span)
            for part in parts:
                found.append(_sentence(clock, part, len(found), turn, cut=len(parts) > 1))
    return tuple(found)


def _join(cues: list[Cue], next_ms: int | None) -> Stream:
    said: list[Word] = []
    events: list[Event] = []
    holes: list[tuple[int, int]] = []  # each the words before its cue, and letters of that
    for cue in cues:
        tags = asides.found(cue.text)
        if tags:
            events.extend(Event(cue.start_ms, tag[0]) for tag in tags)
            gaps = (tag.start() for tag in tags if asides.is_hole(tag[0]))
            holes += ((len(said), len(asides.without(cue.text[:at]))) for at in gaps)
        said += _outside(cue, tags)
    offsets = list(accumulate([len(word.text) + 1 for word in said], initial=0))
    pieces = [
        Piece(offset, offset + len(text), start_ms, end_ms)
        for offset, (text, start_ms, end_ms) in zip(offsets, said, strict=False)
    ]
    text = " ".join([word.text for word in said])
    befores = tuple([offsets[word] + (letters or -1) - 1 for word, letters in holes])
    return Stream(text, tuple(pieces), tuple(events), befores, cues[0].speaker, next_ms)


def _outside(cue: Cue, tags: Sequence[re.Match[str]]) -> Sequence[Word]:
    """What a cue says outside its tags: its timed words, or all of it as one piece."""
    if not cue.words or " ".join([word.text for word in cue.words]) != cue.text:
        # times of other words than the cue's own are no use
        spoken = asides.without(cue.text) if tags else " ".join(cue.text.split())
        return [Word(spoken, cue.start_ms, cue.end_ms)] if spoken else []
    if not tags:
        return cue.words
    kept: list[Word] = []
    at = 0
    for word in cue.words:
        if not any(at < tag.end() and at + len(word.text) > tag.start() for tag in tags):
            kept.append(word)
        at += len(word.text) + 1
    return kept


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each sentence of a text, without the space around it."""
    held: int | None = None
    plain = text.isascii()
    for start, stop in sentence_spans(text):
        at = start if held is None else held
        numbered = text.endswith(_NUMBERED, at, stop) and _NUMBER_FOLLOWS.search(text, at, stop)
        if numbered and text[stop + 1 : stop + 2].isdigit():
            held = at
            continue
        held = None
        may_end = not plain or text.find(". ", at, stop) >= 0
        cuts = [match.end() for match in _ALSO_ENDS.finditer(text, at, stop)] if may_end else []
        for cut in (*cuts, stop):
            piece = text[at:cut]
            if bare := piece.strip():
                at += piece.index(bare[0])
                yield at, at + len(bare)
            at = cut


def _capped(clock: "_Clock", start: int, stop: int) -> list[tuple[int, int]]:
    """A sentence beyond the caps is cut at its longest pauses, near the middle, until it fits."""
    todo, done = [(start, stop)], []
    while todo:
        start, stop = todo.pop()
        cut = _longest_pause(clock, start, stop) if _is_long(clock, start, stop) else None
        if cut is None:
            done.append((start, stop))
        else:
            todo += [(cut, stop), (start, cut - 1)]
    return done


def _is_long(clock: "_Clock", start: int, stop: int) -> bool:
    if stop - start > 2 * UNMARKED_WORDS:  # else its words are fewer
        text = clock.stream.text[start:stop]
        words = len(text.split())
        most = MAX_WORDS if words <= UNMARKED_WORDS or _MARKED.search(text) else UNMARKED_WORDS
        if words > most:
            return True
    first, last = clock.place(start), clock.place(stop - 1)
    pieces = clock.stream.pieces
    if first == last or pieces[last].end_ms - pieces[first].start_ms <= MAX_MS:
        return False  # a cut of one piece changes no time
    return clock.end_ms(stop, last) - clock.start_ms(start, first) > MAX_MS


def _longest_pause(clock: "_Clock", start: int, stop: int) -> int | None:
    """The offset in the middle three fifths before which the longest pause lies."""
    one = clock.stream
    margin = (stop - start) // 5
    first = clock.place(start + margin) + 1
    last = clock.place(stop - margin) + 1
    middle = (start + stop) / 2
    inner = range(max(first, 1), last)
    if not inner:
        space = one.text.find(" ", int(middle), stop)
        space = space if space >= 0 else one.text.rfind(" ", start, int(middle))
        return space + 1 if space > start else None

    def pause(place: int) -> tuple[int, float]:
        before, after = one.pieces[place - 1 : place + 1]
        return after.start_ms - before.end_ms, -abs(after.offset - middle)

    return one.pieces[max(inner, key=pause)].offset


def _sentence(
    clock: "_Clock", span: tuple[int, int], index: int, turn: int, *, cut: bool
) -> Sentence:
    one, (start, stop) = clock.stream, span
    first, last = clock.place(start), clock.place(stop - 1)
    start_ms = clock.start_ms(start, first)
    piece = one.pieces[first]
    inside = one.pieces[first + 1 : last + 1]
    marks = [Mark(offset - start, begins_ms) for offset, _, begins_ms, _ in inside]
    return Sentence(
        index,
        one.text[start:stop],
        start_ms,
        max(start_ms, clock.end_ms(stop, last)),
        (Mark(0, piece.start_ms), *marks),
        turn,
        start,
        approximate=cut or _is_rough(piece, start),
        speaker=one.speaker,
        hole=bool(one.holes) and _has_hole(one, start, stop),
    )


def _has_hole(one: Stream, start: int, stop: int) -> bool:
    """Whether something inaudible stands in a sentence, before it, or where its end should be."""
    last = stop if one.text[stop - 1].isalnum() else stop - 1
    return any(start - 2 <= before < last for before in one.holes)


def _is_rough(piece: Piece, start: int) -> bool:
    """Whether a sentence starts inside a piece so long that its start is a guess."""
    return start > piece.offset and piece.end_ms - piece.start_ms > EXACT_MS


class _Clock:
    """When the voice reaches each character of a stream."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.offsets = [piece.offset for piece in stream.pieces]

    @cached_property
    def _lengths(self) -> list[int]:
        """How long the voice takes to reach each offset, in characters."""
        plain = _NOT_ASCII.sub("a", self.stream.text).encode("ascii")
        return list(accumulate(plain.translate(_LENGTHS), initial=0))

    def place(self, offset: int) -> int:
        """Which piece holds the character at an offset."""
        return bisect_right(self.offsets, offset) - 1

    def start_ms(self, offset: int, place: int) -> int:
        """When it reaches an offset in a piece: by characters, with weight for pauses."""
        pieces = self.stream.pieces
        piece = pieces[place]
        if offset <= piece.offset:
            return piece.start_ms
        last = place + 1 == len(pieces)
        next_ms = self.stream.next_ms if last else pieces[place + 1].start_ms
        end_ms = piece.end_ms if next_ms is None else min(piece.end_ms, next_ms)  # may overlap
        lengths = self._lengths
        before = lengths[offset] - lengths[piece.offset]
        whole = lengths[piece.stop] - lengths[piece.offset]
        return piece.start_ms + round((end_ms - piece.start_ms) * before / whole)

    def end_ms(self, offset: int, place: int) -> int:
        """When it has said the character before an offset, which is in a piece."""
        piece = self.stream.pieces[place]
        if offset >= piece.stop:
            return piece.end_ms
        return self.start_ms(offset, self.place(offset))
