"""Opening an account of a network, and saying what is missing when its client is not there."""

from bot.errors import UsageError
from bot.networks.base import Door, Kind, Network


def open_account(kind: Kind, door: Door) -> Network:
    """An account behind the door; ``UsageError`` when the network's client is not installed."""
    try:
        return kind.open(door)
    except ImportError as error:
        raise missing(kind, error) from error


def missing(kind: Kind, error: ImportError) -> UsageError:
    """What to install for a network."""
    package = f"pullquote[{kind.needs}]" if kind.needs else "pullquote"
    reason = f"{kind.title} needs a package that is not there ({error.name})"
    return UsageError(reason, remedy=f"pip install '{package}'")
