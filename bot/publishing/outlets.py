"""Where a worker publishes: one account with how to reach it and what its settings ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from bot.networks import Network
from bot.post import Account


class Late(NamedTuple):
    """What becomes of a post whose time has come or passed; ``due`` where it is moved to."""

    do: Literal["send", "move", "skip"]
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An account of the settings, signed in. ``open`` may raise ``NetworkError``.

    ``late`` says what the settings want with a post due at its first argument, at its second.
    ``retry_unknown``: a person wants a post sent again that nobody can find; it may go out twice.
    """

    account: Account
    open: Callable[[], Network]
    late: Callable[[datetime, datetime], Late] = lambda due, now: Late("send")
    retry_unknown: bool = False

    @property
    def id(self) -> tuple[str, str]:
        """Network and permanent id."""
        return self.account.network, self.account.id
