"""Posts that a sheet remembers: restored, never removed, so nothing goes out twice.

Only what may have gone out is told; what is planned, or came to nothing, is of one library alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, select, update

from bot.model import Post
from bot.post import OUT
from bot.store.publishing import accounts, is_post, posts

# How much a state knows of what went out; any other says that nothing did.
_KNOWS = {"sending": 1, "unconfirmed": 1, "sent": 2, "deleted": 3}


def receipts(found: Iterable[Post]) -> Iterator[Post]:
    """The posts as a sheet tells them; of one that is being sent nobody knows yet."""
    for post in found:
        told = replace(post, state="unconfirmed") if post.state == "sending" else post
        if told.state in OUT:
            yield told


def lacking(mine: Sequence[Post], theirs: Sequence[Post]) -> tuple[Post, ...]:
    """The receipts of a sheet (``mine``) that tell more than the library's (``theirs``)."""
    known = {(one.network, one.account, one.occasion): _KNOWS[one.state] for one in theirs}
    return tuple(
        one
        for one in receipts(mine)
        if _KNOWS[one.state] > known.get((one.network, one.account, one.occasion), 0)
    )


def take_posts(connection: Connection, found: Sequence[Post]) -> tuple[Post, ...]:
    """Keep the receipts that tell more than the library knows; these."""
    taken: list[Post] = []
    for post in receipts(found):
        key = is_post(post.network, post.account, post.quote, post.occasion)
        state = connection.scalar(select(posts.c.state).where(key))
        if state is None:
            connection.execute(insert(posts).values(asdict(post)))
        elif _KNOWS[post.state] > _KNOWS.get(state, 0):
            ours = {"fence": posts.c.fence + 1, "worker": None, "lease_until": None}
            connection.execute(update(posts).where(key).values(asdict(post) | ours))
        else:
            continue
        taken.append(post)
    return tuple(taken)


def wait(connection: Connection, taken: Iterable[Post]) -> tuple[str, ...]:
    """Publish nothing on the accounts of these posts before their timelines are matched; which.

    The library was behind what stands there, and who knows by how much.
    """
    labels = set()
    for network, account in {(one.network, one.account) for one in taken}:
        mine = (accounts.c.network == network) & (accounts.c.id == account)
        behind = update(accounts).where(mine).values(reconciled_at=None)
        labels |= set(connection.scalars(behind.returning(accounts.c.label)))
    return tuple(sorted(labels))
