"""Where a talk says what a person typed: whole sentences of one turn, lawfully edited. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.clock import clock
from bot.editing import NotSaid, Unsaid, edits_to
from bot.editing.texts import as_typed, taken_apart
from bot.errors import InputError
from bot.lexicon import word_count
from bot.library.said import Spoken, Stretch

_LONGEST = 8  # sentences of one quote
_TRIED = 80  # runs of sentences that have all the words, before it is given up
_NEAR_MS = 60_000  # how far from where they are said a person may remember words
_FEWEST, _MOST = 3, 120  # words of a quote
_MOST_LETTERS = 3000
_LEAST_ALIKE = 0.4  # share of the words typed that the nearest place has, in their order
_COMPARED = 200  # words
_WHOLE = 0.8
_NEAR = 6  # sentences on either side of a quote that its words may be taken from


@dataclass(frozen=True, slots=True)
class Near:
    """What a talk says most nearly: whole sentences, when, under which label."""

    said: str
    start_ms: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The places of a talk that say what was typed, in order; without one, what is wrong with it.

    ``spots`` are characters of what was typed, ``nearest`` what the talk says most nearly.
    """

    places: tuple[Stretch, ...] = ()
    spots: tuple[Unsaid, ...] = ()
    nearest: Near | None = None

    @property
    def reason(self) -> str:
        """What is wrong, in words."""
        return "; ".join(dict.fromkeys(one.reason for one in self.spots))


def line_in(text: Spoken, typed: str, at_ms: int | None, glossary: Mapping[str, str]) -> Judged:
    """Where a talk says what was typed, near the time a person remembers if they do.

    Else what is wrong with it, and what the talk says most nearly.
    """
    if reason := _length_refusal(typed):
        return Judged((), (Unsaid(0, len(typed), reason),))
    found, refusal = _searched(text, typed, glossary, range(len(text.sentences)))
    if found and at_ms is None:
        return Judged(found)
    if found and at_ms is not None:
        apart, close = min(
            ((abs(one.start_ms - at_ms), one) for one in found), key=lambda one: one[0]
        )
        if apart <= _NEAR_MS:
            return Judged((close,))
        reason = "the talk does not say this at that time"
        return Judged((), (Unsaid(0, len(typed), reason),), _as_near(close))
    near = _nearest(text, typed)
    if refusal is None and near:
        refusal = _refusal(near.said, typed, glossary)
    return Judged((), refusal or (Unsaid(0, len(typed), "the talk does not say this"),), near)


def rejudged(text: Spoken, run: tuple[int, int], typed: str, glossary: Mapping[str, str]) -> Judged:
    """The same for a quote of these sentences: of them, else of those around them in its turn."""
    if reason := _length_refusal(typed):
        return Judged((), (Unsaid(0, len(typed), reason),))
    first, stop = run
    try:
        return Judged((text.stretch(first, stop, typed, glossary),))
    except NotSaid as error:
        spots = error.spots
    turn = text.sentences[first].turn
    near = range(max(0, first - _NEAR), min(len(text.sentences), stop + _NEAR))
    inside = [at for at in near if text.sentences[at].turn == turn]
    found, refusal = _searched(text, typed, glossary, range(inside[0], inside[-1] + 1))
    if found:
        close = min(found, key=lambda one: abs(one.sentences[0].index - first))
        return Judged((close,))
    elsewhere = line_in(text, typed, None, glossary)
    place = _as_near(elsewhere.places[0]) if elsewhere.places else elsewhere.nearest
    return Judged((), refusal or spots, place)


def _as_near(stretch: Stretch) -> Near:
    return Near(stretch.said, stretch.start_ms, stretch.sentences[0].speaker)


def _nearest(text: Spoken, typed: str) -> Near | None:
    """The sentences that say most nearly what was typed, by their rarer words; None if none do."""
    wanted = as_typed(typed).keys[:_COMPARED]
    best, found = _LEAST_ALIKE, None
    for first in text.rarest(wanted):
        stop = first + 1
        turn = text.sentences[first].turn
        while sum(map(len, text.keys[first:stop])) < len(wanted) * _WHOLE and (
            stop < len(text.sentences) and text.sentences[stop].turn == turn
        ):
            stop += 1
        keys = [word for at in range(first, stop) for word in text.keys[at]]
        alike = SequenceMatcher(None, keys, wanted, autojunk=False)
        shared = sum(block.size for block in alike.get_matching_blocks())
        if shared / len(wanted) > best:
            one = text.sentences[first]
            best, found = (
                shared / len(wanted),
                Near(text.run(first, stop)[0], one.start_ms, one.speaker),
            )
    return found


def _searched(
    text: Spoken, typed: str, glossary: Mapping[str, str], among: range
) -> tuple[tuple[Stretch, ...], tuple[Unsaid, ...] | None]:
    """The shortest runs of sentences that become what was typed; else why the first does not."""
    found: dict[tuple[int, int], Stretch] = {}
    refusal = None
    for tried, (first, stop) in enumerate(_runs(text, typed, glossary, among)):
        if tried >= _TRIED:
            break
        if any(first <= a and b <= stop for a, b in found):
            continue
        try:
            found[first, stop] = text.stretch(first, stop, typed, glossary)
        except NotSaid as error:
            refusal = refusal or error.spots
    return tuple(found[run] for run in sorted(found)), refusal


def _runs(
    text: Spoken, typed: str, glossary: Mapping[str, str], among: range
) -> Iterator[tuple[int, int]]:
    """Runs of sentences of one turn that have every word typed, the shortest first."""
    corrected = {word for right in glossary.values() for word in taken_apart(right).keys}
    wanted = Counter(word for word in as_typed(typed).keys if word not in corrected)
    if not wanted or any(word not in text.places for word in wanted):
        return
    rarest = min(wanted, key=lambda word: len(text.places[word]))
    runs = {
        (first, first + length)
        for at in text.places[rarest]
        for length in range(1, _LONGEST + 1)
        for first in range(at - length + 1, at + 1)
        if first >= among.start and first + length <= among.stop
    }
    for first, stop in sorted(runs, key=lambda run: (run[1] - run[0], run)):
        same = text.sentences[first].turn == text.sentences[stop - 1].turn
        if same and wanted <= sum(text.counts[first:stop], Counter()):
            yield first, stop


def _refusal(said: str, typed: str, glossary: Mapping[str, str]) -> tuple[Unsaid, ...]:
    try:
        edits_to(said, typed, glossary)
    except NotSaid as error:
        return error.spots
    return ()


def _length_refusal(words: str) -> str | None:
    """Why so few or so many words are no quote."""
    count = word_count(words[:_MOST_LETTERS])
    if count < _FEWEST:
        return f"a quote has {_FEWEST} words at least"
    too_many = count > _MOST or len(words) > _MOST_LETTERS
    return f"a quote has {_MOST} words at most" if too_many else None


def refused(found: Judged, place: str) -> InputError:
    """Why what was typed cannot be kept, with the nearest that can."""
    near = found.nearest
    offer = f"nearest, at {clock(near.start_ms)}: “{near.said}”" if near else ""
    return InputError(f"cannot be shown so: {found.reason}", place=place, remedy=offer)
