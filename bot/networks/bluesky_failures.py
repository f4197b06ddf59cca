"""What a failed call of a Bluesky server means: one of the four errors of ``base``."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import NetworkError
from bot.networks.base import NotNow, Refused, SignedOut, Unclear

EXPIRED = ("ExpiredToken", "InvalidToken")
_SIGN_IN = "make an app password under Settings, Privacy and security, and sign in anew"
_SIGNED_OUT = dict.fromkeys(("AuthenticationRequired", "AuthMissing", *EXPIRED), _SIGN_IN) | {
    "AccountTakedown": "read the mail Bluesky sent about it; the account's posts wait",
    "AccountDeactivated": "activate the account in the app, then sign in anew",
    "AccountNotFound": "look whether the account is still there, then sign in anew",
    "AuthFactorTokenRequired": "use an app password, not the account's own",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call gave nothing: what the server answered, or what became of the answer.

    ``status`` is None without an answer; ``reached`` is false when the server cannot have heard.
    ``error`` is the server's own name for it.
    """

    status: int | None
    error: str = ""
    message: str = ""
    until: datetime | None = None
    reached: bool = True

    def says(self, errors: Collection[str]) -> bool:
        """Whether it is one of these refusals: what comes with another status says nothing."""
        return self.error in errors and 400 <= (self.status or 0) < 500


class CallFailed(Exception):  # noqa: N818 - what happened to a call
    """Carries a failure to where it is known what it means."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure)


def meaning(failure: Failure, *, place: str, posting: bool) -> NetworkError:
    """Which of the four errors a failure is; ``posting``: the call was to make the post."""
    said = failure.message or failure.error or f"answered {failure.status}"
    if not failure.reached:
        return NotNow(f"cannot be reached: {said}", place=place, remedy="it is tried again")
    if failure.status in (None, 408, 409) or not 400 <= failure.status < 500:
        return _no_answer(failure, said, place, posting)
    if failure.status == 429:
        remedy = "it is tried again when the server allows"
        return NotNow("too many calls", place=place, remedy=remedy, until=failure.until)
    if failure.error in _SIGNED_OUT or failure.status in (401, 403):
        remedy = _SIGNED_OUT.get(failure.error, _SIGN_IN)
        return SignedOut(f"signed out: {said}", place=place, remedy=remedy)
    if failure.status == 404:
        remedy = "set the account's `server` to the address of its own"
        return NotNow("is no server of Bluesky accounts", place=place, remedy=remedy)
    if failure.status == 413:
        remedy = "make the card's file smaller, `card.max_kb` in config.yaml, and plan it anew"
        return Refused("the picture is too large for the server", place=place, remedy=remedy)
    remedy = "change what it names, then plan the post anew"
    return Refused(f"refused: {said}", place=place, remedy=remedy)


def _no_answer(failure: Failure, said: str, place: str, posting: bool) -> NetworkError:
    reason = f"no clear answer: {said}"
    if posting:
        return Unclear(reason, place=place, remedy="the post is looked for before another try")
    remedy = "nothing was posted, it is tried again"
    return NotNow(reason, place=place, remedy=remedy, until=failure.until)


def answered(error: Any) -> Failure:
    """The failure of an error of the client's, ``RequestErrorBase``."""
    response = error.response
    if response is None:
        return lost(error.__cause__ or error)
    said = response.content
    told = (getattr(said, key, "") for key in ("error", "message"))
    name, message = (one if isinstance(one, str) else "" for one in told)
    return Failure(response.status_code, name, message, reset(response.headers))


def lost(error: BaseException) -> Failure:
    """A failure without an answer; before there was a connection nothing was heard."""
    import httpx

    before = (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.UnsupportedProtocol,
    )
    reason = str(error) or type(error).__name__
    return Failure(None, message=reason, reached=not isinstance(error, before))


def reset(headers: Mapping[str, str]) -> datetime | None:
    """When the server wants to be asked again, by its headers and its clock."""
    with suppress(ValueError, OverflowError, OSError):  # no number, or a time of no calendar
        return datetime.fromtimestamp(int(headers.get("ratelimit-reset", "")), UTC)
    return None
