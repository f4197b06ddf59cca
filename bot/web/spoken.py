"""What a talk says, as people read it: paragraphs of sentences with who, when and what is marked.

The newest transcript is read into sentences once and remembered; a talk of ten hours takes a
second.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Lock

from bot import pipeline
from bot.errors import UsageError
from bot.library.links import deep_link
from bot.library.overview import newest_transcript, versions
from bot.model import Event, Quote, Sentence, Talk
from bot.pipeline import Cast, Reading
from bot.sentences import Stream, stream
from bot.web.site import Site

_KEPT = 6  # talks remembered
_LONG = 7  # sentences of a paragraph
_NEAR_MS = 60_000  # from a quote's first shown word to where its first sentence begins
_FIRST = ("approved", "candidate", "rejected")  # where two quotes share a sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of a paragraph; of a quote, if it is marked."""

    sentences: tuple[Sentence, ...]
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences of one turn; ``link`` opens the recording there, ``events`` come before."""

    number: int
    speaker: str | None
    start_ms: int
    approximate: bool
    passages: tuple[Passage, ...]
    link: str | None = None
    events: tuple[str, ...] = ()
    begins: bool = True  # somebody else spoke before


@dataclass(frozen=True, slots=True)
class Spoken:
    """A talk's newest text: its turns, and what was read of them."""

    turns: tuple[Stream, ...]
    reading: Reading


_known: OrderedDict[tuple[int, str, tuple[str, ...]], Spoken] = OrderedDict()
_lock = Lock()


def spoken(site: Site, talk: Talk) -> Spoken:
    """The newest transcript of a talk, read into sentences; ``Unknown`` if it has none."""
    with site.store.read() as connection:
        newest = next(iter(versions(connection, talk.id)), None)
        key = (newest.id if newest else 0, newest.source_hash if newest else "", talk.speakers)
        with _lock:
            if key in _known:
                _known.move_to_end(key)
                return _known[key]
        transcript = newest_transcript(connection, talk.id)
    try:
        reading = pipeline.understood(transcript, Cast(talk.speakers))
    except UsageError:  # its labels name others: they know better
        reading = pipeline.understood(transcript, Cast())
    said = Spoken(stream(transcript.cues), reading)
    with _lock:
        _known[key] = said
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return said


def paragraphs(talk: Talk, said: Spoken, quotes: Sequence[Quote]) -> tuple[Paragraph, ...]:
    """The talk as text, in order, with the passages of quotes marked."""
    found = said.reading.sentences
    marked = _marked(found, quotes)
    cuts = list(_cuts(found))
    before = _between(said.reading.events, [found[first].start_ms for first, _ in cuts])
    whole: list[Paragraph] = []
    for number, (first, stop) in enumerate(cuts):
        one = found[first]
        rough = one.approximate or talk.timeline == "shifted"
        begins = first == 0 or found[first - 1].speaker != one.speaker
        passages = tuple(_passages(found[first:stop], marked))
        whole.append(
            Paragraph(
                *(number, one.speaker, one.start_ms, rough, passages, _link(talk, one)),
                *(before[number], begins),
            )
        )
    return tuple(whole)


def _link(talk: Talk, one: Sentence) -> str | None:
    """Where the recording has a sentence; of a copy with other adverts, only where it is."""
    if talk.url is None or talk.timeline == "shifted":
        return talk.url
    return deep_link(talk.url, one.start_ms, approximate=one.approximate)


def _between(events: Sequence[Event], starts: Sequence[int]) -> list[tuple[str, ...]]:
    """What is heard before each start, after the one before it."""
    heard: list[list[str]] = [[] for _ in starts]
    for event in events:
        at = bisect_left(starts, event.start_ms)
        if at < len(starts):
            heard[at].append(event.text)
    return [tuple(texts) for texts in heard]


def _cuts(found: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end: with each turn or speaker, and after some sentences."""
    for _, group in groupby(found, lambda one: (one.turn, one.speaker)):
        run = list(group)
        pieces = max(1, round(len(run) / _LONG))
        first = run[0].index
        for piece in range(pieces):
            start = first + len(run) * piece // pieces
            stop = first + len(run) * (piece + 1) // pieces
            yield start, stop


def _passages(run: Sequence[Sentence], marked: Mapping[int, Quote]) -> Iterator[Passage]:
    def of(one: Sentence) -> str:
        quote = marked.get(one.index)
        return quote.id if quote else ""

    for name, group in groupby(run, of):
        some = tuple(group)
        yield Passage(some, marked[some[0].index] if name else None)


def _marked(found: Sequence[Sentence], quotes: Sequence[Quote]) -> dict[int, Quote]:
    """Which quote each sentence is marked with, by the sentence's place."""
    shown = [quote for quote in quotes if quote.status in _FIRST]
    marked: dict[int, Quote] = {}
    for quote in sorted(shown, key=lambda one: (_FIRST.index(one.status), -one.score)):
        for place in _places(found, quote):
            marked.setdefault(place, quote)
    return marked


def _places(found: Sequence[Sentence], quote: Quote) -> range:
    """The sentences a quote is of: by its words where they are as they were, else by its times."""
    near = bisect_left(found, quote.start_ms - _NEAR_MS, key=lambda one: one.start_ms)
    far = bisect_right(found, quote.start_ms + _NEAR_MS, key=lambda one: one.start_ms)
    begun = [at for at in range(near, far) if quote.said.startswith(found[at].text)]
    begun = begun or [at for at, one in enumerate(found) if quote.said.startswith(one.text)]
    if begun:
        first = min(begun, key=lambda at: abs(found[at].start_ms - quote.start_ms))
        return range(first, _end(found, first, quote.said))
    middles = [(one.start_ms + one.end_ms) // 2 for one in found]
    first = bisect_left(middles, quote.start_ms)
    return range(first, bisect_right(middles, quote.end_ms))


def _end(found: Sequence[Sentence], first: int, said: str) -> int:
    """The place after the last sentence of words that begin with the first."""
    at = first
    while at < len(found) and said and said.startswith(found[at].text):
        said, at = said[len(found[at].text) :].lstrip(), at + 1
    return at
