"""The networks posts go to, each one file; ``base.py`` says how to add one."""

from bot.networks import preview
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
]

NETWORKS: dict[str, Kind] = {one.name: one for one in (preview.KIND,)}
