"""One run of the bot: plan what is needed, send what is due; or the same again and again."""

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

from sqlalchemy import Connection

from bot.config import Project
from bot.errors import BotError, ConfigError
from bot.posting.outlets import Dispatch
from bot.posting.planning import Outcome, Planned, plan_all
from bot.posting.terms import all_terms
from bot.publishing import queue
from bot.publishing.alerts import passed, raise_alert
from bot.publishing.outlets import Outlet
from bot.publishing.sending import Sender, Told
from bot.publishing.worker import Worker
from bot.store import Store
from bot.store.again import written


@dataclass(frozen=True, slots=True)
class Bot:
    """Settings, ledger and clock of a bot at work; ``tell`` hears all, ``alert`` what is urgent."""

    project: Project
    store: Store
    now: Callable[[], datetime]
    tell: Callable[[Told], None]
    alert: Callable[[str], object]
    stop: Event = field(default_factory=Event)
    trust_clock: bool = False
    name: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}")

    def run(self) -> int:
        """Plan what is needed and send what is due; how many posts were taken in hand.

        What was planned before goes out even when nothing can be planned now.
        """
        outlets = list(self._dispatch().outlets())  # who is met here for the first time is planned
        try:
            self.plan()
        except ConfigError:
            self._send(outlets)
            raise
        return self._send(outlets)

    def rehearse(self, folder: Path, ahead: timedelta) -> int:
        """The same into folders, with the clock set ahead; afterwards nothing has happened."""
        quiet = replace(self, alert=lambda text: None)
        with self.store.rehearse():
            late = replace(quiet, now=lambda: self.now() + ahead)
            outlets = list(late._dispatch().previews(folder))
            quiet.plan()
            with self.store.write() as connection:
                queue.as_planned(connection, late.now())
            return late._send(outlets)

    def serve(self, reload: Callable[[], Project], wait_s: float) -> None:
        """Run until asked to stop; the settings are read again each time.

        What fails is told once, and tried again: settings that cannot be used leave the last ones.
        """
        bot, worker, trouble = self, self._worker(), Told("", "")
        while not self.stop.is_set():
            found = Told("", "")
            try:
                bot = replace(bot, project=_usable(reload()))
            except ConfigError as error:
                found = Told("settings", "", text=f"{error}; going on with those before")
            try:
                bot.run()
                worker.beat("waiting")
            except BotError as error:
                found = Told("error", "", text=str(error))
            if found.text and found != trouble:
                self.tell(found)
            trouble = found
            self.stop.wait(wait_s)
        worker.end()

    def plan(self) -> Outcome:
        """Fill the slots, in one transaction; alert when posts are about to end."""
        terms, now = all_terms(self.project), self.now()
        days = self.project.config.schedule.days
        news: dict[str, None] = {}  # also of a commit whose answer was lost

        def planned(connection: Connection) -> Outcome:
            outcome = plan_all(connection, self.project, terms, now, days)
            news.update(
                (text, None)
                for one in outcome.accounts
                if (text := _dry_news(connection, one, now))
            )
            return outcome

        outcome = written(self.store, planned, sleep=self.stop.wait)
        for one in outcome.cancelled:
            self.tell(Told("cancelled", one.key.account, one.id, one.reason))
        for text in news:
            self.tell(Told("dry", "", text=text))
            self.alert(text)
        return outcome

    def _send(self, outlets: Sequence[Outlet]) -> int:
        worker = self._worker()
        try:
            return worker.run(outlets)
        finally:
            worker.end()

    def _dispatch(self) -> Dispatch:
        return Dispatch(self.project, self.store, self.now, self.tell, self.alert)

    def _worker(self) -> Worker:
        sender = Sender(self.store, self.now, self.tell, Random())  # noqa: S311 - waiting times
        return Worker(self.name, sender, self.alert, self.stop, trust_clock=self.trust_clock)


def _usable(project: Project) -> Project:
    """The same settings; ConfigError when an account of them cannot be understood."""
    all_terms(project)
    return project


def _dry_news(connection: Connection, planned: Planned, now: datetime) -> str:
    """What to tell a person of an account whose posts are about to end, unless they know."""
    label = planned.terms.label
    if planned.dry_from is None:
        passed(connection, f"dry {label}", now)
        return ""
    text = f"{label}: nothing is planned from {planned.dry_from:%a %d %b} on; approve more quotes"
    return text if raise_alert(connection, f"dry {label}", text, now) else ""
