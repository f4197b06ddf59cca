"""Posts that a sheet remembers: restored, never removed, so nothing goes out twice."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select, update

from bot.model import Post
from bot.store.publishing import posts

_OUT = ("sent", "unconfirmed", "deleted")  # the states of what has gone out


def take_posts(connection: Connection, receipts: Sequence[Post]) -> int:
    """Keep receipts the library lacks; how many. What it knows went out is left as it is."""
    taken = 0
    for post in receipts:
        key = (posts.c.network == post.network) & (posts.c.account == post.account)
        key &= (posts.c.quote == post.quote) & (posts.c.occasion == post.occasion)
        state = connection.scalar(select(posts.c.state).where(key))
        if state is None:
            connection.execute(insert(posts).values(asdict(post)))
        elif post.state in _OUT and state not in _OUT:
            connection.execute(update(posts).where(key).values(asdict(post)))
        else:
            continue
        taken += 1
    return taken
