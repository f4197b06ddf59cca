"""A person moves a post: not into the past, before an embargo, close to one of the same
quote, or over what another did.
"""

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from bot.errors import Stale
from bot.posting.moving import check_repeat, check_time
from bot.posting.showing import terms_by_account
from bot.publishing import queue
from bot.publishing.reasons import local
from bot.web.agenda import Shown, shown
from bot.web.local import Moment, moment_at
from bot.web.site import Site

_MOVED, _AT_FIRST = " moved it here", "; at first: "


def post_of(connection: Connection, site: Site, number: int) -> Shown:
    """The post of this number; ``Unknown`` when there is none."""
    return shown(connection, site.project, [queue.one(connection, number)])[0]


def move(site: Site, number: int, day: date, clock: time, was: datetime, who: str) -> Moment:
    """Give a planned post another local time of its account; ``was`` is the one that was seen."""
    with site.store.write() as connection:
        found = post_of(connection, site, number)
        place = f"post {number}"
        if found.post.state == "planned" and found.post.due != was:
            meanwhile = f"somebody moved it to {local(found.due)} meanwhile" if found.due else ""
            raise Stale(meanwhile, place=place, remedy="look where it is now, then move it again")
        moment = moment_at(day, clock, found.zone)
        check_time(connection, found.post, moment.at, found.zone, site.now())
        key = found.post.key
        if terms := terms_by_account(connection, site.project).get((key.network, key.account)):
            check_repeat(connection, found.post, moment.at, terms)
        queue.move(connection, number, moment.at.astimezone(UTC), moved_by(who, found))
    return moment


def moved_by(who: str, found: Shown) -> str:
    """Why a post sits where somebody moved it; what it was planned for stays told."""
    moved = f"{who} moved it here from {local(found.due)}" if found.due else f"{who} moved it here"
    planned_for = found.post.why.rpartition(_AT_FIRST)[2]
    return moved if _MOVED in planned_for or not planned_for else moved + _AT_FIRST + planned_for
