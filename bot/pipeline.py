"""The bot on one page: ``harvest()`` from a file to quotes, ``draw()`` from quotes to cards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot import assets, scoring, speakers
from bot.errors import CardError, TranscriptError, UsageError
from bot.library import Kept, Library
from bot.model import Attribution, Candidate, Details, Event, Sentence, Talk, Transcript
from bot.scoring.select import select
from bot.scoring.spans import spans
from bot.scoring.weights import Weights, load
from bot.sentences import sentences, stream
from bot.transcripts import read
from bot.wording import trimmed

if TYPE_CHECKING:
    from bot.cards import Drawn, Look

_ENOUGH = 10  # quotes of a talk

OneQuote = TypeVar("OneQuote", bound=Candidate)


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript read, its sentences with who says them."""

    transcript: Transcript
    sentences: tuple[Sentence, ...]
    main_speaker: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one talk gave: the reading, how many spans were weighed, what the library keeps."""

    reading: Reading
    weighed: int
    kept: Kept


def read_talk(
    path: Path,
    speaker: str | None,
    max_mb: int,
    usual_speaker: str | None = None,
    voices: Mapping[str, str] | None = None,
) -> Reading:
    """Read a transcript and say who speaks; ``TranscriptError`` or ``UsageError``.

    ``usual_speaker`` is the main speaker where neither the file nor ``speaker`` names one;
    ``voices`` are names that a person gives to labels of the file.
    """
    return understood(read(path, max_mb=max_mb), speaker, usual_speaker, voices)


def understood(
    transcript: Transcript,
    speaker: str | None = None,
    usual_speaker: str | None = None,
    voices: Mapping[str, str] | None = None,
) -> Reading:
    """The sentences of a transcript and who says them, as ``read_talk`` has it."""
    source = transcript.source
    turns = stream(transcript.cues)
    try:
        found = sentences(turns)
    except TimeoutError as error:  # nltk gives up on runs of thousands of marks
        reason = "its punctuation cannot be told into sentences"
        raise TranscriptError(source, reason, remedy="look for a run of marks in it") from error
    try:
        found = speakers.named(found, voices or {})
    except LookupError as error:
        labels = ", ".join(error.args[0][:6]) or "none"
        remedy = f"its labels are: {labels}"
        raise UsageError("has no such voice", place=source, remedy=remedy) from error
    try:
        main = speakers.main_speaker(found, speaker, usual_speaker)
    except LookupError as error:
        names = ", ".join(error.args[0][:6])
        reason = f"nobody in it is called {speaker}"
        remedy = f"--speaker may be one of: {names}"
        raise UsageError(reason, place=source, remedy=remedy) from error
    events = tuple(event for turn in turns for event in turn.events)
    return Reading(transcript, speakers.attribute(found, main, _voice_weights()), main, events)


def harvest(
    reading: Reading,
    details: Details,
    library: Library,
    keep: int,
    now: datetime,
    glossary: Mapping[str, str] | None = None,
) -> Harvest:
    """Rank the spans of a talk and keep the best ``keep`` as candidates, in one transaction.

    ``glossary`` maps what is misheard in transcripts to what is shown instead.
    """
    found = reading.sentences
    main = reading.main_speaker
    weighed = list(spans(found, partial(trimmed, glossary=glossary)))
    scored = scoring.score(weighed, found, shipped_weights())
    best = _offered([one for one in scored if _may_speak(one, main)], keep)
    candidates = [_candidate(one, reading.transcript.details.language) for one in best]
    details = replace(
        _filled(details, reading.transcript.details), speakers=(main,) if main else ()
    )
    kept = library.keep(details, reading.transcript, candidates, now)
    return Harvest(reading, len(weighed), kept)


def draw(
    quotes: Sequence[OneQuote], talk: Talk, look: "Look", folder: Path | None
) -> "Iterator[tuple[OneQuote, Drawn | CardError]]":
    """Draw a talk's quotes into a folder, one at a time, reusing what is there.

    A quote that no card can show comes with the reason. Without a folder the cards are drawn all
    the same and thrown away: the dry run.
    """
    from bot import cards  # fonts and pictures: harvesting needs neither

    for quote in quotes:
        try:
            if folder:
                yield quote, cards.draw_into(folder, quote, talk, look)
            else:
                card = cards.render(quote, talk, look)
                yield quote, cards.Drawn(Path(card.name), card.alt, reused=False)
        except CardError as error:
            yield quote, error


def shipped_weights() -> Weights:
    """The scorer's weights as they came with the program."""
    return load(assets.find("scorer", "weights.json") or assets.SHIPPED / "scorer/weights.json")


def _filled(details: Details, of_file: Details) -> Details:
    """What a person says of a talk, and what the file says where the person says nothing.

    The title stays as the person gave it: the library falls back on the file's, then its name.
    """
    return Details(
        details.title,
        details.speakers,
        details.event or of_file.event,
        details.url or of_file.url,
        details.date or of_file.date,
        details.language or of_file.language,
    )


def _voice_weights() -> speakers.VoiceWeights:
    found = assets.find("speakers", "weights.json")
    return speakers.load(found or assets.SHIPPED / "speakers/weights.json")


def _offered(scored: Sequence[scoring.Scored], keep: int) -> list[scoring.Scored]:
    """The best spans whose speaker is sure; all of them, where the sure ones are too few."""
    weights = _voice_weights()
    least = weights.confidence(weights.sure)
    sure = select([one for one in scored if _confidence(one) >= least], keep)
    return sure if len(sure) >= min(keep, _ENOUGH) else select(scored, keep)


def _confidence(one: scoring.Scored) -> float:
    """How sure the speaker is of the least sure sentence; nobody named is nobody mistaken."""
    known = (sentence.attribution for sentence in one.span.sentences)
    return min((each.confidence for each in known if each), default=1.0)


def _may_speak(one: scoring.Scored, main: str | None) -> bool:
    """With a main speaker named, only that voice is quoted; without, every voice is."""
    speaker = one.span.sentences[0].speaker
    return main is None or (speaker is not None and speakers.same_name(speaker, main))


def _least_sure(sentences: Sequence[Sentence]) -> Attribution | None:
    """How the speaker of a span is known: as surely as that of its least sure sentence."""
    known = [one.attribution for one in sentences if one.attribution]
    return min(known, key=lambda each: each.confidence, default=None)


def _candidate(one: scoring.Scored, language: str | None) -> Candidate:
    span, first = one.span, one.span.sentences[0]
    approximate = any(sentence.approximate for sentence in span.sentences)
    return Candidate(
        said=span.said,
        shown=span.shown,
        edits=span.edits,
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        score=one.score,
        reasons=one.reasons,
        approximate=approximate,
        speaker=first.speaker,
        role=first.role,
        attribution=_least_sure(span.sentences),
        flags=("approximate time",) if approximate else (),
        language=language,
    )
