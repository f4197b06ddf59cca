"""The networks posts go to, each one file; ``base.py`` says how to add one."""

from bot.networks import bluesky, mastodon, preview, x
from bot.networks.base import (
    Asking,
    Door,
    Kind,
    Network,
    NotNow,
    Prepared,
    Refused,
    SignedOut,
    Unclear,
)
from bot.networks.opening import missing, open_account

__all__ = [
    "NETWORKS",
    "Asking",
    "Door",
    "Kind",
    "Network",
    "NotNow",
    "Prepared",
    "Refused",
    "SignedOut",
    "Unclear",
    "missing",
    "open_account",
]

NETWORKS: dict[str, Kind] = {
    one.name: one for one in (x.KIND, bluesky.KIND, mastodon.KIND, preview.KIND)
}
