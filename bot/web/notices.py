"""What stands above all pages of posts: accounts that rest, alerts, posts in doubt."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.post import UNCONFIRMED, Account
from bot.publishing import queue
from bot.publishing.standing import Alert, known_accounts, open_alerts
from bot.web.agenda import network_title
from bot.web.site import Site


@dataclass(frozen=True, slots=True)
class Resting:
    """An account that publishes nothing, why, and what to do."""

    account: Account
    network: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Notices:
    """What a person should know before anything else."""

    resting: tuple[Resting, ...]
    alerts: tuple[Alert, ...]
    unconfirmed: int


def notices(connection: Connection, site: Site) -> Notices:
    """What waits for somebody, now."""
    settings = site.project.config.accounts
    found = []
    for one in known_accounts(connection):
        in_settings = settings.get(one.label)
        network = network_title(one.network)
        if one.paused:
            test = f"`pullquote network test {one.label}` tells when it is well again"
            found.append(Resting(one, network, one.paused, test))
        elif in_settings and in_settings.paused:
            off = f"take `paused` from accounts.{one.label} in config.yaml"
            found.append(Resting(one, network, "paused by the settings", off))
        elif one.reconciled_at is None:
            why = "what it has posted was not compared with the history yet"
            match = f"run `pullquote network reconcile {one.label}`"
            found.append(Resting(one, network, why, match))
    return Notices(tuple(found), open_alerts(connection), queue.count(connection, UNCONFIRMED))
