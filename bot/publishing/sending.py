"""One claimed post, from claim to receipt: what each answer of a network leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.errors import BotError, LibraryError
from bot.networks import Network, NotNow, Refused, SignedOut, Unclear
from bot.post import Absent, Doubtful, Found, Receipt, Reconciled
from bot.publishing import accounts, ledger
from bot.publishing.ledger import Claimed
from bot.publishing.outlets import Outlet
from bot.publishing.queue import adopt
from bot.store import Store
from bot.store.again import written

T = TypeVar("T")
_LONGEST_WAIT_S = 3600
_LOOKS = 4  # at a timeline that lags, before a person is asked
_CALLS = 5  # at most, of a post that nobody can find, though a person wants it sent again


@dataclass(frozen=True, slots=True)
class Told:
    """What happened with a post, or with an account: the event, and a line for people."""

    event: str
    account: str
    post: int | None = None
    text: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """A worker's hands: the ledger, the clock, chance for waiting times, whom to tell.

    ``first_wait_s`` is the first of the waiting times, each twice as long as the one before.
    """

    store: Store
    now: Callable[[], datetime]
    tell: Callable[[Told], None]
    chance: Random
    first_wait_s: float = 30

    def send(self, claimed: Claimed, outlet: Outlet) -> None:
        """Bring a claimed post as far as it gets; every way out is recorded under its fence.

        Raises SignedOut when the account has to be paused.
        """
        doubt = False
        try:
            network = outlet.open()
            if claimed.begun:
                answer = network.reconcile(claimed.post, claimed.prepared)
                if self._is_settled(claimed, outlet, network, answer):
                    return
                doubt = isinstance(answer, Doubtful)
            elif self._is_not_for_now(claimed, outlet):
                return
        except LibraryError:
            raise
        except Exception as error:
            known = error if isinstance(error, (NotNow, Unclear, SignedOut)) else _strange(error)
            self._put_off(
                claimed, outlet, claimed.prepared, known, begun=claimed.begun, looked=False
            )
            if isinstance(error, SignedOut):
                raise
            return
        self._call(claimed, outlet, network, doubt=doubt)

    def _is_not_for_now(self, claimed: Claimed, outlet: Outlet) -> bool:
        """Whether it is not to be sent now: void, or its slot was missed."""
        if claimed.void:
            return self._void(claimed, outlet)
        late = outlet.late(claimed.due, self.now())
        if late.do == "send":
            return False
        missed = f"its time, {claimed.due:%Y-%m-%d %H:%M} UTC, was missed"
        if due := late.due:
            self._note(lambda connection: ledger.moved(connection, claimed, due, missed))
            self._told(claimed, outlet, "moved", f"{missed}; now {late.due:%Y-%m-%d %H:%M} UTC")
        else:
            self._note(lambda connection: ledger.skipped(connection, claimed, missed))
            self._told(claimed, outlet, "skipped", missed)
        return True

    def _void(self, claimed: Claimed, outlet: Outlet) -> bool:
        self._note(lambda connection: ledger.voided(connection, claimed, claimed.void))
        self._told(claimed, outlet, "cancelled", claimed.void)
        return True

    def _is_settled(
        self, claimed: Claimed, outlet: Outlet, network: Network, answer: Reconciled
    ) -> bool:
        """Whether an earlier call, whose answer was lost, needs no other one."""
        if isinstance(answer, Found):
            self._sent(claimed, outlet, answer.receipt)
            return True
        if isinstance(answer, Absent):
            return self._is_not_for_now(claimed, outlet)
        if network.keyed and not claimed.void:
            return False
        return self._is_left_in_doubt(claimed, outlet, answer.why)

    def _is_left_in_doubt(self, claimed: Claimed, outlet: Outlet, why: str) -> bool:
        """A look that found nothing proves nothing: look again later, at last ask a person."""
        if claimed.looks < _LOOKS:
            self._look_again(claimed, outlet, claimed.prepared, why)
            return True
        if outlet.retry_unknown and not claimed.void and claimed.tries < _CALLS:
            return False
        self._ask_a_person(claimed, outlet, why)
        return True

    def _call(self, claimed: Claimed, outlet: Outlet, network: Network, *, doubt: bool) -> None:
        """Upload, commit the intent, call the network, record the answer.

        ``doubt``: an earlier call may have posted it; no answer to this one takes that away.
        """
        prepared, called = claimed.prepared, False
        try:
            prepared = network.prepare(claimed.post, prepared)
            if not self._begin(claimed, prepared):
                return  # another worker took it over, or it fell
            called = True
            receipt = network.publish(claimed.post, prepared)
        except Refused as error:
            self._refused(claimed, outlet, str(error), doubt=doubt)
        except Unclear as error:
            # Its pictures are in a post nobody finds, or two answers of it were lost.
            if claimed.looks >= _LOOKS and (not called or (doubt and not network.keyed)):
                self._ask_a_person(claimed, outlet, str(error))
            else:
                self._put_off(claimed, outlet, prepared, error, begun=True)
        except (NotNow, SignedOut) as error:  # of this call; one before may still arrive
            self._put_off(claimed, outlet, prepared, error, begun=claimed.begun)
            if isinstance(error, SignedOut):
                raise
        except LibraryError:
            raise  # nothing can be recorded, though it was tried again: the lease runs out
        except Exception as error:  # noqa: BLE001 - a fault of the client is no answer
            self._put_off(claimed, outlet, prepared, _strange(error), begun=claimed.begun or called)
        else:
            self._sent(claimed, outlet, receipt)

    def _begin(self, claimed: Claimed, prepared: Mapping[str, Any]) -> bool:
        return self._note(
            lambda connection: ledger.begin(connection, claimed, prepared, self.now())
        )

    def _put_off(
        self,
        claimed: Claimed,
        outlet: Outlet,
        prepared: Mapping[str, Any],
        error: NotNow | Unclear | SignedOut,
        *,
        begun: bool,
        looked: bool = True,
    ) -> None:
        """Another time: a look first where a call was begun, else the post itself.

        ``looked``: not when the look itself failed, which tells nothing and is none.
        """
        now = self.now()
        asked = error.rest_until(now) if isinstance(error, NotNow) else None
        if asked:
            self._note(lambda connection: accounts.rest(connection, outlet.account, asked))
        if begun:
            self._look_again(claimed, outlet, prepared, str(error), looked=looked)
            return
        until = asked or (now if isinstance(error, SignedOut) else self._wait(claimed))
        why = str(error)
        self._note(lambda connection: ledger.later(connection, claimed, until, why, prepared))
        self._told(claimed, outlet, "later", f"{why} (not before {until:%Y-%m-%d %H:%M} UTC)")

    def _look_again(
        self,
        claimed: Claimed,
        outlet: Outlet,
        prepared: Mapping[str, Any],
        why: str,
        *,
        looked: bool = True,
    ) -> None:
        until, looks = self._wait(claimed), claimed.looks + looked
        self._note(
            lambda connection: ledger.look_again(connection, claimed, prepared, until, why, looks)
        )
        self._told(claimed, outlet, "unclear", f"{why} (looking again {until:%H:%M:%S} UTC)")

    def _sent(self, claimed: Claimed, outlet: Outlet, receipt: Receipt) -> None:
        def noted(connection: Connection) -> None:
            if not ledger.sent(connection, claimed, receipt):
                adopt(connection, claimed.post.key, receipt)  # another has it, but we know
            if receipt.rest_until:
                accounts.rest(connection, outlet.account, receipt.rest_until)

        self._note(noted)
        self._told(claimed, outlet, "sent", claimed.post.words.text, receipt.url)

    def _refused(self, claimed: Claimed, outlet: Outlet, why: str, *, doubt: bool) -> None:
        if doubt:
            self._ask_a_person(claimed, outlet, why)
            return
        self._note(lambda connection: ledger.failed(connection, claimed, why))
        self._told(claimed, outlet, "failed", why)

    def _ask_a_person(self, claimed: Claimed, outlet: Outlet, why: str) -> None:
        self._note(lambda connection: ledger.unconfirmed(connection, claimed, why))
        self._told(claimed, outlet, "unconfirmed", f"look whether it is there: {why}")

    def _note(self, work: Callable[[Connection], T]) -> T:
        """One transaction of the ledger, again when the database was away; also when asked to stop.

        Each is bound to the claim's fence, so done twice it is done once.
        """
        return written(self.store, work)

    def _wait(self, claimed: Claimed) -> datetime:
        """Twice as long each time, and never for all at the same moment."""
        doubled = self.first_wait_s * 2 ** min(claimed.tries + claimed.looks, 20)
        seconds = min(_LONGEST_WAIT_S, doubled) * self.chance.uniform(0.75, 1.25)
        return self.now() + timedelta(seconds=seconds)

    def _told(
        self, claimed: Claimed, outlet: Outlet, event: str, text: str, url: str | None = None
    ) -> None:
        self.tell(Told(event, outlet.account.label, claimed.id, text, url))


def _strange(error: Exception) -> Unclear:
    """What is no answer of a network: a fault of its client, an answer to a mere look."""
    told = str(error) if isinstance(error, BotError) else f"{type(error).__name__}: {error}"
    return Unclear(told)
