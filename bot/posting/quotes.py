"""Approved quotes as the plan and the words of a post see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot.cards.source import without_speaker
from bot.clock import clock
from bot.library.decide import vetoes
from bot.library.names import plain
from bot.library.people import person_of
from bot.library.query import find_quotes, talks_of
from bot.library.twins import approved_twins
from bot.model import Person, Quote, Status, Talk
from bot.publishing.choices import Choice
from bot.publishing.posts import Source
from bot.store.schema import decisions, quotes

_APPROVED: tuple[Status, ...] = ("approved",)
_WAITING: tuple[Status, ...] = ("candidate",)


@dataclass(frozen=True, slots=True)
class Material:
    """What posts may be made of: approved quotes, their talks, who speaks."""

    quotes: Mapping[str, Quote]
    talks: Mapping[str, Talk]
    people: Mapping[str, Person]
    approved_at: Mapping[str, datetime]

    def choices(self) -> tuple[Choice, ...]:
        """The quotes as the plan sees them."""
        return tuple(self._choice(quote) for quote in self.quotes.values())

    def source(self, quote: Quote, network: str) -> Source:
        """What the words of a post are made of at a network."""
        talk, person = self.talks[quote.talk], self.people.get(quote.speaker or "")
        timed = quote.end_ms > 0
        about = "~" if quote.approximate else ""
        return Source(
            quote=quote.shown,
            speaker=quote.speaker or "",
            talk=without_speaker(talk.title, quote.speaker or ""),
            event=talk.event or "",
            time=about + clock(quote.start_ms) if timed else "",
            url=quote.url or "",
            handle=person.handles.get(network, "") if person else "",
        )

    def _choice(self, quote: Quote) -> Choice:
        talk = self.talks[quote.talk]
        return Choice(
            quote=quote.id,
            talk=talk.id,
            speaker=quote.speaker or "",
            score=quote.score,
            status=quote.status,
            approved_at=self.approved_at[quote.id],
            talk_date=_day(talk.date),
            embargo=talk.embargo_until,
            permission=talk.permission,
            words=plain(quote.shown),
            sure=bool(quote.attribution and quote.attribution.how != "inferred"),
        )


def material(connection: Connection) -> Material:
    """What posts may be made of now."""
    found = {one.id: one for one in find_quotes(connection, statuses=_APPROVED)}
    speakers = {one.speaker for one in found.values() if one.speaker}
    people = {name: person_of(connection, name) for name in sorted(speakers)}
    return Material(
        found,
        talks_of(connection, (one.talk for one in found.values())),
        {name: person for name, person in people.items() if person},
        _approved_at(connection),
    )


def of_talks(connection: Connection, names: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Talk, speaker and shown words of quotes, whatever was decided of them."""
    wanted = select(quotes.c.id, quotes.c.talk, quotes.c.speaker, quotes.c.shown)
    rows = connection.execute(wanted.where(quotes.c.id.in_(sorted(set(names)))))
    return {row.id: (row.talk, row.speaker or "", row.shown) for row in rows}


def by_rule(connection: Connection, score: int) -> list[str]:
    """Candidates that a rule of the settings may approve: nobody decided on them so far.

    Labelled speakers alone, without any flag, not of the audience, of no talk whose permission was
    refused, and no words that stand there under another name.
    """
    waiting = find_quotes(connection, statuses=_WAITING, score=score)
    talks = talks_of(connection, (one.talk for one in waiting))
    good = [
        one
        for one in waiting
        if one.speaker
        and one.attribution
        and one.attribution.how == "labelled"
        and not one.flags
        and one.role != "audience"
        and talks[one.talk].permission != "refused"
    ]
    names = [one.id for one in good]
    said_no = vetoes(connection, names)
    decided = select(decisions.c.quote).where(
        decisions.c.quote.in_(names), decisions.c.action.in_(("approve", "reject", "veto", "edit"))
    )
    touched = {*said_no, *connection.scalars(decided)}
    touched |= approved_twins(connection, [one for one in good if one.id not in touched]).keys()
    return [name for name in names if name not in touched]


def _approved_at(connection: Connection) -> dict[str, datetime]:
    """Since when each approved quote is, as decisions tell; else since it was kept."""
    approving = (decisions.c.after == "approved") & decisions.c.undone_at.is_(None)
    last = select(decisions.c.quote, func.max(decisions.c.at)).where(approving)
    told = {row[0]: row[1] for row in connection.execute(last.group_by(decisions.c.quote))}
    kept = select(quotes.c.id, quotes.c.created_at).where(quotes.c.status == "approved")
    return {row.id: told.get(row.id) or row.created_at for row in connection.execute(kept)}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
