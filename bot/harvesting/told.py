"""What is told of one talk that was harvested: small, so that it can come from another machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import BotError
from bot.library.decide import is_inferred
from bot.model import UNTOLD, UNTRAINED, Quote
from bot.pipeline import Harvest
from bot.sources.base import printable

Fate = Literal["harvested", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a talk failed: an error as plain words, as errors themselves do not travel.

    ``trace`` says where in the program, of one that nobody thought of.
    """

    reason: str
    place: str
    remedy: str
    exit_code: int
    trace: str = ""

    def error(self) -> BotError:
        """The error as it was, its message and exit code."""
        found = BotError(self.reason, place=self.place, remedy=self.remedy)
        found.exit_code = self.exit_code
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a harvest gave: the best quotes that were asked for, and how they were found.

    ``known`` are candidates that were there before; ``notes`` are sentences for the person.
    """

    talk: str
    title: str
    duration_ms: int
    quotes: tuple[Quote, ...]
    format: str = ""
    cues_read: int = 0
    cues_present: int = 0
    sentences: int = 0
    weighed: int = 0
    added: int = 0
    updated: int = 0
    known: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the talk of this number: told where it was harvested, else why it failed."""

    number: int
    place: str
    fate: Fate
    told: Told | None = None
    failure: Failure | None = None


def failure_of(error: BotError) -> Failure:
    """An error as plain words."""
    return Failure(error.reason, printable(error.place), error.remedy, error.exit_code)


def failed(number: int, failure: Failure, place: str | None = None) -> Outcome:
    """The outcome of a talk that failed; ``place`` is its own where the failure's is another."""
    return Outcome(number, place or failure.place, "failed", failure=failure)


def told(harvest: Harvest, quotes: Sequence[Quote], asked: int) -> Told:
    """What is told of a harvest of which ``quotes`` are shown, where ``asked`` were asked for."""
    kept, reading = harvest.kept, harvest.reading
    transcript = reading.transcript
    return Told(
        kept.talk.id,
        kept.talk.title,
        kept.talk.duration_ms,
        tuple(quotes),
        transcript.format,
        len(transcript.cues) + transcript.merged,
        transcript.cues_present,
        len(reading.sentences),
        harvest.ranked.weighed,
        kept.added,
        kept.updated,
        kept.known + kept.skipped,
        tuple(_notes(harvest, quotes, asked)),
    )


def _notes(harvest: Harvest, quotes: Sequence[Quote], asked: int) -> Iterator[str]:
    """What a person should know of a harvest."""
    reading = harvest.reading
    transcript = reading.transcript
    source = transcript.source
    for notice in (*transcript.notes, *harvest.kept.notices):
        yield f"{source}: {notice}"
    if len(quotes) < asked:
        yield f"{source}: {len(quotes)} of {asked} quotes: {_why_so_few(harvest, len(quotes))}"
    if any(UNTRAINED in quote.flags for quote in quotes):
        told = harvest.ranked.language
        language = "not English" if told == UNTOLD else told
        yield (
            f"{source}: its language is {language}; what reads "
            "well was learned from English, so its quotes are ranked by what any language shows"
        )
    if len(reading.speakers) > 1 and not any(one.speaker for one in reading.sentences):
        yield (
            f"{source}: the file tells no names, so none of its "
            f"{len(reading.speakers)} speakers has a quote: name them with --speaker-map or voices"
        )
    unsure = {quote.speaker for quote in quotes if is_inferred(quote)} - {None}
    if unsure:
        yield (
            f"the file names no speakers, so “{unsure.pop()}” is a guess for each quote: "
            "read and hear before you share"
        )
    if aside := harvest.ranked.aside:
        yield (
            f"{source}: it is not sure who says {aside} of {len(reading.sentences)} sentences, so "
            "they are left aside; a transcript with names would bring them back"
        )


def _why_so_few(harvest: Harvest, given: int) -> str:
    reading = harvest.reading
    if given >= harvest.ranked.room:
        minutes = max((one.end_ms for one in reading.sentences), default=0) / 60_000
        return (
            f"a talk of {minutes:.0f} minutes has room for {harvest.ranked.room}; more would only "
            "repeat what it says"
        )
    unended = sum(one.approximate or one.text[-1:].isalnum() for one in reading.sentences)
    if unended * 2 > len(reading.sentences):
        return "the transcript has no punctuation, so no sentence is surely whole"
    if (others := harvest.ranked.weighed - given) > 0:
        return (
            f"the {others} other passages that stand alone share a sentence with these or say "
            "the same"
        )
    return (
        "no other sentence stands alone (greetings, thanks, questions, other people's lines and "
        "sentences that lean on others are left out)"
    )
