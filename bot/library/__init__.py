"""The curated library: what was harvested, what people decided about it, and that it is true."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.library import decide as decisions
from bot.library import query
from bot.library.decide import Action, Decided
from bot.library.keep import Kept, keep
from bot.library.people import introduce, person_of
from bot.library.verify import Finding, verify
from bot.model import Candidate, Decision, Details, Person, Quote, Status, Talk, Transcript
from bot.store import Store

__all__ = ["Decided", "Finding", "Kept", "Library"]


@dataclass(frozen=True, slots=True)
class Library:
    """The quotes of one store; each method is one transaction and may raise LibraryError.

    A quote is named by its id or a beginning of it that no other has; else InputError.
    """

    store: Store

    def keep(
        self,
        details: Details,
        transcript: Transcript,
        candidates: Sequence[Candidate],
        now: datetime,
        recipe: str | None = None,
    ) -> Kept:
        """Keep a talk, this version of its text, and the candidates in rank order.

        ``recipe`` is what ``harvested`` may later ask for. Raises UsageError when the url and the
        file belong to two talks.
        """
        with self.store.write() as connection:
            return keep(connection, details, transcript, candidates, now, recipe)

    def harvested(self, source_hash: str, recipe: str) -> Talk | None:
        """The talk whose transcript has this SHA-256 and was harvested so; None if none."""
        with self.store.read() as connection:
            return query.harvested(connection, source_hash, recipe)

    def introduce(self, people: Sequence[Person]) -> None:
        """Keep what is said of people; what is left out stays as it was known."""
        if not people:
            return
        with self.store.write() as connection:
            for person in people:
                introduce(connection, person)

    def person(self, name: str) -> Person | None:
        """What is known of somebody of this name."""
        with self.store.read() as connection:
            return person_of(connection, name)

    def talks(self) -> tuple[Talk, ...]:
        """Every talk, the latest first."""
        with self.store.read() as connection:
            return query.all_talks(connection)

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

    def quote(self, prefix: str) -> Quote:
        """The quote of this id."""
        with self.store.read() as connection:
            return query.quote_by_prefix(connection, prefix)

    def decide(
        self,
        ids: Sequence[str],
        action: Action,
        who: str,
        now: datetime,
        *,
        confirmed: bool = False,
    ) -> Decided:
        """Approve or reject quotes, all of them or none.

        ``confirmed``: a person said who speaks. Without it an inferred speaker is NeedsPerson.
        """
        with self.store.write() as connection:
            return decisions.decide(connection, ids, action, who, now, confirmed=confirmed)

    def undo(self, quote: str | None, who: str, now: datetime) -> Decision:
        """Take back the last decision on a quote, or (None) the last of all; InputError if none."""
        with self.store.write() as connection:
            return decisions.undo(connection, quote, who, now)

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
