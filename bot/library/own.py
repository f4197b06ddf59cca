"""A person's own line of a talk, only as the stored transcript says it.

What is kept is what ``verify`` proves: whole sentences of one turn with their times, and the
recorded edits that lead to what was typed.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert

from bot import learned, scoring
from bot.clock import clock
from bot.errors import InputError
from bot.language import language_of
from bot.library.changes import Author, record
from bot.library.decide import decide
from bot.library.keep import named
from bot.library.passages import same_passage
from bot.library.query import kept_quotes, stored_quotes, talk_by_id
from bot.library.reword import latest, quote_as
from bot.library.rows import Stored, passage, quote_values
from bot.library.said import Stretch
from bot.library.takedown import is_barred
from bot.library.voices import another_voice, heard
from bot.library.where import Judged, line_in, refused
from bot.model import ABOUT, BY_HAND, Attribution, Candidate, Quote, Sentence, Talk
from bot.scoring.spans import Span
from bot.scoring.survey import Survey
from bot.speakers import heard_as, least_sure, same_name
from bot.store.schema import quotes

_LISTED = 6

Glossary = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person remembers of a talk: its words, about when, who said it."""

    words: str
    at_ms: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a line is approved at once, and what a person says for that, as in ``decide``."""

    approve: bool = False
    confirmed: bool = False
    audience: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A line in the library; not ``fresh`` when the library had a quote of these words before."""

    quote: Quote
    fresh: bool = True


def add(
    connection: Connection,
    talk: Talk,
    line: Remembered,
    author: Author,
    glossary: Glossary,
    consent: Consent,
) -> Added:
    """Add a line that a talk says; raises InputError for one it does not, NeedsPerson as decide."""
    place = f"talk {talk.id}"
    if talk.permission == "refused":
        remedy = "ask its speaker, then set permission in your table of talks"
        raise InputError("permission for it was refused", place=place, remedy=remedy)
    version, text = latest(connection, talk)
    found = line_in(text, line.words, line.at_ms, {**glossary, **talk.glossary})
    stretch = _only(found, place)
    voices = heard(text, talk)
    candidate = _candidate(stretch, voices, line.speaker, talk, place)
    if is_barred(connection, candidate.speaker):
        raise InputError(f"{candidate.speaker} was taken down for good", place=place)
    if same := _standing(connection, talk, version, candidate):
        _refuse_other_name(same.quote, line.speaker)
        return Added(same.quote, fresh=False)
    quote = named(connection, talk.id, version, candidate)
    # Of a line taken back nothing is left but that somebody did not want it.
    before = replace(quote, status="rejected")
    values = {**quote_values(before), "created_at": author.now}
    connection.execute(insert(quotes).values(values))
    added = record(connection, before, quote, "add", author)
    if consent.approve:
        asked = {"confirmed": consent.confirmed, "audience": consent.audience}
        added = decide(connection, [added], "approve", author, **asked).changed[0]
    return Added(added)


def _refuse_other_name(quote: Quote, speaker: str | None) -> None:
    if speaker and not same_name(quote.speaker or "", speaker):
        command = f"pullquote library attribute {quote.id} --speaker {shlex.quote(speaker)}"
        raise InputError(
            f"is in the library, said by {quote.speaker or 'nobody that is known'}",
            place=f"quote {quote.id}",
            remedy=f"say who does: {command}",
        )


def check(
    connection: Connection, talk: str, typed: str, quote: str | None, glossary: Glossary
) -> Judged:
    """Whether a talk says what is typed: at this quote, or (None) anywhere."""
    if quote is not None:
        return quote_as(connection, kept_quotes(connection, [quote])[0], typed, glossary)
    known = talk_by_id(connection, talk)
    _, text = latest(connection, known)
    return line_in(text, typed, None, {**glossary, **known.glossary})


def _only(found: Judged, place: str) -> Stretch:
    """The one place of a line; InputError where there is none, or where there are several."""
    if not found.places:
        raise refused(found, place)
    if len(found.places) > 1:
        times = ", ".join(clock(one.start_ms) for one in found.places[:_LISTED])
        more = ", …" if len(found.places) > _LISTED else ""
        raise InputError(
            f"the talk says this {len(found.places)} times, at {times}{more}",
            place=place,
            remedy=f"say which with --at {clock(found.places[0].start_ms)}",
        )
    return found.places[0]


def _candidate(
    stretch: Stretch, voices: Sequence[Sentence], speaker: str | None, talk: Talk, place: str
) -> Candidate:
    """A line as the scorer would have it: with its score, its speaker and why."""
    name, known = _who_says(stretch, speaker, place)
    if name and known and known.how == "given":
        voices = _told(voices, stretch, name)
    run = tuple(voices[one.index] for one in stretch.sentences)
    if other := another_voice(run, run[:1]):
        raise InputError(
            f"{run[0].speaker or 'another voice'} says the beginning of it, {other} the rest",
            place=place,
            remedy="quote one of them, or say with --speaker who says all of it",
        )
    if name is None or (known and known.how == "labelled"):
        name = run[0].speaker or name
        known = least_sure(run) or known
    language = language_of((one.text for one in voices), talk.language)
    times = (stretch.start_ms, stretch.end_ms)
    span = Span(run, stretch.said, stretch.shown, stretch.edits, *times)
    english = language in (None, "en")
    weights = learned.scorer_weights()
    scored = scoring.score([span], Survey(voices), weights, english=english)[0]
    return Candidate(
        said=stretch.said,
        shown=stretch.shown,
        edits=stretch.edits,
        start_ms=stretch.start_ms,
        end_ms=stretch.end_ms,
        score=scored.score,
        reasons=scored.reasons,
        approximate=stretch.approximate,
        speaker=name,
        role=run[0].role,
        attribution=known if name else None,
        flags=(BY_HAND, *((ABOUT,) if stretch.approximate else ())),
        language=language,
    )


def _who_says(
    stretch: Stretch, speaker: str | None, place: str
) -> tuple[str | None, Attribution | None]:
    """Whom the label or a person names; InputError where the two disagree."""
    try:
        return heard_as(stretch.sentences[0].speaker, speaker)
    except LookupError as error:
        label = error.args[0]
        raise InputError(
            f"the transcript says that {label} says this, not {speaker}",
            place=place,
            remedy=f"add it with --speaker '{label}'",
        ) from error


def _told(voices: Sequence[Sentence], stretch: Stretch, speaker: str) -> tuple[Sentence, ...]:
    """The sentences of a talk, of which a person says who says these."""
    mine = {one.index for one in stretch.sentences}
    role, given = voices[stretch.sentences[0].index].role, Attribution("given", 1.0)
    return tuple(one.said_by(speaker, role, given) if one.index in mine else one for one in voices)


def _standing(
    connection: Connection, talk: Talk, version: int, candidate: Candidate
) -> Stored | None:
    """The quote of the library that is the same passage, if one is: one that stands first."""
    wanted = passage(candidate, version)
    same = [one for one in stored_quotes(connection, talk.id) if same_passage(one.passage, wanted)]
    return max(same, key=lambda one: (one.standing, one.quote.said == candidate.said), default=None)
