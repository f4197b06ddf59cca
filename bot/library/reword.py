"""Other words for a quote: only such as the stored transcript says there."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from bot.errors import InputError
from bot.library.changes import Author, Changed, change
from bot.library.query import stored_quotes, talk_by_id
from bot.library.said import Spoken, Stretch, spoken
from bot.library.where import Judged, refused, rejudged
from bot.model import ABOUT, Quote, Talk
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
    return change(connection, [(quote, after)], "edit", author)


def quote_as(connection: Connection, quote: Quote, typed: str, glossary: Glossary) -> Judged:
    """Whether a quote may be shown so, and where; raises InputError for one that is not proved."""
    talk = talk_by_id(connection, quote.talk)
    packed = connection.scalar(
        select(transcripts.c.cues).where(transcripts.c.id == quote.transcript)
    )
    text = spoken(packed or b"[]")
    run = text.run_of(quote.said, quote.end_ms)
    if run is None:
        raise InputError(
            "its words are not in its transcript",
            place=f"quote {quote.id}",
            remedy="harvest its talk again, `pullquote library verify` says more",
        )
    return rejudged(text, run, typed, {**glossary, **talk.glossary})


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
