"""From an account's settings and its secrets to the door its network is opened with."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bot import secrets
from bot.errors import ConfigError
from bot.networks import NETWORKS, Door, Kind
from bot.settings import AccountSettings


def kind_of(label: str, account: AccountSettings) -> Kind:
    """The network of an account; ``ConfigError`` for a name that is none."""
    if account.network not in NETWORKS:
        reason = f"'accounts.{label}.network' is no network we know: '{account.network}'"
        raise ConfigError("config.yaml", reason, remedy=f"it is one of {', '.join(NETWORKS)}")
    return NETWORKS[account.network]


def door_of(
    label: str,
    account: AccountSettings,
    folder: Path,
    now: Callable[[], datetime],
    spend: Callable[[str, float], None] = lambda what, dollars: None,
) -> Door:
    """The door of an account; what its network renews is kept under its label.

    ``spend`` is as ``Door`` has it. Raises ConfigError where secrets cannot be read.
    """
    found = secrets.read(label)

    def keep(new: Mapping[str, str]) -> None:
        secrets.keep(label, new)

    server = account.server or found.get("SERVER")
    return Door(secrets=found, server=server, folder=folder, spend=spend, keep=keep, now=now)
