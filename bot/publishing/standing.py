"""What an account did and will do, as the ledger has it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.post import Account
from bot.publishing.accounts import spent_this_month
from bot.store.columns import UtcDateTime
from bot.store.publishing import of_account, posts


@dataclass(frozen=True, slots=True)
class Standing:
    """An account's last post, its next, and dollars spent this month."""

    last_at: datetime | None
    next_due: datetime | None
    spent: float


def standing(connection: Connection, of: Account, now: datetime) -> Standing:
    """How an account stands."""
    mine = of_account(posts, of.network, of.id)
    sent = select(func.max(posts.c.at, type_=UtcDateTime)).where(mine, posts.c.state == "sent")
    due = select(func.min(posts.c.due_at, type_=UtcDateTime)).where(
        mine, posts.c.state == "planned"
    )
    spent = spent_this_month(connection, of, now)
    return Standing(connection.scalar(sent), connection.scalar(due), spent)
