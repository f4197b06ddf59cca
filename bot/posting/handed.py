"""What there is to hand over: posts that wait, or once more those that were handed over before.

A post that was handed over is in another program's hands, where nobody here can look. So it is
written again for a person alone, and only while its time is to come: afterwards it may be out.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.config import Project
from bot.post import Posted, State
from bot.posting.holding import why_not_now
from bot.posting.planning import PLANNED, account_of
from bot.posting.terms import Terms
from bot.publishing import queue
from bot.publishing.rows import find_picture

_SENT: tuple[State, ...] = ("sent",)
_STANDS: tuple[State, ...] = ("planned", "sending", "sent", "unconfirmed", "deleted")


def waiting(
    connection: Connection, project: Project, terms: Terms, now: datetime, until: datetime
) -> tuple[Posted, ...]:
    """The posts of an account that are planned until then."""
    of = account_of(connection, project, terms, now)
    mine = (of.network, of.id)
    return queue.listing(connection, states=PLANNED, account=mine, since=now, until=until)


def handed_before(
    connection: Connection, terms: Terms, now: datetime, until: datetime
) -> tuple[Posted, ...]:
    """The posts of an account that were handed over, for a time between now and then."""
    mine = (terms.network, terms.handed)
    sent = queue.listing(connection, states=_SENT, account=mine, since=now, until=until)
    return tuple(one for one in sent if one.handed)


def why_not_again(connection: Connection, terms: Terms, post: Posted) -> str:
    """Why a post that was handed over must not be so once more; empty when it may."""
    if not post.pictures and not post.words.text:
        return "this library has nothing of it but the receipt"
    if why := why_not_now(connection, post, terms):
        return why
    mine = (terms.network, terms.handed)
    for one in queue.listing(connection, states=_STANDS, account=mine, quote=post.key.quote):
        if one.key.occasion > post.key.occasion:
            return f"post {one.id} of the same quote came after it"
    if not all(find_picture(connection, name) for name in post.pictures):
        return "its picture is not in the library any more"
    return ""
