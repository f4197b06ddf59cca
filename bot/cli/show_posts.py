"""A quote's posts for eyes and programs: where and when it went out, and what is planned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.post import Account, Posted
    from bot.store import Store

_PASSED = ("cancelled", "skipped")  # which say nothing of where it stands

Accounts = Mapping[tuple[str, str], "Account"]


def posts_of(store: "Store", quote: str) -> "tuple[Sequence[Posted], Accounts]":
    """All posts of a quote in their order, and the accounts by network and id."""
    from bot.publishing import accounts, queue

    with store.read() as connection:
        known = {(one.network, one.id): one for one in accounts.all_accounts(connection)}
        return queue.listing(connection, quote=quote), known


def lines(posts: "Sequence[Posted]", accounts: Accounts) -> Iterator[str]:
    """A line for each post that went out, may have, waits or failed."""
    for post in posts:
        if post.state not in _PASSED:
            at = post.at or post.due
            when = f", {at:%Y-%m-%d %H:%M} UTC" if at else ""
            why = f"  {post.reason}" if post.state in ("failed", "unconfirmed") else ""
            name = _label(post, accounts)
            line = f"{post.state} on {name} ({post.key.network}){when}  {post.url or ''}{why}"
            yield line.rstrip()


def post_json(post: "Posted", accounts: Accounts) -> dict[str, Any]:
    """A post of a quote for programs; `pullquote schedule list --json` tells more."""
    return {
        "network": post.key.network,
        "account": _label(post, accounts),
        "state": post.state,
        "due": post.due.isoformat() if post.due else None,
        "at": post.at.isoformat() if post.at else None,
        "url": post.url,
    }


def _label(post: "Posted", accounts: Accounts) -> str:
    """An account's name in the settings, or what the ledger knows it by."""
    known = accounts.get((post.key.network, post.key.account))
    return known.label if known else post.key.account.removeprefix("handoff:")
