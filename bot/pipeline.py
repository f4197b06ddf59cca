"""The bot on one page: ``harvest()`` from a file to quotes; ``drawing.py`` makes their cards."""

import gc
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__, learned, scoring, vocabulary
from bot import speakers as who
from bot.errors import TranscriptError, UsageError
from bot.language import language_of
from bot.model import (
    ABOUT,
    UNTRAINED,
    Candidate,
    Cleanup,
    Details,
    Event,
    Quote,
    Sentence,
    Transcript,
)
from bot.remembering import forget
from bot.scoring.select import room, select
from bot.scoring.spans import spans
from bot.scoring.survey import Survey
from bot.sentences import sentences, stream
from bot.transcripts import read
from bot.wording import trimmed

if TYPE_CHECKING:  # to read and rank needs no database
    from bot.library import Kept, Library

_ENOUGH = 10  # quotes of a talk
_PLAINLY = 0.75  # so sure, a sentence is another's; below any sure speaker (``_confidences``)
_WORD, _SENTENCE = 100, 4000  # letters; longer ones are not remembered


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks, as a person says.

    ``named`` are the speakers of this talk, the main one first; ``usual`` is the main speaker of
    files that name nobody, in labels or in a heading; ``voices`` are names for labels of the file.
    """

    named: tuple[str, ...] = ()
    usual: str | None = None
    voices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript read, its sentences with who says them; ``speakers`` may be quoted, if any."""

    transcript: Transcript
    sentences: tuple[Sentence, ...]
    speakers: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a harvest goes by: quotes kept of a talk, misheard words, how quotes are cleaned.

    ``glossary`` maps what is misheard to what is shown; ``semantic``: a model reads the lines.
    """

    keep: int
    glossary: Mapping[str, str] = field(default_factory=dict)
    cleanup: Cleanup = "light"
    semantic: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best spans of a talk as candidates, best first, and how they were found.

    ``weighed`` spans were scored, of those who may be quoted and, where that gives enough quotes,
    surely speak; ``aside`` sentences were not: nobody surely says them. ``room`` is how many quotes
    a talk of its length has at the most, ``language`` the talk's, where it can be told.
    """

    candidates: tuple[Candidate, ...]
    weighed: int
    room: int
    language: str | None
    aside: int


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one talk gave: the reading, its ranking, what the library keeps of it."""

    reading: Reading
    ranked: Ranked
    kept: "Kept"

    def best(self, count: int) -> Sequence[Quote]:
        """The best quotes, ``count`` or as many as the talk has room for."""
        return self.kept.quotes[: min(count, self.ranked.room)]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without Python's search for cycles: a talk is many small values, and none refers back."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_undisturbed()
def read_talk(path: Path, cast: Cast, max_mb: int) -> Reading:
    """Read a transcript and say who speaks; ``TranscriptError`` or ``UsageError``."""
    return understood(read(path, max_mb=max_mb), cast)


@_undisturbed()
def understood(transcript: Transcript, cast: Cast) -> Reading:
    """The sentences of a transcript and who says them, as ``read_talk`` has it."""
    source = transcript.source
    turns = stream(transcript.cues)
    try:
        found = sentences(turns)
    except TimeoutError as error:  # nltk gives up on runs of thousands of marks
        reason = "its punctuation cannot be told into sentences"
        raise TranscriptError(source, reason, remedy="look for a run of marks in it") from error
    try:
        found = who.named(found, cast.voices)
    except LookupError as error:
        labels = ", ".join(error.args[0][:6]) or "none"
        remedy = f"its labels are: {labels}"
        raise UsageError("has no such voice", place=source, remedy=remedy) from error
    try:
        usual = transcript.details.speakers or ((cast.usual,) if cast.usual else ())
        speakers = who.speakers_of(found, cast.named, usual)
    except LookupError as error:
        names = ", ".join(error.args[0][:6])
        reason = f"nobody in it is called {' or '.join(cast.named)}"
        remedy = f"its speaker may be one of: {names}"
        raise UsageError(reason, place=source, remedy=remedy) from error
    events = tuple(event for turn in turns for event in turn.events)
    said = who.attribute(found, speakers, learned.voice_weights())
    return Reading(transcript, said, speakers, events)


@_undisturbed()
def rank(reading: Reading, details: Details, terms: Terms) -> Ranked:
    """Weigh the spans of a talk and choose the best."""
    found = reading.sentences
    language = language_of((one.text for one in found), details.language)
    survey = Survey(found)
    light, plainly = terms.cleanup == "light", language == "en"  # in doubt, words stay
    trim = partial(trimmed, glossary=terms.glossary, light=light, english=plainly)
    english, weights = language in (None, "en"), learned.scorer_weights()
    reader = learned.reader() if terms.semantic and english else None
    may_be = _quotable(reading, english=english)
    for least in _confidences(may_be) if english else (0.0,):
        heard = {one.index for one in may_be if _sureness(one) >= least}
        weighed = list(spans(survey, trim, partial(_is_among, places=heard), english=english))
        scored = scoring.score(weighed, survey, weights, english=english, reader=reader)
        best = select(scored, max(terms.keep, _ENOUGH))
        if len(best) >= _ENOUGH:
            break
    most = room(max((one.end_ms for one in found), default=0))
    strange = _strange_words(found, (*reading.speakers, details.title or ""))
    candidates = tuple(_candidate(one, language, strange) for one in best[: terms.keep])
    if _is_endless(survey):
        forget()
    return Ranked(candidates, len(weighed), most, language, len(may_be) - len(heard))


@_undisturbed()
def harvest(
    reading: Reading,
    details: Details,
    library: "Library",
    terms: Terms,
    now: datetime,
    recipe: str | None = None,
) -> Harvest:
    """Rank a talk and keep its candidates in the library, in one transaction.

    ``recipe`` is told to the library, to know the same harvest by.
    """
    known = _filled(replace(details, speakers=reading.speakers), reading.transcript.details)
    own = library.glossary(known, reading.transcript)
    ranked = rank(reading, known, replace(terms, glossary={**terms.glossary, **own}))
    kept = library.keep(known, reading.transcript, ranked.candidates, now, recipe)
    return Harvest(reading, ranked, kept)


def recipe(details: Details, cast: Cast, terms: Terms) -> str:
    """The hash of all that a harvest follows from, beside the bytes of the transcript."""
    said = [__version__, learned.fingerprint(), asdict(details), asdict(cast), asdict(terms)]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _filled(details: Details, of_file: Details) -> Details:
    """What a person says of a talk, and what the file says where the person says nothing.

    The title stays as the person gave it: the library falls back on the file's, then its name.
    Who speaks was settled when it was read.
    """
    settled = ("title", "speakers")
    open_ones = (one.name for one in fields(Details) if one.name not in settled)
    missing = {name: getattr(of_file, name) for name in open_ones if not getattr(details, name)}
    return replace(details, **missing)


def _is_endless(survey: Survey) -> bool:
    """Whether a talk has what nobody says: words, sentences or names without end."""
    longest = max(map(len, chain.from_iterable(survey.words)), default=0)
    said = [text for one in survey.sentences for text in (one.text, one.speaker or "")]
    return longest > _WORD or max(map(len, said), default=0) > _SENTENCE


def _quotable(reading: Reading, *, english: bool) -> Sequence[Sentence]:
    """The sentences of who may be quoted.

    Where no voice has a name, what English words tell to be plainly another's is left out.
    """
    found, speakers = reading.sentences, reading.speakers
    voices = {one.speaker for one in found}
    if any(voices):
        heard = {voice for voice in voices if _may_speak(voice, speakers)}
        return [one for one in found if one.speaker in heard]
    mains = [one for one in found if one.role in (None, "main") or _sureness(one) < _PLAINLY]
    return mains if mains and english and len(speakers) < 2 else found


def _confidences(may_be: Sequence[Sentence]) -> tuple[float, ...]:
    """How sure a speaker must be: first as sure as can be; then any, if any is less sure."""
    weights = learned.voice_weights()
    sure = weights.confidence(weights.sure)
    known = list(map(_sureness, may_be))
    if max(known, default=0.0) < sure:
        sure = who.doubted(sure)
    return (sure, 0.0) if min(known, default=sure) < sure else (sure,)


def _is_among(one: Sentence, places: Collection[int]) -> bool:
    return one.index in places


def _sureness(one: Sentence) -> float:
    return one.attribution.confidence if one.attribution else 1.0


def _may_speak(speaker: str | None, speakers: Sequence[str]) -> bool:
    """With speakers named, only they are quoted; without, every voice is."""
    return not speakers or any(who.same_name(speaker or "", name) for name in speakers)


def _strange_words(
    found: Sequence[Sentence], names: Sequence[str]
) -> Callable[[str], Sequence[str]]:
    """Finds the words of a text that no list knows; in a talk that is not English, none."""
    said = vocabulary.spoken(one.text for one in found)
    if not vocabulary.is_english(said):
        return lambda _: ()
    known = learned.words()
    return partial(vocabulary.unknown, said=said, names=names, known=known)


def _candidate(
    one: scoring.Scored, language: str | None, strange: Callable[[str], Sequence[str]]
) -> Candidate:
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
        attribution=who.least_sure(span.sentences),
        flags=(
            *((ABOUT,) if approximate else ()),
            *((UNTRAINED,) if language not in (None, "en") else ()),
            *(f"unknown word: {word}" for word in strange(span.shown)),
        ),
        language=language,
    )
