"""What an instance's failures mean for a post: every one becomes one of the four errors.

https://docs.joinmastodon.org/api/guidelines/#error-handling
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonError
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

from bot.errors import NetworkError
from bot.networks.base import NotNow, Refused, SignedOut, Unclear

_NOT_SENT = (NewConnectionError, SSLError)  # no server there, no such name, not the right server
_TAKEN = "already attached"  # a picture: by a post that went out after all


class Answers:
    """The last answer of a client's session, and what a failed call of it means."""

    def __init__(self, session: requests.Session, place: str) -> None:
        self.place = place
        self.last: requests.Response | None = None
        session.hooks["response"].append(self._heard)

    def _heard(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        self.last = answer

    @property
    def status(self) -> int | None:
        """The status of the last answer, None when there was none."""
        return None if self.last is None else self.last.status_code

    @property
    def server_time(self) -> datetime | None:
        """The instance's own clock as of its last answer, in whole seconds."""
        said = self.last.headers.get("Date") if self.last is not None else None
        try:
            return parsedate_to_datetime(said).astimezone(UTC) if said else None
        except (ValueError, OverflowError):
            return None

    def rest_until(self, client: Mastodon) -> datetime | None:
        """Until when the instance wants no more, by the last answer; None when it takes more."""
        return _until(client) if client.ratelimit_remaining == 0 else None

    @contextmanager
    def meaning(self, client: Mastodon, *, posting: bool = False) -> Iterator[None]:
        """Turn a failed call into one of ours; ``posting``: a lost answer leaves a post unclear."""
        self.last = None
        try:
            yield
        except (MastodonError, RecursionError) as error:  # the latter: JSON nested without end
            raise self._meaning(error, client, posting=posting) from None  # it may hold a token

    def _meaning(self, error: Exception, client: Mastodon, *, posting: bool) -> NetworkError:
        status, said = self.status, _said(error)
        if status is None and _never_sent(error.__context__):
            return NotNow("cannot be reached", place=self.place)
        if status == 429:
            return NotNow("wants no more for now", place=self.place, until=_until(client))
        if status in (401, 403):
            remedy = "sign in anew; why an account is suspended, its instance tells its owner"
            return SignedOut(said or "the sign-in is not valid", place=self.place, remedy=remedy)
        if status and 400 <= status < 500 and _TAKEN not in said:
            if status in (408, 425):
                return NotNow(said or "did not get all of it", place=self.place)
            return Refused(said or f"refused it ({status})", place=self.place)
        lost = said or f"no answer that makes sense ({status or 'connection lost'})"
        return (Unclear if posting or _TAKEN in said else NotNow)(lost, place=self.place)


def _said(error: Exception) -> str:
    """The instance's own words on what is wrong, if it had any."""
    return " ".join(str(error.args[3]).split()) if len(error.args) > 3 and error.args[3] else ""


def _never_sent(cause: BaseException | None) -> bool:
    """Whether a connection failed before anything went through it."""
    if isinstance(cause, requests.ConnectTimeout):
        return True
    inner = cause.args[0] if isinstance(cause, requests.ConnectionError) and cause.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, _NOT_SENT)


def _until(client: Mastodon) -> datetime | None:
    """When the instance listens again, by our clock."""
    reset: float | None = client.ratelimit_reset
    try:
        return datetime.fromtimestamp(reset, UTC) if reset else None
    except (ValueError, OverflowError, OSError):  # of no calendar
        return None
