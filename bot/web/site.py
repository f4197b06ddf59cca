"""What the page is made for: one library, its settings, a clock, and how it is reached."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.config import Project
from bot.errors import UsageError
from bot.library import Library
from bot.store import Store
from bot.web.users import has_users

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Site:
    """One page that is served.

    ``host`` is the address it listens on, ``login`` the person at this machine, who needs not sign
    in while there are no users and nobody else can reach it. ``now`` gives an aware datetime.
    """

    store: Store
    project: Project
    now: Callable[[], datetime]
    login: str = "somebody"
    host: str = "127.0.0.1"
    root_path: str = ""
    behind_proxy: bool = False

    @property
    def library(self) -> Library:
        """The library behind the page."""
        return Library(self.store)

    @property
    def session_length(self) -> timedelta:
        """How long a session lasts without a visit."""
        return timedelta(days=self.project.config.web.session_days)

    @property
    def private(self) -> bool:
        """Whether only people at this machine reach the page, as far as settings tell."""
        named = self.project.config.web.hosts
        return is_loopback(self.host) and not self.behind_proxy and not named

    @property
    def cookie(self) -> str:
        """The cookie's name: another library on another port of this machine has another."""
        return f"pullquote_{sha256(self.store.place.encode()).hexdigest()[:8]}"

    def answers_to(self, name: str) -> bool:
        """Whether the page is called by that name: any other may be a stranger's trick.

        A page elsewhere can point its own name at this machine (DNS rebinding), but no address.
        """
        known = {*_LOOPBACK, self.host.lower(), *map(str.lower, self.project.config.web.hosts)}
        return name in known or (not self.private and _is_address(name))

    def check_may_start(self) -> None:
        """``UsageError`` where strangers could reach a page that asks nobody to sign in."""
        if self.private:
            return
        with self.store.read() as connection:
            if has_users(connection):
                return
        where = f"on {self.host}" if not is_loopback(self.host) else "behind a proxy or by a name"
        raise UsageError(
            f"{where} others reach the page, and there are no users: anybody could approve",
            remedy="add one: pullquote web adduser NAME --role publisher",
        )


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host.lower() in _LOOPBACK:
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
