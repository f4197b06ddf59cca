"""Where a person may move a post: not into the past, before its embargo, or close to another."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import InputError, NeedsPerson
from bot.library.query import quote_by_prefix, talk_by_id
from bot.post import Posted
from bot.posting.quotes import of_talks
from bot.posting.repeats import too_soon
from bot.posting.terms import Terms
from bot.publishing.plan import lifted
from bot.publishing.reasons import PAST, local
from bot.publishing.slots import Rota


def check_time(
    connection: Connection, post: Posted, at: datetime, zone: ZoneInfo, now: datetime
) -> None:
    """InputError when a post may not go out then; ``zone`` is its account's."""
    place = f"post {post.id}"
    if at <= now:
        raise InputError(PAST, place=place, remedy="choose one to come")
    talk, *_ = of_talks(connection, [post.key.quote])[post.key.quote]
    embargo = talk_by_id(connection, talk).embargo_until
    allowed = lifted(embargo, Rota((), zone)) if embargo else None
    if allowed and at < allowed:
        reason = f"its talk may not go out before {local(allowed.astimezone(zone))}"
        remedy = "choose a later time, or change the embargo on the talk's page"
        raise InputError(reason, place=place, remedy=remedy)


def check_repeat(connection: Connection, post: Posted, at: datetime, terms: Terms) -> None:
    """NeedsPerson when its quote went out too short a time before for the settings to repeat it.

    What waits for such a time already may have another: somebody wanted it.
    """
    account = (post.key.network, post.key.account)
    quote = quote_by_prefix(connection, post.key.quote)
    if not (why := too_soon(connection, terms, account, quote, at)):
        return
    if post.due and too_soon(connection, terms, account, quote, post.due):
        return
    when = f"{at.astimezone(terms.rota.zone):%Y-%m-%d %H:%M}"
    remedy = (
        "choose a later time, or say that you want it: "
        f"`pullquote schedule move {post.id} '{when}' --yes`"
    )
    raise NeedsPerson(why, place=f"post {post.id}", remedy=remedy)
