"""What became of the episodes of a feed: harvested, or failed and to be tried again later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from bot.store import Store
from bot.store.schema import episodes, feeds

LEASE = timedelta(minutes=10)  # a run that says nothing for so long is taken for dead
MOST_TRIES = 8
_FIRST_WAIT = timedelta(minutes=50)  # a little less than the hour in which cron comes again


@dataclass(frozen=True, slots=True)
class Followed:
    """An episode that was tried: its talk, or why there is none; how often, and when last."""

    talk: str | None
    reason: str | None
    tries: int
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it failed, but not so often that it is given up."""
        return self.talk is None and self.tries < MOST_TRIES

    def is_due(self, now: datetime) -> bool:
        """Whether to try again: after 1, 2, 4 … hours."""
        return self.is_open and now >= self.at + _FIRST_WAIT * 2 ** (self.tries - 1)


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of one library; each method is one transaction and may raise LibraryError."""

    store: Store

    def begin(self, feed: str, now: datetime) -> bool:
        """Take a feed for this run; False while another run has it."""
        with self.store.write() as connection:
            row = connection.execute(select(feeds).where(feeds.c.url == feed)).one_or_none()
            if row and row.busy_until and row.busy_until > now:
                return False
            if row is None:
                connection.execute(insert(feeds).values(url=feed))
            mine = update(feeds).where(feeds.c.url == feed).values(busy_until=now + LEASE)
            connection.execute(mine)
            return True

    def end(self, feed: str, etag: str | None, modified: str | None) -> None:
        """Let the feed go, with the marks to ask by next time; None when something waits."""
        with self.store.write() as connection:
            done = update(feeds).where(feeds.c.url == feed)
            connection.execute(done.values(busy_until=None, etag=etag, modified=modified))

    def marks(self, feed: str) -> Mapping[str, str]:
        """The request headers that ask whether the feed changed."""
        with self.store.read() as connection:
            row = connection.execute(select(feeds).where(feeds.c.url == feed)).one_or_none()
        asked = {"If-None-Match": row.etag, "If-Modified-Since": row.modified} if row else {}
        return {name: value for name, value in asked.items() if value}

    def known(self, feed: str) -> Mapping[str, Followed]:
        """The episodes that were tried, by their id in the feed."""
        with self.store.read() as connection:
            rows = connection.execute(select(episodes).where(episodes.c.feed == feed)).all()
        return {row.id: Followed(row.talk, row.reason, row.tries, row.at) for row in rows}

    def note(
        self,
        feed: str,
        episode: str,
        now: datetime,
        *,
        talk: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Remember what became of an episode, and that this run still works.

        A dry run remembers nothing: the talk it would name was taken back before.
        """
        if self.store.dry_run:
            return
        with self.store.write() as connection:
            this = (episodes.c.feed == feed) & (episodes.c.id == episode)
            tried = connection.scalar(select(episodes.c.tries).where(this))
            found = {"talk": talk, "reason": reason, "tries": (tried or 0) + 1, "at": now}
            if tried is None:
                connection.execute(insert(episodes).values(feed=feed, id=episode, **found))
            else:
                connection.execute(update(episodes).where(this).values(**found))
            mine = update(feeds).where(feeds.c.url == feed).values(busy_until=now + LEASE)
            connection.execute(mine)
