"""What a person types of a talk, and what follows from it: the part of ``Library`` for words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.library import changes, mend, newer, own, query, reword
from bot.library.changes import Author, Changed
from bot.library.finding import Finding
from bot.library.mend import Mended
from bot.library.own import Added, Consent, Glossary, Remembered
from bot.library.talks import glossary_of
from bot.library.twins import Twin, twins
from bot.library.where import Judged
from bot.model import Details, Transcript
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Words:
    """Quotes and lines of one store in a person's words; each method is one transaction."""

    store: Store

    def glossary(self, said: Details, transcript: Transcript) -> Glossary:
        """What was misheard in the talk this is a transcript of, and what was meant."""
        with self.store.read() as connection:
            return glossary_of(connection, said, transcript)

    def edit(
        self,
        quote: str,
        typed: str,
        who: str,
        now: datetime,
        *,
        glossary: Glossary | None = None,
        revision: int | None = None,
    ) -> Changed:
        """Show a quote in the words a person typed, as far as the talk says them there.

        ``said`` grows or shrinks to whole sentences where they need it; an approval is void.
        Raises InputError with the nearest place for what the talk does not say.
        """
        with self.store.write() as connection:
            (found,) = changes.fresh(connection, [quote], revision)
            return reword.edit(connection, found, typed, Author(who, now), glossary or {})

    def add(
        self,
        talk: str,
        line: Remembered,
        who: str,
        now: datetime,
        *,
        glossary: Glossary | None = None,
        consent: Consent | None = None,
    ) -> Added:
        """Add a line a person remembers, as the newest transcript of the talk says it.

        Raises InputError with the nearest place for what it does not say, with all places where
        it says it several times; NeedsPerson as ``decide`` does where it is approved at once.
        """
        with self.store.write() as connection:
            known = query.talk_by_id(connection, talk)
            author, asked = Author(who, now), consent or Consent()
            return own.add(connection, known, line, author, glossary or {}, asked)

    def check(
        self,
        talk: str,
        typed: str,
        *,
        quote: str | None = None,
        glossary: Glossary | None = None,
    ) -> Judged:
        """Whether a talk says what is typed, at this quote or anywhere; nothing is written."""
        with self.store.read() as connection:
            return own.check(connection, talk, typed, quote, glossary or {})

    def twins(self, ids: Sequence[str]) -> dict[str, Twin]:
        """For each of these quotes one with its words by another name: of them, or approved."""
        with self.store.read() as connection:
            return twins(connection, query.kept_quotes(connection, ids))

    def mend(
        self,
        talk: str,
        misheard: str,
        meant: str,
        who: str,
        now: datetime,
        *,
        glossary: Glossary | None = None,
    ) -> Mended:
        """Show what was meant for what was misheard in a talk, in its quotes of now and later."""
        with self.store.write() as connection:
            known = query.talk_by_id(connection, talk)
            author = Author(who, now)
            return mend.mend(connection, known, misheard, meant, author, glossary or {})

    def move(self, findings: Sequence[Finding], who: str, now: datetime) -> Changed:
        """Take the places that ``verify`` offers quotes in newer transcripts of their talks.

        Decisions stay, but no approval of a quote that shows other words there.
        """
        with self.store.write() as connection:
            return newer.move(connection, findings, Author(who, now))
