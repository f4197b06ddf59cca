"""From the accounts of the settings to outlets a worker publishes at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

from sqlalchemy import Connection

from bot.config import Project
from bot.doors import door_of, kind_of
from bot.errors import BotError, LibraryError, NetworkError
from bot.networks import Network, NotNow, open_account
from bot.networks.preview import Preview
from bot.post import WAITING, Account, Identity
from bot.posting.terms import terms_of
from bot.publishing import accounts, queue
from bot.publishing.alerts import is_news, passed, raise_alert
from bot.publishing.outlets import Late, Outlet
from bot.publishing.sending import Told
from bot.publishing.slots import Rota, late, upcoming
from bot.settings import AccountSettings
from bot.store import Store
from bot.store.again import seen, written

_BUDGET_LOOK = timedelta(hours=1)  # until a budget is looked at anew, as a person may raise it


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What outlets are made with: settings, ledger, clock; whom to tell, and whom to alert."""

    project: Project
    store: Store
    now: Callable[[], datetime]
    tell: Callable[[Told], None] = lambda told: None
    alert: Callable[[str], object] = lambda text: None

    def outlets(self) -> Iterator[Outlet]:
        """The accounts of the settings that are to publish; what is wrong with one is told."""
        for label, settings in self._publishing():
            try:
                outlet = self.outlet(label, settings)
            except LibraryError:
                raise
            except BotError as error:
                self._say_trouble(label, error)
                continue
            yield outlet

    def _say_trouble(self, label: str, error: BotError) -> None:
        """Tell once that an account cannot be used: whose it is, or how, nobody knows."""
        if isinstance(error, NotNow):
            self.tell(Told("later", label, text=str(error)))
            return
        text = str(error)
        if isinstance(error, NetworkError):
            text = f"{label}: {error.reason}; `pullquote network login {label}`"
        event, now = f"signed out {label}", self.now()
        if is_news(self.store, lambda connection: raise_alert(connection, event, text, now)):
            self._tell_person("signed out", label, text)

    def _tell_person(self, event: str, label: str, text: str) -> None:
        self.tell(Told(event, label, text=text))
        self.alert(text)

    def _publishing(self) -> Iterator[tuple[str, AccountSettings]]:
        """The accounts of the settings that publish here and are not paused there."""
        known = self.project.config.accounts.items()
        return ((label, one) for label, one in known if not (one.handoff or one.paused))

    def outlet(self, label: str, settings: AccountSettings) -> Outlet:
        """One account as a worker needs it; ``NetworkError`` when nobody can say who it is."""
        kind = kind_of(label, settings)
        account = seen(self.store, lambda found: accounts.account_of_label(found, kind.name, label))
        if account is None:
            identity = self._open(label, settings).whoami()
            account = written(self.store, lambda made: self._met(made, kind.name, identity, label))
        return Outlet(
            account,
            cache(partial(self._open, label, settings, account)),
            self._late(account, label),
            settings.retry_unknown,
        )

    def _met(self, connection: Connection, network: str, identity: Identity, label: str) -> Account:
        passed(connection, f"signed out {label}", self.now())
        return accounts.know(connection, network, identity, label, self.now())

    def previews(self, folder: Path) -> Iterator[Outlet]:
        """Outlets of the same accounts that lead to a folder; to be used in a rehearsal."""
        for label, settings in self._publishing():
            kind = kind_of(label, settings)
            with self.store.write() as connection:
                account = accounts.account_of_label(connection, kind.name, label)
                if account is None:
                    account = accounts.know(
                        connection, kind.name, Identity(label, label), label, self.now()
                    )
                accounts.matched(connection, account, None, self.now())
            preview = Preview(folder / label, kind.limits)
            preview.clear()
            yield Outlet(replace(account, paused=""), partial(_itself, preview))

    def _open(
        self, label: str, settings: AccountSettings, account: Account | None = None
    ) -> Network:
        door = door_of(label, settings, self.project.folder, self.now)
        if account:
            door = replace(door, spend=partial(self._spend, account, settings))
        return open_account(kind_of(label, settings), door)

    def _spend(
        self, account: Account, settings: AccountSettings, what: str, dollars: float
    ) -> None:
        """Note a cost before it arises; ``NotNow`` when the month's budget would be passed."""
        now, most = self.now(), settings.budget_dollars

        def booked(connection: Connection) -> float | None:
            spent = accounts.spent_this_month(connection, account, now)
            if spent + dollars > most:
                return spent
            accounts.spend(connection, account, what, dollars, now)
            return None

        spent = written(self.store, booked)  # twice, at the worst: the budget is never passed
        if spent is None:
            return
        text = (
            f"{account.label}: ${spent:.2f} of this month's ${most:.2f} are "
            f"spent, the rest waits for the next; accounts.{account.label}.budget_dollars in "
            "config.yaml raises it"
        )
        event = f"budget {account.network} {account.id} {now:%Y-%m}"
        if is_news(self.store, lambda connection: raise_alert(connection, event, text, now)):
            self._tell_person("budget", account.label, text)
        reason = f"{what} costs ${dollars:.3f} and would pass the month's budget"
        until = min(accounts.next_month(now), now + _BUDGET_LOOK)
        raise NotNow(reason, place=account.label, until=until)

    def _late(self, account: Account, label: str) -> Callable[[datetime, datetime], Late]:
        terms = terms_of(self.project, label)

        def decided(due: datetime, now: datetime) -> Late:
            fate = late(due, now, terms.missed, terms.late_minutes)
            if fate != "move":
                return Late(fate)
            free = self._free_slot(account, terms.rota, now)
            return Late("move", free) if free else Late("send")

        return decided

    def _free_slot(self, account: Account, rota: Rota, now: datetime) -> datetime | None:
        mine = (account.network, account.id)
        waiting = seen(self.store, lambda found: queue.listing(found, states=WAITING, account=mine))
        taken = {one.due for one in waiting}
        return next((slot for slot in upcoming(rota, now) if slot not in taken), None)


def _itself(preview: Preview) -> Network:
    return preview
