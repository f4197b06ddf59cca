"""Planning as a command does it, at a time that stands still."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from bot.config import Project
from bot.library import Library
from bot.posting import planning
from bot.posting.terms import all_terms
from bot.publishing import queue
from bot.settings import Config

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # a Monday
ACCOUNTS = {
    "pre": {"network": "preview", "slots": ["daily 12:00"]},
    "li": {"network": "linkedin", "handoff": True, "slots": ["daily 12:00"], "tags": ["lights"],
           "zone": "Europe/Berlin"},
}  # fmt: skip


def project(accounts=None, **settings) -> Project:
    return Project(msgspec.convert({"accounts": accounts or ACCOUNTS, **settings}, Config))


@dataclass
class Desk:
    """A library, its settings and what day it is."""

    library: Library
    now: datetime = NOW
    project: Project = field(default_factory=project)

    @property
    def quotes(self):
        return self.library.quotes()

    def approve(self, *places):
        names = [self.quotes[place].id for place in places]
        self.library.decide(names, "approve", "Pia", self.now, confirmed=True)
        return names

    def plan(self, days=7):
        with self.library.store.write() as connection:
            terms = all_terms(self.project)
            return planning.plan_all(connection, self.project, terms, self.now, days)

    def pin(self, quote, label="pre", *, hours=1, words=None, **more):
        terms = next(one for one in all_terms(self.project) if one.label == label)
        due = self.now + timedelta(hours=hours)
        with self.library.store.write() as connection:
            return planning.pin(
                connection, self.project, terms, quote, due, self.now, words, **more
            )

    def listing(self, *states, network="preview"):
        with self.library.store.read() as connection:
            found = queue.listing(connection, states=states)
        return [one for one in found if one.key.network == network]

    def cancel(self, number, reason="taken out by Pia"):
        with self.library.store.write() as connection:
            queue.cancel(connection, [number], reason)
