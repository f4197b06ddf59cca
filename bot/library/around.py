"""What was said before and after a quote, from the version of the transcript its words are of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.model import Quote
from bot.sentences import Stream, stream
from bot.speakers import is_placeholder
from bot.stops import sentence_spans
from bot.store.packing import unpack
from bot.store.schema import transcripts

_SENTENCES = 2  # on either side
_REACH = 700  # characters in which they are looked for


@dataclass(frozen=True, slots=True)
class Beside:
    """Words beside a quote; ``speaker`` is somebody else whom the transcript names."""

    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before a quote and after it, each in the order it was said."""

    before: tuple[Beside, ...] = ()
    after: tuple[Beside, ...] = ()


def around(connection: Connection, quote: Quote) -> Around:
    """The sentences on either side; nothing where the stored text no longer has the words."""
    wanted = select(transcripts.c.cues).where(transcripts.c.id == quote.transcript)
    return beside(stream(unpack(connection.execute(wanted).scalar_one())), quote)


def beside(turns: Sequence[Stream], quote: Quote) -> Around:
    """The sentences around a quote among the turns of its talk. Pure."""
    found = min(_places(turns, quote), default=None)
    if found is None:
        return Around()
    _, turn, at = found
    text, stop = turns[turn].text, at + len(quote.said)
    before = [Beside(one) for one in _last(text[:at])]
    after = [Beside(one) for one in _first(text[stop:])]
    if not before and turn:
        other = turns[turn - 1]
        before = [Beside(one, _named(other)) for one in _last(other.text)]
    if not after and turn + 1 < len(turns):
        other = turns[turn + 1]
        after = [Beside(one, _named(other)) for one in _first(other.text)]
    return Around(tuple(before), tuple(after))


def _places(turns: Sequence[Stream], quote: Quote) -> Iterator[tuple[int, int, int]]:
    """How far in time from the quote each place is that has its words, its turn and offset."""
    for number, turn in enumerate(turns):
        at = turn.text.find(quote.said)
        while at >= 0:
            start_ms = max(one.start_ms for one in turn.pieces if one.offset <= at)
            yield abs(start_ms - quote.start_ms), number, at
            at = turn.text.find(quote.said, at + 1)


def _last(text: str) -> list[str]:
    """The last sentences of a text; what is cut off at the front is shown to be."""
    near = text[-_REACH:].strip()
    cut = len(text.strip()) > len(near)
    spans = sentence_spans(near)
    if cut and len(spans) > 1:
        spans, cut = spans[1:], False
    kept = [near[a:b] for a, b in spans[-_SENTENCES:]]
    return [f"… {kept[0].partition(' ')[2]}", *kept[1:]] if cut and kept else kept


def _first(text: str) -> list[str]:
    """The first sentences of a text; what is cut off at the end is shown to be."""
    near = text[:_REACH].strip()
    cut = len(text.strip()) > len(near)
    spans = sentence_spans(near)
    if cut and len(spans) > 1:
        spans, cut = spans[:-1], False
    kept = [near[a:b] for a, b in spans[:_SENTENCES]]
    return [*kept[:-1], f"{kept[-1].rpartition(' ')[0]} …"] if cut and kept else kept


def _named(turn: Stream) -> str | None:
    return turn.speaker if turn.speaker and not is_placeholder(turn.speaker) else None
