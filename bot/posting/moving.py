"""Where a person may move a post: not into the past, nor before its talk's embargo."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import InputError
from bot.library.query import talk_by_id
from bot.post import Posted
from bot.posting.quotes import of_talks
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
