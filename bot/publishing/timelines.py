"""Before anything is sent: does the ledger know what stands on the account's timeline?

A wiped disk or a restored backup has an empty or older ledger; the timeline remembers. Posts that
no row is of are kept, and a quote that stands in one of them is never planned for that account.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.networks import Network
from bot.post import Account, Key, Receipt, Seen
from bot.publishing import accounts
from bot.publishing.matching import Carriers, comparable
from bot.publishing.queue import adopt, next_key
from bot.publishing.rows import words_of
from bot.store import Store
from bot.store.again import seen as looked_up
from bot.store.again import written
from bot.store.publishing import of_account, posts, timeline
from bot.store.schema import quotes

_SLACK = timedelta(hours=1)  # between a network's clock and ours


@dataclass(frozen=True, slots=True)
class Matched:
    """What a timeline held: posts read, those the ledger knew, adopted ones, those by hand."""

    read: int
    known: int
    adopted: tuple[Key, ...]
    by_hand: int


def is_matched(store: Store, account: Account, network: Network, now: datetime) -> bool:
    """Look at what is new on a timeline; False when the ledger lacks posts of its own quotes.

    An empty timeline needs no matching. Then ``reconcile`` has to be asked for by a person.
    """
    matched_at = account.reconciled_at
    if matched_at is None:
        if next(iter(network.timeline()), None) is None:
            written(store, lambda connection: accounts.matched(connection, account, None, now))
            return True
        # Another bot may have found it empty meanwhile, and what stands there now is its own.
        newer = looked_up(store, lambda found: accounts.account(found, account.network, account.id))
        matched_at = newer.reconciled_at if newer else None
    if matched_at is None:
        return False
    after = looked_up(store, lambda connection: accounts.newest_seen(connection, account))
    since = matched_at - _SLACK
    fresh = list(takewhile(lambda seen: seen.at >= since, network.timeline(after)))

    def noted(connection: Connection) -> bool:
        unknown = _unknown(connection, account, fresh)
        if _forgotten(connection, account, _unexplained(connection, account, unknown), now):
            accounts.unmatched(connection, account)
            return False
        _keep(connection, account, unknown)
        accounts.matched(connection, account, fresh[0].remote_id if fresh else after, now)
        return True

    return written(store, noted)


def reconcile(store: Store, account: Account, seen: Iterable[Seen], now: datetime) -> Matched:
    """Match a whole timeline, the newest post first: adopt what carries a quote, keep the rest."""
    found = list(seen)
    with store.write() as connection:
        unknown = sorted(_unknown(connection, account, found), key=lambda one: one.at)
        carriers = _carriers(unknown)
        adopted, carrying = [], set()
        for row in connection.execute(_TEXTS).all():
            for place in sorted(carriers.of(row.shown, row.said)):
                carrying.add(place)
                if key := _adopt(connection, account, row.id, unknown[place]):
                    adopted.append(key)
        _keep(connection, account, unknown)
        accounts.matched(connection, account, found[0].remote_id if found else None, now)
    known = len(found) - len(unknown)
    return Matched(len(found), known, tuple(adopted), len(unknown) - len(carrying))


def adopt_known(
    connection: Connection, account: Account, texts: Sequence[tuple[str, str, str]]
) -> tuple[Key, ...]:
    """Note as sent which of these quotes (id, shown, said) posts by hand carry already.

    To be asked before they are planned: a quote may be harvested after its post was seen.
    """
    mine = of_account(timeline, account.network, account.id)
    rows = connection.execute(select(timeline).where(mine).order_by(timeline.c.at)).all()
    carriers = Carriers([row.words for row in rows])
    adopted = []
    for quote, *said in texts:
        for row in sorted((rows[place] for place in carriers.of(*said)), key=lambda row: row.at):
            seen = Seen(row.remote_id, row.at, row.words, row.url)
            if key := _adopt(connection, account, quote, seen):
                adopted.append(key)
    return tuple(adopted)


_TEXTS = select(quotes.c.id, quotes.c.shown, quotes.c.said)


def _carriers(seen: Sequence[Seen]) -> Carriers:
    return Carriers([comparable(one.text, *one.alts) for one in seen])


def _unknown(connection: Connection, account: Account, seen: Iterable[Seen]) -> list[Seen]:
    """Posts of a timeline that neither the ledger nor what was kept of it knows."""
    known = {row.remote_id for row in _rows(connection, account)}
    of_it = of_account(timeline, account.network, account.id)
    known |= set(connection.scalars(select(timeline.c.remote_id).where(of_it)))
    return [one for one in seen if one.remote_id not in known]


def _unexplained(connection: Connection, account: Account, seen: Sequence[Seen]) -> list[Seen]:
    """Those that are not, word for word, what is being sent: a row explains one post, no copy.

    Its call was begun, so whoever has it in hand will write its receipt down, or looks for it.
    """
    mine = of_account(posts, account.network, account.id) & (posts.c.state == "sending")
    rows = connection.execute(select(posts.c.payload, posts.c.intent).where(mine)) if seen else ()
    sending = Counter(_words(row.payload) for row in rows if "begun" in row.intent)
    left = []
    for one in seen:
        words = comparable(one.text, *one.alts)
        if sending[words]:
            sending[words] -= 1
        else:
            left.append(one)
    return left


def _words(payload: Mapping[str, Any]) -> str:
    alts = [alt for _, alt in payload.get("pictures", ())]
    return comparable(words_of(payload).text, *alts)


def _keep(connection: Connection, account: Account, seen: Iterable[Seen]) -> None:
    of = {"network": account.network, "account": account.id}
    rows = [
        {**of, "remote_id": one.remote_id, "at": one.at, "url": one.url, "words": words}
        for one in seen
        if (words := comparable(one.text, *one.alts))
    ]
    if rows:
        connection.execute(insert(timeline), rows)


def _forgotten(
    connection: Connection, account: Account, seen: Sequence[Seen], now: datetime
) -> bool:
    """Whether quotes planned for an account stand in these posts: sent, as the ledger forgot.

    Those that are being sent are another worker's, who will write it down, or are looked for. One
    whose call was never begun, by a worker that is gone, is as if it were planned.
    """
    if not seen:
        return False
    carriers = _carriers(seen)
    planned = {row.quote for row in _rows(connection, account) if _is_unsent(row, now)}
    wanted = connection.execute(_TEXTS.where(quotes.c.id.in_(planned)))
    return any(carriers.of(row.shown, row.said) for row in wanted)


def _is_unsent(row: Any, now: datetime) -> bool:
    left = row.state == "sending" and row.lease_until is not None and row.lease_until <= now
    return row.state == "planned" or (left and "begun" not in row.intent)


def _adopt(connection: Connection, account: Account, quote: str, seen: Seen) -> Key | None:
    """Note as sent that a post carries a quote; None when a row has that post already."""
    mine = of_account(posts, account.network, account.id) & (posts.c.quote == quote)
    known = select(posts.c.id).where(mine, posts.c.remote_id == seen.remote_id)
    if connection.execute(known).first():
        return None
    if _is_of_a_person(connection, account, quote, seen):
        return None
    key = next_key(connection, (account.network, account.id), quote)
    adopt(connection, key, Receipt(seen.remote_id, seen.url, seen.at))
    return key


def _is_of_a_person(connection: Connection, account: Account, quote: str, seen: Seen) -> bool:
    """Whether it is the post a person said is there; its id, which they did not know, is noted."""
    mine = of_account(posts, account.network, account.id) & (posts.c.quote == quote)
    theirs = mine & (posts.c.state == "sent") & posts.c.remote_id.is_(None)
    theirs &= posts.c.url.is_(None) | (posts.c.url == seen.url)
    found = connection.scalar(select(posts.c.id).where(theirs).order_by(posts.c.occasion))
    if found is None:
        return False
    told = {"remote_id": seen.remote_id, "url": seen.url, "at": seen.at}
    connection.execute(update(posts).where(posts.c.id == found).values(told))
    return True


def _rows(connection: Connection, account: Account) -> Sequence[Any]:
    mine = of_account(posts, account.network, account.id)
    columns = posts.c.quote, posts.c.state, posts.c.remote_id, posts.c.lease_until, posts.c.intent
    wanted = select(*columns)
    return connection.execute(wanted.where(mine)).all()
