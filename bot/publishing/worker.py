"""What is due, sent: one account's trouble leaves the others alone; a stop waits for one post."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.errors import BotError, LibraryError, NeedsPerson, NetworkError
from bot.networks import NotNow, SignedOut
from bot.post import Account
from bot.publishing import accounts, ledger
from bot.publishing.alerts import is_news, passed, paused, raise_alert
from bot.publishing.ledger import Claimed
from bot.publishing.outlets import Outlet
from bot.publishing.sending import Sender, Told
from bot.publishing.timelines import is_matched
from bot.store.again import seen, written
from bot.store.columns import UtcDateTime
from bot.store.publishing import of_account, posts, workers

T = TypeVar("T")
LEASE = timedelta(minutes=5)  # longer than all time-outs of one post together
REST = timedelta(minutes=10)  # of an account whose timeline could not be read
_WRONG_CLOCK = timedelta(minutes=10)
_REMEMBERED = timedelta(days=7)  # a worker that stopped


@dataclass(frozen=True, slots=True)
class Worker:
    """Publishes what is due under one name; ``stop`` is set when it is to end.

    ``alert`` is told what a person has to hear, each thing once.
    """

    name: str
    sender: Sender
    alert: Callable[[str], object]
    stop: Event = field(default_factory=Event)
    lease: timedelta = LEASE
    trust_clock: bool = False
    rest: timedelta = REST

    def run(self, outlets: Sequence[Outlet]) -> int:
        """Send all that is due at these outlets; how many posts were taken in hand.

        Raises NeedsPerson when this machine's clock is behind what the ledger has seen.
        """
        now = self.sender.now()
        if not self.trust_clock:
            seen(self.sender.store, lambda found: check_clock(found, now), sleep=self.stop.wait)
        self.beat("looking")
        open_ones = {one.id: one for one in outlets if self._may_publish(one)}
        taken = 0
        while open_ones and not self.stop.is_set():
            claimed = self._claim(open_ones)
            if claimed is None:
                break
            taken += 1
            outlet = open_ones[claimed.post.key.network, claimed.post.key.account]
            try:
                self.sender.send(claimed, outlet)
            except SignedOut as error:
                self._pause(outlet, error)
                del open_ones[outlet.id]
        return taken

    def beat(self, doing: str) -> None:
        """Say that this worker lives, and what it does."""
        now = self.sender.now()
        self._written(lambda connection: self._beat(connection, doing, now))

    def _beat(self, connection: Connection, doing: str, now: datetime) -> None:
        mine = update(workers).where(workers.c.id == self.name)
        alive = mine.values(beat_at=now, doing=doing, stopped_at=None)
        if connection.execute(alive).rowcount == 0:
            born = {"id": self.name, "started_at": now, "beat_at": now, "doing": doing}
            connection.execute(insert(workers).values(born))

    def end(self) -> None:
        """Say that it stopped of its own will, and forget those that did so long ago."""
        now = self.sender.now()
        with self.sender.store.write() as connection:
            mine = update(workers).where(workers.c.id == self.name)
            connection.execute(mine.values(stopped_at=now, doing=""))
            connection.execute(delete(workers).where(workers.c.stopped_at < now - _REMEMBERED))

    def _claim(self, outlets: Collection[tuple[str, str]]) -> Claimed | None:
        now = self.sender.now()

        def taken(connection: Connection) -> Claimed | None:
            claimed = ledger.claim(connection, self.name, now, self.lease, outlets)
            if claimed:
                self._beat(connection, f"post {claimed.id}", now)
            return claimed

        return self._written(taken)  # of a claim whose answer was lost the lease runs out

    def _written(self, work: Callable[[Connection], T]) -> T:
        """One transaction, again when the database was away, unless this worker is to stop."""
        return written(self.sender.store, work, sleep=self.stop.wait)

    def _may_publish(self, outlet: Outlet) -> bool:
        """Whether something is due there, nothing pauses it and the ledger knows its timeline."""
        now, of = self.sender.now(), outlet.account
        known = seen(
            self.sender.store,
            lambda connection: _free(connection, outlet, now),
            sleep=self.stop.wait,
        )
        if known is None:
            return False
        if known.rest_until and known.rest_until > now:
            return False
        outlet = replace(outlet, account=known)
        try:
            matched = is_matched(self.sender.store, known, outlet.open(), now)
        except SignedOut as error:
            self._pause(outlet, error)
            return False
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other accounts go on
            self._leave_alone(outlet, error, now)
            return False
        event = unmatched(of)
        text = (
            f"{of.label}: its timeline has posts that the library does not know of; "
            f"`pullquote network reconcile {of.label}` matches them, until then nothing is sent"
        )

        def noted(connection: Connection) -> bool:
            if not matched:
                return raise_alert(connection, event, text, now)
            passed(connection, event, now)
            passed(connection, paused(of), now)
            return False

        if is_news(self.sender.store, noted):
            self._tell_person("unmatched", outlet, text)
        return matched

    def _leave_alone(self, outlet: Outlet, error: Exception, now: datetime) -> None:
        """Come back to an account that cannot be read: as soon as it says, or after a while.

        Reading costs money at some networks, also in vain.
        """
        asked = error.rest_until(now) if isinstance(error, NotNow) else None
        until = asked or now + self.rest
        self._written(lambda connection: accounts.rest(connection, outlet.account, until))
        told = str(error) if isinstance(error, BotError) else f"{type(error).__name__}: {error}"
        event = "later" if isinstance(error, NetworkError) else "failed"
        self.sender.tell(Told(event, outlet.account.label, text=told))

    def _pause(self, outlet: Outlet, error: SignedOut) -> None:
        """Publish nothing there any more, and tell a person once."""
        of, now = outlet.account, self.sender.now()
        why = ": ".join(filter(None, (error.place, error.reason)))  # what to do follows, once
        text = f"{of.label} is paused: {why}; `pullquote network login {of.label}` starts it again"

        def noted(connection: Connection) -> bool:
            accounts.pause(connection, of, why, now)
            return raise_alert(connection, paused(of), text, now)

        if is_news(self.sender.store, noted):
            self._tell_person("paused", outlet, text)

    def _tell_person(self, event: str, outlet: Outlet, text: str) -> None:
        self.sender.tell(Told(event, outlet.account.label, text=text))
        self.alert(text)


def unmatched(of: Account) -> str:
    """The event of an account whose timeline the ledger does not know."""
    return f"unmatched {of.network} {of.id}"


def check_clock(connection: Connection, now: datetime) -> None:
    """Refuse to publish by a clock that is behind what the ledger has seen; NeedsPerson."""
    seen = [
        connection.scalar(select(func.max(column, type_=UtcDateTime)))
        for column in (posts.c.planned_at, posts.c.first_at, workers.c.beat_at)
    ]
    latest = max((one for one in seen if one), default=now)
    if latest - now > _WRONG_CLOCK:
        reason = f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC, the library was at work "
        reason += f"at {latest:%Y-%m-%d %H:%M} UTC"
        raise NeedsPerson(
            reason, place="clock", remedy="set the clock; if it is right, add --trust-clock"
        )


def _free(connection: Connection, outlet: Outlet, now: datetime) -> Account | None:
    """The account as the ledger knows it, if nothing pauses it and something is due there."""
    known = accounts.account(connection, outlet.account.network, outlet.account.id)
    if known is None or known.paused or not _is_due(connection, outlet, now):
        return None
    return known


def _is_due(connection: Connection, outlet: Outlet, now: datetime) -> bool:
    mine = of_account(posts, *outlet.id)
    planned = (posts.c.state == "planned") & (posts.c.due_at <= now)
    sending = (posts.c.state == "sending") & (posts.c.lease_until <= now)
    return connection.execute(select(posts.c.id).where(mine, planned | sending)).first() is not None
