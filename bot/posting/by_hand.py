"""What people posted themselves where no timeline tells: noted as sent, so it is not planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.config import Project
from bot.errors import UsageError
from bot.library.query import kept_quotes
from bot.post import Account, Posted, Receipt
from bot.posting.terms import Terms, terms_of
from bot.publishing import queue
from bot.store.publishing import of_account, timeline


@dataclass(frozen=True, slots=True)
class ByHand:
    """Where a person posted, the post's address and when, as far as they say; and when that is."""

    account: Account
    url: str | None
    at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote's post as it is known now; ``before`` is its state until then, None for a new one.

    ``known``: the library knew it, and nothing was changed.
    """

    post: Posted
    before: str | None = None
    known: bool = False


def terms_named(project: Project, name: str) -> Terms:
    """The account of this label, or the only one at this network; UsageError when it is not one."""
    found = [label for label, one in project.config.accounts.items() if one.network == name]
    if name in project.config.accounts or not found:
        return terms_of(project, name)
    if len(found) > 1:
        remedy = f"name one: {', '.join(found)}"
        raise UsageError(f"there are {len(found)} accounts at {name}", remedy=remedy)
    return terms_of(project, found[0])


def mark_posted(connection: Connection, names: Sequence[str], told: ByHand) -> tuple[Marked, ...]:
    """Note quotes as sent, in place of what is planned there; an address is of one quote's post.

    Raises InputError for a quote that is not there, UsageError for several with an address.
    """
    found = kept_quotes(connection, names)
    if told.url and len(found) > 1:
        raise UsageError("--url is of one post", remedy="name one quote")
    return tuple(_mark(connection, one.id, told) for one in found)


def _mark(connection: Connection, quote: str, told: ByHand) -> Marked:
    mine = (told.account.network, told.account.id)
    there = queue.listing(connection, account=mine, quote=quote)
    out = [one for one in there if one.state in ("sent", "deleted")]
    if known := [one for one in out if told.url in (None, one.url)]:
        return Marked(known[-1], known[-1].state, known=True)
    key = queue.next_key(connection, mine, quote)
    before = next((one.state for one in there if one.key == key), None)
    queue.adopt(connection, key, _receipt(connection, told), "posted by hand")
    after = queue.listing(connection, account=mine, quote=quote)
    return Marked(next(one for one in after if one.key == key), before)


def _receipt(connection: Connection, told: ByHand) -> Receipt:
    """What is known of the post: its id and time too, where the timeline was seen to have it."""
    mine = of_account(timeline, told.account.network, told.account.id)
    wanted = select(timeline).where(mine, timeline.c.url == told.url)
    if told.url and (seen := connection.execute(wanted).first()):
        return Receipt(seen.remote_id, told.url, told.at or seen.at)
    return Receipt("", told.url, told.at or told.now)
