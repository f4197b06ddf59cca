"""Other words for a quote: only such as the stored transcript says there."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from bot.errors import InputError
from bot.library.changes import Author, Changed, change
from bot.library.query import stored_quotes, talk_by_id
from bot.library.said import Spoken, Stretch, spoken
from bot.library.voices import another_voice, heard
from bot.library.where import Judged, refused, rejudged
from bot.model import ABOUT, Attribution, Quote, Talk
from bot.speakers import least_sure
from bot.store.schema import NEWEST_FIRST, transcripts

Glossary = Mapping[str, str]


def edit(
    connection: Connection, quote: Quote, typed: str, author: Author, glossary: Glossary
) -> Changed:
    """Show other words of a quote, or of the sentences around it; an approval is void then.

    Raises InputError for what the talk does not say there.
    """
    place = f"quote {quote.id}"
    if quote.status == "retracted":
        raise InputError("was taken down for good", place=place, remedy="choose another quote")
    found = quote_as(connection, quote, typed, glossary)
    if not found.places:
        raise refused(found, place)
    after = reworded(quote, found.places[0])
    if after.shown == quote.shown:
        return Changed((), (quote,))
    if after.said != quote.said:
        _alone(connection, quote, after)
        after = _of_one_voice(connection, quote, after, found.places[0])
    return change(connection, [(quote, after)], "edit", author)


def quote_as(connection: Connection, quote: Quote, typed: str, glossary: Glossary) -> Judged:
    """Whether a quote may be shown so, and where; raises InputError for one that is not proved."""
    talk, text = talk_by_id(connection, quote.talk), _text_of(connection, quote)
    run = text.run_of(quote.said, quote.end_ms)
    if run is None:
        raise InputError(
            "its words are not in its transcript",
            place=f"quote {quote.id}",
            remedy="harvest its talk again, `pullquote library verify` says more",
        )
    return rejudged(text, run, typed, {**glossary, **talk.glossary})


def _text_of(connection: Connection, quote: Quote) -> Spoken:
    """The words of the version a quote is of."""
    version = transcripts.c.id == quote.transcript
    return spoken(connection.scalar(select(transcripts.c.cues).where(version)) or b"[]")


def _of_one_voice(connection: Connection, before: Quote, after: Quote, stretch: Stretch) -> Quote:
    """A quote of other sentences, whose speaker is known as surely as those allow.

    Raises InputError where another voice says a part of them.
    """
    text = _text_of(connection, before)
    voices = heard(text, talk_by_id(connection, before.talk))
    first, stop = text.run_of(before.said, before.end_ms) or (0, 0)
    run = [voices[one.index] for one in stretch.sentences]
    if other := another_voice(run, voices[first:stop]):
        raise InputError(
            f"{other} may say a part of it, not {before.speaker or 'who says the quote'}",
            place=f"quote {before.id}",
            remedy="keep to the sentences of one voice",
        )
    guessed = least_sure([one for one in run if not first <= one.index < stop])
    known = before.attribution
    if known is None or guessed is None or guessed.how != "inferred":
        return after
    least = min(known.confidence, guessed.confidence)
    return replace(after, attribution=Attribution("inferred", least))


def latest(connection: Connection, talk: Talk) -> tuple[int, Spoken]:
    """The version of a talk's transcript that was read last, and its words."""
    newest = select(transcripts.c.id, transcripts.c.cues).where(transcripts.c.talk == talk.id)
    newest = newest.order_by(*NEWEST_FIRST).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None:
        remedy = "`pullquote harvest` reads one"
        raise InputError("has no transcript yet", place=f"talk {talk.id}", remedy=remedy)
    return row.id, spoken(row.cues)


def reworded(quote: Quote, stretch: Stretch) -> Quote:
    """A quote with other words; approved it is no more, as nobody approved these."""
    strange = "unknown word: "
    kept = (
        flag
        for flag in quote.flags
        if flag != ABOUT
        and not (flag.startswith(strange) and flag[len(strange) :] not in stretch.shown)
    )
    return replace(
        quote,
        said=stretch.said,
        shown=stretch.shown,
        edits=stretch.edits,
        start_ms=stretch.start_ms,
        end_ms=stretch.end_ms,
        approximate=stretch.approximate,
        flags=(*kept, *((ABOUT,) if stretch.approximate else ())),
        status="candidate" if quote.status == "approved" else quote.status,
    )


def _alone(connection: Connection, quote: Quote, after: Quote) -> None:
    """Raise InputError where a quote that grew or moved is another one now."""
    for other in stored_quotes(connection, quote.talk):
        if other.quote.id == quote.id or not other.standing:
            continue
        if other.quote.said == after.said and other.quote.start_ms == after.start_ms:
            place, remedy = f"quote {quote.id}", f"edit {other.quote.id} instead"
            raise InputError(f"that is quote {other.quote.id} already", place=place, remedy=remedy)
