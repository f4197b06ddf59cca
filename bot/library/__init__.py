"""The curated library: what was harvested, what people decided about it, and that it is true."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.library import changes, details, query, saying, takedown
from bot.library import decide as decisions
from bot.library import queue as queues
from bot.library.around import Around, around
from bot.library.asking import parse
from bot.library.changes import Author, Changed
from bot.library.decide import Action
from bot.library.finding import Finding
from bot.library.keep import Kept, keep
from bot.library.lines import FoundLines, Line, search_lines
from bot.library.mend import Mended
from bot.library.own import Added, Consent, Remembered
from bot.library.people import person_of
from bot.library.queue import Queued
from bot.library.searching import Found, every, search
from bot.library.takedown import TakenDown
from bot.library.talks import arrival
from bot.library.verify import verify
from bot.library.where import Judged
from bot.library.words import Words
from bot.model import Candidate, Decision, Details, Person, Quote, Status, Talk, Transcript

__all__ = [
    "Added",
    "Around",
    "Changed",
    "Consent",
    "Finding",
    "Found",
    "FoundLines",
    "Judged",
    "Kept",
    "Library",
    "Line",
    "Mended",
    "Queued",
    "Remembered",
    "TakenDown",
]


@dataclass(frozen=True, slots=True)
class Library(Words):
    """The quotes of one store; each method is one transaction and may raise LibraryError.

    A quote is named by its id or a beginning of it that no other has; else InputError.
    """

    def keep(
        self,
        said: Details,
        transcript: Transcript,
        candidates: Sequence[Candidate],
        now: datetime,
        recipe: str | None = None,
    ) -> Kept:
        """Keep a talk, this version of its text, and the candidates in rank order.

        ``recipe`` is what ``harvested`` may later ask for. Raises UsageError when the url and the
        file belong to two talks.
        """
        new = arrival(said, transcript)  # before the lock that all writers share
        with self.store.write() as connection:
            return keep(connection, new, candidates, now, recipe)

    def harvested(self, source_hash: str, recipe: str) -> Talk | None:
        """The talk whose transcript has this SHA-256 and was harvested so; None if none."""
        with self.store.read() as connection:
            return query.harvested(connection, source_hash, recipe)

    def speakers_of(self, source_hash: str) -> tuple[str, ...]:
        """Who speaks in the talk whose transcript has this SHA-256, as it was told."""
        with self.store.read() as connection:
            return query.speakers_of(connection, source_hash)

    def introduce(self, people: Sequence[Person], who: str, now: datetime) -> None:
        """Keep what is said of people; what is left out stays as it was known."""
        if not people:
            return
        with self.store.write() as connection:
            for person in people:
                details.tell_more(connection, person, Author(who, now))

    def person(self, name: str) -> Person | None:
        """What is known of somebody of this name."""
        with self.store.read() as connection:
            return person_of(connection, name)

    def talks(self, most: int | None = None) -> tuple[Talk, ...]:
        """Every talk or so many, the latest first."""
        with self.store.read() as connection:
            return query.listed_talks(connection, most=most)

    def talks_of(self, ids: Iterable[str]) -> dict[str, Talk]:
        """The talks of these ids, by id."""
        with self.store.read() as connection:
            return query.talks_of(connection, ids)

    def talk(self, name: str) -> Talk:
        """The talk of this id."""
        with self.store.read() as connection:
            return query.talk_by_id(connection, name)

    def quotes(
        self,
        *,
        talk: str | None = None,
        statuses: Collection[Status] = (),
        speaker: str | None = None,
        limit: int | None = None,
    ) -> tuple[Quote, ...]:
        """The quotes that fit, the best first; no status means any, a speaker is without case."""
        with self.store.read() as connection:
            return query.find_quotes(
                connection, talk=talk, statuses=statuses, speaker=speaker, limit=limit
            )

    def search(self, query: str, limit: int = 50, offset: int = 0) -> Found:
        """The quotes a query asks for, the most relevant or the best first; QueryError."""
        asked = parse(query)
        with self.store.read() as connection:
            return search(connection, asked, limit, offset)

    def every(self, query: str) -> tuple[Quote, ...]:
        """All quotes a query asks for, in the order of ``search``; QueryError."""
        asked = parse(query)
        with self.store.read() as connection:
            return every(connection, asked)

    def search_lines(self, query: str, limit: int = 50) -> FoundLines:
        """Where transcripts say what a query asks for, picked or not; QueryError."""
        asked = parse(query)
        with self.store.read() as connection:
            return search_lines(connection, asked, limit)

    def quote(self, prefix: str) -> Quote:
        """The quote of this id."""
        with self.store.read() as connection:
            return query.quote_by_prefix(connection, prefix)

    def queue(self, talk: str | None = None, *, proposed_first: bool = True) -> tuple[Queued, ...]:
        """The quotes to go through: all of a talk, or those that wait in any; best first."""
        with self.store.read() as connection:
            return queues.queue(connection, talk, proposed_first=proposed_first)

    def waiting(self) -> dict[str, int]:
        """How many candidates each talk has that has any, the latest talk first."""
        with self.store.read() as connection:
            return queues.waiting(connection)

    def around(self, quote: Quote) -> Around:
        """The sentences before and after a quote, from the stored transcript."""
        with self.store.read() as connection:
            return around(connection, quote)

    def decide(
        self,
        ids: Sequence[str],
        action: Action,
        who: str,
        now: datetime,
        *,
        confirmed: bool = False,
        audience: bool = False,
        revision: int | None = None,
    ) -> Changed:
        """Approve or reject quotes, all of them or none.

        ``confirmed``: a person said who speaks. Without it an inferred speaker is NeedsPerson;
        ``audience``: somebody of the audience agreed. ``revision`` is that of the quote as the
        person saw it; Stale when it is another one now.
        """
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, revision)
            author = Author(who, now)
            return decisions.decide(
                connection, found, action, author, confirmed=confirmed, audience=audience
            )

    def propose(
        self, ids: Sequence[str], who: str, now: datetime, *, revision: int | None = None
    ) -> Changed:
        """Say that candidates should be approved; they get the flag ``proposed``."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, revision)
            return changes.propose(connection, found, Author(who, now))

    def tag(
        self,
        ids: Sequence[str],
        who: str,
        now: datetime,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        revision: int | None = None,
    ) -> Changed:
        """Give quotes tags, and take others away."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, revision)
            return changes.tag(connection, found, Author(who, now), add=add, remove=remove)

    def note(
        self,
        ids: Sequence[str],
        text: str,
        who: str,
        now: datetime,
        *,
        revision: int | None = None,
    ) -> Changed:
        """Write a note to quotes over the one that was there; an empty one takes it away."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, revision)
            return changes.note(connection, found, Author(who, now), text)

    def attribute(
        self, ids: Sequence[str], speaker: str, by: Author, *, revision: int | None = None
    ) -> Changed:
        """Say who says quotes; InputError where their transcript names another."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, revision)
            return saying.attribute(connection, found, speaker, by)

    def retract(self, ids: Sequence[str], who: str, now: datetime) -> TakenDown:
        """Take quotes down for good, and say what of them went out."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, None)
            return takedown.retract(connection, found, Author(who, now))

    def retract_speaker(self, speaker: str, who: str, now: datetime) -> TakenDown:
        """Take down for good all that somebody said, also what is harvested later."""
        with self.store.write() as connection:
            return takedown.retract_speaker(connection, speaker, Author(who, now))

    def undo(
        self, quote: str | None, who: str, now: datetime, *, revision: int | None = None
    ) -> Decision:
        """Take back the last change of a quote, or (None) the last of all; InputError if none."""
        with self.store.write() as connection:
            return changes.undo(connection, quote, Author(who, now), revision)

    def undo_each(self, ids: Sequence[str], who: str, now: datetime) -> tuple[Decision, ...]:
        """Take back the last change of each of these quotes, of all or (InputError) of none."""
        with self.store.write() as connection:
            found = changes.fresh(connection, ids, None)
            return tuple(changes.undo(connection, one.id, Author(who, now)) for one in found)

    def veto(self, quote: str, who: str, now: datetime) -> TakenDown:
        """Record that its speaker says no: rejected; taken down for good if it was approved."""
        with self.store.write() as connection:
            found = changes.fresh(connection, [quote], None)
            return takedown.veto(connection, found, Author(who, now))

    def change_talk(
        self,
        talk: str,
        values: Mapping[str, object],
        who: str,
        now: datetime,
        *,
        as_seen: str | None = None,
    ) -> Talk:
        """Write details of a talk, by their names in ``Talk``; each change is kept.

        ``as_seen`` is the mark (``details.seen``) of the talk a person saw; Stale if it changed.
        """
        with self.store.write() as connection:
            return details.change_talk(connection, talk, values, Author(who, now), as_seen)

    def change_person(
        self, person: Person, who: str, now: datetime, *, as_seen: str | None = None
    ) -> Person:
        """Write all that is known of a person; each change is kept. ``as_seen`` as for a talk."""
        with self.store.write() as connection:
            return details.change_person(connection, person, Author(who, now), as_seen)

    def history(self, quote: str) -> tuple[Decision, ...]:
        """What people decided on a quote, the first decision first, those taken back too."""
        with self.store.read() as connection:
            return query.decisions_on(connection, query.quote_by_prefix(connection, quote).id)

    def verify(
        self,
        progress: Callable[[int, int], None] | None = None,
        glossary: Mapping[str, str] | None = None,
    ) -> tuple[Finding, ...]:
        """Prove every quote from the stored bytes; nothing found is what one hopes for.

        ``progress`` is called with the transcripts proved so far and their number; ``glossary``
        has what was misheard and what was meant.
        """
        with self.store.read() as connection:
            return verify(connection, progress, glossary)
