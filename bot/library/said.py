"""The words of a stored transcript: its sentences, found again by the words they have. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from bot.editing import NotSaid, Unsaid, edits_to
from bot.editing.texts import taken_apart
from bot.edits import shown_offset
from bot.library.places import Turn
from bot.model import Edit, Sentence
from bot.sentences import sentences, stream
from bot.store.packing import unpack
from bot.wording import replay

_RARE = 1000
_LOOKED_AT = 12  # sentences that have most of some words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole sentences of one turn, and how they become what was typed; times in milliseconds."""

    sentences: tuple[Sentence, ...]
    said: str
    shown: str
    edits: tuple[Edit, ...]
    start_ms: int
    end_ms: int

    @property
    def approximate(self) -> bool:
        """Whether its times are only about right."""
        return any(one.approximate for one in self.sentences)


class Spoken:
    """The words of one version of a transcript, turn by turn and sentence by sentence."""

    def __init__(self, packed: bytes) -> None:
        self.turns = tuple(map(Turn, stream(unpack(packed))))
        self.sentences = sentences([turn.words for turn in self.turns])

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence, as they are compared."""
        return tuple(taken_apart(one.text).keys for one in self.sentences)

    @cached_property
    def counts(self) -> tuple[Counter[str], ...]:
        """How often each sentence has each word."""
        return tuple(map(Counter, self.keys))

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The sentences that have a word."""
        found = defaultdict(list)
        for at, words in enumerate(self.keys):
            for word in dict.fromkeys(words):
                found[word].append(at)
        return found

    def run(self, first: int, stop: int) -> tuple[str, int]:
        """The words of a run of sentences of one turn, and where in the turn they stand."""
        start, last = self.sentences[first], self.sentences[stop - 1]
        text = self.turns[start.turn].words.text
        return text[start.offset : last.offset + len(last.text)], start.offset

    def runs_of(self, said: str) -> list[tuple[int, int]]:
        """The runs of sentences that are these words, letter by letter."""
        first = taken_apart(said).keys[:1]
        return [
            (at, stop)
            for at in (self.places.get(first[0], ()) if first else ())
            if said.startswith(self.sentences[at].text)
            and (stop := self._same_to(at, said)) is not None
        ]

    def run_of(self, said: str, end_ms: int) -> tuple[int, int] | None:
        """The run of sentences that is these words and ends at this time; None where none is."""
        ended = (run for run in self.runs_of(said) if self.sentences[run[1] - 1].end_ms == end_ms)
        return next(ended, None)

    def _same_to(self, first: int, said: str) -> int | None:
        for stop in range(first + 1, len(self.sentences) + 1):
            if self.sentences[stop - 1].turn != self.sentences[first].turn:
                return None
            text, _ = self.run(first, stop)
            if len(text) >= len(said):
                return stop if text == said else None
        return None

    def rarest(self, words: Sequence[str]) -> list[int]:
        """The sentences that have most of these words, rare ones counting more; best first."""
        worth: Counter[int] = Counter()
        for word in dict.fromkeys(words):
            at = self.places.get(word, ())
            worth.update(dict.fromkeys(at, _RARE // max(1, len(at))))
        return [at for at, _ in worth.most_common(_LOOKED_AT)]

    def like(self, said: str) -> Iterator[tuple[int, int]]:
        """Runs of as many sentences as these words may be, where their rarer words are."""
        for at in self.rarest(taken_apart(said).keys):
            for first, stop in product(range(max(0, at - 2), at + 1), range(at + 1, at + 4)):
                inside = stop <= len(self.sentences)
                if inside and self.sentences[first].turn == self.sentences[stop - 1].turn:
                    yield first, stop

    def stretch(self, first: int, stop: int, typed: str, glossary: Mapping[str, str]) -> Stretch:
        """A run of sentences as it becomes what was typed; raises NotSaid."""
        said, offset = self.run(first, stop)
        edits = edits_to(said, typed, glossary)
        run = self.sentences[first:stop]
        if any(one.hole for one in run):
            raise NotSaid((Unsaid(0, len(typed), "something inaudible is left out of it"),))
        start_ms = self.turns[run[0].turn].start_ms(offset + shown_offset(said, edits))
        shown = replay(said, edits, glossary)
        return Stretch(run, said, shown, edits, start_ms, run[-1].end_ms)


@lru_cache(maxsize=4)  # a page asks with each letter that is typed
def spoken(packed: bytes) -> Spoken:
    """The words of a stored transcript, from its cues as they are kept."""
    return Spoken(packed)
