"""Whether a quote would go out again sooner than the settings repeat it: that wants a yes."""

from datetime import datetime

from sqlalchemy import Connection

from bot.library.names import plain
from bot.model import Quote
from bot.post import OUT, AccountName, Posted
from bot.posting.drafting import shown_at
from bot.posting.holding import was_void
from bot.posting.quotes import of_talks
from bot.posting.terms import Terms
from bot.publishing import queue, reasons
from bot.publishing.choices import Known
from bot.publishing.plan import is_long_ago


def known_posts(connection: Connection, account: AccountName) -> list[Known]:
    """An account's posts as the plan sees them; what was void is as if it never was."""
    found = queue.listing(connection, account=account)
    told = of_talks(connection, (one.key.quote for one in found))
    known: list[Known] = []
    for one in found:
        at = one.at or one.due
        if at is None or one.state == "skipped" or was_void(one):
            continue
        talk, speaker, shown = told.get(one.key.quote, ("", "", ""))
        known.append(
            Known(
                quote=one.key.quote,
                occasion=one.key.occasion,
                at=at,
                talk=talk,
                speaker=speaker,
                state=one.state,
                words=plain(one.shown or shown),
                pinned=one.pinned,
            )
        )
    return known


def too_soon(
    connection: Connection, terms: Terms, account: AccountName, quote: Quote, due: datetime
) -> str:
    """Why a quote may not go out then by itself: it, or one with its words, did shortly before."""
    days = terms.rules.evergreen_days
    for one in reversed(_of_these_words(connection, account, quote)):
        at = one.at or one.due
        if one.state not in OUT or at is None:
            continue
        if one.state == "deleted" or not is_long_ago(at, due, days):
            return reasons.too_soon(one, shown_at(at, terms), terms.label, days)
    return ""


def _of_these_words(connection: Connection, account: AccountName, quote: Quote) -> list[Posted]:
    """The posts of an account that are of a quote, or of another with its words."""
    words = plain(quote.shown)
    known = (one.quote for one in known_posts(connection, account) if words and one.words == words)
    ids = dict.fromkeys((*known, quote.id))
    return [one for each in ids for one in queue.listing(connection, account=account, quote=each)]
