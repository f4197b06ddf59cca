"""After posting: timelines matched with the ledger, posts taken down again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.errors import BotError, NetworkError, UsageError
from bot.library.people import name_id
from bot.networks import NETWORKS
from bot.post import Account, Posted, State
from bot.posting.outlets import Dispatch
from bot.posting.terms import terms_of
from bot.publishing import accounts, alerts, queue
from bot.publishing.timelines import Matched, reconcile
from bot.publishing.worker import unmatched
from bot.store.publishing import posts
from bot.store.schema import quotes

_SENT: tuple[State, ...] = ("sent",)


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of one post that was to be taken down; ``problem`` when it is still there."""

    post: Posted
    label: str
    problem: str = ""


def match(dispatch: Dispatch, label: str) -> Matched:
    """Read an account's whole timeline and match it with the ledger; NetworkError if it cannot."""
    outlet = dispatch.outlet(label, terms_of(dispatch.project, label).settings)
    seen = outlet.open().timeline()
    found = reconcile(dispatch.store, outlet.account, seen, dispatch.now())
    with dispatch.store.write() as connection:
        alerts.passed(connection, unmatched(outlet.account), dispatch.now())
    return found


def to_remove(
    dispatch: Dispatch, numbers: Sequence[int], quote: str | None, speaker: str | None
) -> tuple[Posted, ...]:
    """The sent posts of these numbers, of a quote, or of all that somebody said."""
    with dispatch.store.read() as connection:
        if numbers:
            found = [queue.one(connection, number) for number in numbers]
            for one in found:
                if one.state != "sent":
                    raise UsageError(f"post {one.id} is {one.state}, nothing to take down")
            return tuple(found)
        of_quote = quotes.c.id.startswith(quote or "", autoescape=True)
        wanted = select(quotes.c.id, quotes.c.speaker).join(posts, posts.c.quote == quotes.c.id)
        rows = connection.execute(wanted.where(of_quote).distinct()).all()
        names = {row.id for row in rows if _says(row.speaker, speaker)}
        sent = queue.listing(connection, states=_SENT)
    return tuple(one for one in sent if one.key.quote in names)


def remove(dispatch: Dispatch, found: Sequence[Posted]) -> Iterator[Removed]:
    """Take posts down where they went out, one by one; each is recorded at once."""
    with dispatch.store.read() as connection:
        known = {(one.network, one.id): one for one in accounts.all_accounts(connection)}
    for post in found:
        account = known.get((post.key.network, post.key.account))
        label = account.label if account else post.key.account
        try:
            _delete(dispatch, account, post)
        except BotError as error:
            yield Removed(post, label, str(error))
            continue
        with dispatch.store.write() as connection:
            yield Removed(queue.deleted(connection, post.id), label)


def _delete(dispatch: Dispatch, account: Account | None, post: Posted) -> None:
    kind = NETWORKS.get(post.key.network)
    if account is None or kind is None or not kind.deletes or not post.remote_id:
        where = post.url or post.key.network
        raise NetworkError("cannot be taken down from here", place=where, remedy="remove it there")
    settings = terms_of(dispatch.project, account.label).settings
    dispatch.outlet(account.label, settings).open().delete(post.remote_id)


def _says(speaker: str | None, wanted: str | None) -> bool:
    return wanted is None or name_id(speaker or "") == name_id(wanted)
