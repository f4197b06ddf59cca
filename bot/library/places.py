"""Whether a quote is whole sentences of one turn, said when and by whom the quote says. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.edits import shown_offset
from bot.model import Cue, Quote, Sentence
from bot.sentences import Stream, sentences, stream
from bot.speakers import is_placeholder, match_label


@dataclass(frozen=True)
class Turn:
    """The words of one turn; its sentences are found when a quote's words stand in it."""

    words: Stream

    @cached_property
    def starts(self) -> frozenset[int]:
        """The offsets at which its sentences start."""
        return frozenset(sentence.offset for sentence in self._sentences)

    @cached_property
    def ends(self) -> dict[int, int]:
        """The offsets at which its sentences end, and when each does, in milliseconds."""
        return {one.offset + len(one.text): one.end_ms for one in self._sentences}

    @cached_property
    def holes(self) -> tuple[int, ...]:
        """The offsets at which sentences start that something inaudible was taken out of."""
        return tuple(sentence.offset for sentence in self._sentences if sentence.hole)

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return sentences([self.words])

    def start_ms(self, offset: int) -> int:
        """When the cue or word begins that has the character at an offset."""
        pieces = self.words.pieces
        after = bisect_right(pieces, offset, key=lambda piece: piece.offset)
        return pieces[max(0, after - 1)].start_ms


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a turn has the words of a quote; ``end_ms`` is None when no whole sentences are."""

    start_ms: int
    end_ms: int | None
    label: str | None
    hole: bool


def turns_of(cues: Sequence[Cue]) -> tuple[Turn, ...]:
    """The turns of a transcript."""
    return tuple(map(Turn, stream(cues)))


def misplaced(quote: Quote, turns: Sequence[Turn]) -> str | None:
    """Why no place of the transcript is where the quote says it is from; None when one is."""
    found = [place for turn in turns for place in _places(quote, turn)]
    if not found:
        return "its words are not in the transcript"
    whole = [place for place in found if place.end_ms is not None]
    if not whole:
        return "its words are no whole sentences of the transcript; harvest its talk again"
    begun = [place for place in whole if place.start_ms == quote.start_ms]
    if not begun:
        heard = _nearest(quote.start_ms, [place.start_ms for place in whole])
        return f"its first word is heard at {heard} ms, not at {quote.start_ms} ms"
    ended = [place for place in begun if place.end_ms == quote.end_ms]
    if not ended:
        heard = _nearest(quote.end_ms, [place.end_ms for place in begun if place.end_ms])
        return f"its last word is heard until {heard} ms, not until {quote.end_ms} ms"
    if all(place.hole for place in ended):
        return "something inaudible is left out of its words; take it back"
    return _other_speaker(quote, [place.label for place in ended])


def _places(quote: Quote, turn: Turn) -> Iterator[_Place]:
    """Each place of a turn that has the quote's words."""
    shown_at = shown_offset(quote.said, quote.edits)
    text, label = turn.words.text, turn.words.speaker
    at = text.find(quote.said)
    while at >= 0:
        end_ms = turn.ends.get(at + len(quote.said)) if at in turn.starts else None
        hole = any(at <= start < at + len(quote.said) for start in turn.holes)
        yield _Place(turn.start_ms(at + shown_at), end_ms, label, hole)
        at = text.find(quote.said, at + 1)


def _nearest(time_ms: int, times: Sequence[int]) -> int:
    return min(times, key=lambda time: abs(time - time_ms), default=0)


def _other_speaker(quote: Quote, labels: Sequence[str | None]) -> str | None:
    """Why a label does not prove the speaker; nothing is asked of one given or inferred."""
    if quote.attribution is None or quote.attribution.how != "labelled":
        return None
    named = [label for label in labels if label and not is_placeholder(label)]
    if quote.speaker and any(match_label(quote.speaker, [label]) for label in named):
        return None
    labelled = f"labels it {named[0]}" if named else "names nobody there"
    return f"its speaker is {quote.speaker or 'nobody'}, but the transcript {labelled}"
