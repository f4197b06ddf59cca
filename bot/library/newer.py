"""Quotes whose talk has a newer transcript: whether it says them, where, in which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from bot.clock import clock
from bot.editing import edits_to
from bot.edits import shown_offset
from bot.library.changes import Author, Changed, change
from bot.library.finding import Finding, Offer
from bot.library.passages import Passage, overlap, same_passage
from bot.library.places import misplaced
from bot.library.query import kept_quotes, talk_by_id
from bot.library.said import Spoken, spoken
from bot.model import ABOUT, Edit, Quote
from bot.store.schema import NEWEST_FIRST, transcripts
from bot.wording import replay, trimmed

_CLEANED = ("filler", "repeat")  # the kinds of edits of a light cleaning


def newer(
    connection: Connection, quotes: Sequence[Quote], glossary: Mapping[str, str]
) -> Iterator[Finding]:
    """A finding for each quote that is of an older version than its talk's last."""
    versions = _latest(connection)
    talks: dict[str, Mapping[str, str]] = {}
    older = [one for one in quotes if versions.get(one.talk, one.transcript) != one.transcript]
    for quote in sorted(older, key=lambda one: (one.talk, one.start_ms, one.id)):
        version = versions[quote.talk]
        if quote.talk not in talks:
            talks[quote.talk] = talk_by_id(connection, quote.talk).glossary
            packed = select(transcripts.c.cues).where(transcripts.c.id == version)
            text = spoken(connection.scalar(packed) or b"[]")
        yield _finding(quote, version, text, {**glossary, **talks[quote.talk]})


def move(connection: Connection, findings: Sequence[Finding], author: Author) -> Changed:
    """Take the places that are offered; who has other words now is approved no more.

    A quote that was changed since stays: the next findings have an offer for it as it is now.
    """
    offers = {one.quote: one.offer for one in findings if one.quote and one.offer}
    found = kept_quotes(connection, list(offers))
    same = [one for one in found if one.revision == offers[one.id].revision]
    pairs = [(one, _moved(one, offers[one.id])) for one in same]
    return change(connection, pairs, "move", author)


def _latest(connection: Connection) -> dict[str, int]:
    """The version of each talk that was read last."""
    rows = connection.execute(
        select(transcripts.c.talk, transcripts.c.id).order_by(*NEWEST_FIRST)
    ).all()
    return {row.talk: row.id for row in reversed(rows)}


def _finding(quote: Quote, version: int, text: Spoken, glossary: Mapping[str, str]) -> Finding:
    offer = _offer(quote, version, text, glossary)
    if offer is None:
        reason = "the newer transcript of its talk does not say it"
    elif offer.words:
        reason = (
            f"the newer transcript has other words, at {clock(offer.start_ms)}: “{offer.shown}”"
        )
    elif (offer.start_ms, offer.end_ms) != (quote.start_ms, quote.end_ms):
        reason = f"the newer transcript says it at {clock(offer.start_ms)}, no more at "
        reason += clock(quote.start_ms)
    else:
        reason = "the newer transcript says it there, too"
    return Finding(quote.talk, quote.transcript, quote.id, reason, "newer", offer=offer)


def _offer(quote: Quote, version: int, text: Spoken, glossary: Mapping[str, str]) -> Offer | None:
    """The nearest place of a newer version that is this passage and proved to be, or None."""
    runs = text.runs_of(quote.said) or _alike(quote, version, text)
    for run in sorted(runs, key=lambda one: abs(text.sentences[one[0]].start_ms - quote.start_ms)):
        said, offset = text.run(*run)
        shown, edits = _shown(quote, said, glossary)
        first, last = text.sentences[run[0]], text.sentences[run[1] - 1]
        start_ms = text.turns[first.turn].start_ms(offset + shown_offset(said, edits))
        rough = any(one.approximate for one in text.sentences[run[0] : run[1]])
        offer = Offer(
            *(version, said, shown, edits, start_ms, last.end_ms, rough),
            words=shown != quote.shown,
            revision=quote.revision,
        )
        if misplaced(_moved(quote, offer), text.turns) is None:
            return offer
    return None


def _alike(quote: Quote, version: int, text: Spoken) -> list[tuple[int, int]]:
    """The run of sentences whose words are most nearly the quote's, if it is the same passage."""
    old = Passage(quote.transcript, quote.start_ms, quote.end_ms, quote.said)
    best, found = (0.0, 0.0), list[tuple[int, int]]()
    for first, stop in text.like(quote.said):
        one, last = text.sentences[first], text.sentences[stop - 1]
        new = Passage(version, one.start_ms, last.end_ms, text.run(first, stop)[0])
        # Of runs that hold it all the one that holds the least beside.
        rank = (overlap(old, new), -abs(len(new.said) - len(old.said)))
        if same_passage(old, new) and rank > best:
            best, found = rank, [(first, stop)]
    return found


def _shown(quote: Quote, said: str, glossary: Mapping[str, str]) -> tuple[str, tuple[Edit, ...]]:
    """What to show of these words: what was shown, as far as they say it; else all, trimmed."""
    try:
        edits = quote.edits if said == quote.said else edits_to(said, quote.shown, glossary)
        return replay(said, edits, glossary), edits
    except ValueError:
        light = any(one.kind in _CLEANED for one in quote.edits)
        english = quote.language in (None, "en")
        found = trimmed(said, glossary, light=light, english=english)
        return found if quote.edits else (said, ())


def _moved(quote: Quote, offer: Offer) -> Quote:
    flags = [flag for flag in quote.flags if flag != ABOUT]
    void = offer.words and quote.status == "approved"
    return replace(
        quote,
        transcript=offer.transcript,
        said=offer.said,
        shown=offer.shown,
        edits=offer.edits,
        start_ms=offer.start_ms,
        end_ms=offer.end_ms,
        approximate=offer.approximate,
        flags=(*flags, *((ABOUT,) if offer.approximate else ())),
        status="candidate" if void else quote.status,
    )
