"""What X's refusals mean: by status, title and detail to one of the four errors of a network.

X numbers few of its errors, so its words are looked at. What is no answer of X's own, as a page
of something on the way, refuses nothing for good.
"""

import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests
from urllib3.exceptions import NewConnectionError

from bot.errors import NetworkError
from bot.networks.base import NotNow, Refused, SignedOut, Unclear

PLACE = "X"
LOGIN = "sign in anew with `pullquote network login`"
_LATER = "nothing to do: it is tried again"
_UNSENT = (
    requests.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)
# Of the 15 minutes, of the account's day, of the app's day; the first is on nearly every answer.
# https://docs.x.com/x-api/fundamentals/rate-limits
_RATES = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
_FARTHEST = timedelta(days=31)  # no limit of X's lasts longer than a month


class Gone(Refused):
    """X has nothing of that number."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What an answer of ``statuses`` with ``words`` means, when a route with ``at`` was asked."""

    statuses: tuple[int, ...]
    words: str
    error: Callable[..., NetworkError]
    reason: str
    remedy: str
    at: str = ""


# The first that fits holds. https://docs.x.com/x-api/fundamentals/response-codes-and-errors
RULES = (
    Rule(
        (403,), r"duplicate content|status is a duplicate", Unclear,
        "says that it has these words already, so a post whose answer was lost may be there",
        "look at the account; if it is another post, change the words",
    ),
    Rule(
        (401,), r"timestamp out of bounds|timestamp.{0,20}(?:used|invalid)", NotNow,
        "finds the clock of this machine wrong", "set the clock, as by NTP",
    ),
    Rule(
        (401, 403), r"suspended|\blocked|deactivated", SignedOut,
        "the account is suspended or locked", f"settle it at x.com as that account, then {LOGIN}",
    ),
    Rule((401,), "", SignedOut, "does not take the sign-in: it is wrong or was revoked", LOGIN),
    Rule(
        (403,), r"oauth1-permissions|app permission|access level|read.?only", SignedOut,
        "the app may only read",
        f"give it 'Read and write' in its user authentication settings, then {LOGIN}",
    ),
    Rule(
        (403,), r"client-not-enrolled|not enrolled|attached to a project", SignedOut,
        "the app has no access to the API", "put it into a project at console.x.com",
    ),
    Rule(
        (402, 403, 429), r"usage-?capped|credits|spend(?:ing)? (?:cap|limit)", NotNow,
        "the app's credits are used up", "buy credits or raise the limit at console.x.com",
    ),
    Rule(
        (402,), "", NotNow, "wants to be paid first",
        "buy credits or raise the limit at console.x.com",
    ),
    Rule((429,), "", NotNow, "wants no more for now", _LATER),
    Rule(
        (403,), r"daily (?:tweet |post )?limit|update limit|over the limit", NotNow,
        "the account has posted as often as it may today", _LATER,
    ),
    Rule(
        (403,), r"reply to|summon", Refused, "lets no app reply there",
        "post it by itself: apps may reply only where they are named",
    ),
    Rule(
        (400, 403), r"too long|bit shorter|character limit|exceeds? .{0,40}characters", Refused,
        "counts the words as too long", "shorten the account's wording, then plan it again",
    ),
    Rule(
        (400, 403), r"media.?ids?\b.{0,20}invalid|invalid media", Refused,
        "does not know the pictures it was given", "plan it again: they are uploaded anew",
    ),
    Rule((413,), "", Refused, "finds the picture too large", "draw the card smaller", at="media"),
    Rule(
        (400, 403, 415, 422), "", Refused, "does not take the picture",
        "look at the card; X takes JPG, PNG, GIF and WEBP to 5 MB", at="media/upload",
    ),
    Rule((404, 410), "", Gone, "has no such post", "nothing to do: it is gone"),
    Rule((408, 409, 425), "", NotNow, "did not get all of it", _LATER),
)  # fmt: skip


def lost(error: requests.RequestException, *, posting: bool) -> NetworkError:
    """No answer came. Only what never left this machine is surely not posted."""
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in _causes(error)):
        reason, remedy = "shows no certificate that can be trusted", "look at clock and proxy"
        return NotNow(reason, place=PLACE, remedy=remedy)
    if any(isinstance(one, (*_UNSENT, NewConnectionError)) for one in _causes(error)):
        return NotNow("cannot be reached", place=PLACE, remedy="look at the connection")
    return senseless("gave no answer", posting=posting)


def senseless(reason: str, *, posting: bool) -> NetworkError:
    """An answer that was lost or makes no sense: it matters when a post was asked for."""
    if posting:
        remedy = "look at the account: the post may be there"
        return Unclear(reason, place=PLACE, remedy=remedy)
    return NotNow(reason, place=PLACE, remedy=_LATER)


def refused(response: requests.Response, *, posting: bool, now: datetime) -> NetworkError:
    """What an answer that is no success means."""
    status, words, route = response.status_code, said_by(response), str(response.url)
    said = words[0] if words else ""
    if not 400 <= status < 500:
        return senseless(f"answered {status}" + (f": {said}" if said else ""), posting=posting)
    rule = next((one for one in RULES if _fits(one, status, words, route)), None)
    if rule is None and said:
        return Refused(f"answered {status}: {said}", place=PLACE, remedy="mend what it names")
    if rule is None:
        remedy = "look at the proxy or firewall on the way"
        return NotNow(f"answered {status} without a word", place=PLACE, remedy=remedy)
    reason = f"{rule.reason} ({said})" if said else rule.reason
    if rule.error is NotNow:
        return NotNow(reason, place=PLACE, remedy=rule.remedy, until=_until(response, now))
    return rule.error(reason, place=PLACE, remedy=rule.remedy)


def said_by(response: requests.Response) -> list[str]:
    """X's own words in an answer, the plainest first; none when it is not X's."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return []
    if not isinstance(body, dict):
        return []
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    inner = (first.get("message"), first.get("detail")) if isinstance(first, dict) else (first,)
    told = [body.get("detail"), *inner, *map(body.get, ("title", "reason", "type"))]
    return [word.strip()[:300] for word in told if isinstance(word, str) and word.strip()]


def _fits(rule: Rule, status: int, words: list[str], route: str) -> bool:
    if status not in rule.statuses or rule.at not in route or (rule.error is Gone and not words):
        return False
    return re.search(rule.words, "\n".join(words), re.IGNORECASE) is not None


def resting(response: requests.Response, now: datetime) -> datetime | None:
    """Until when X wants no more after an answer that was a success, None when it takes more."""
    spent = [rate for rate in _RATES if response.headers.get(f"{rate}-remaining") == "0"]
    return max((at for rate in spent if (at := _reset(response, rate, now))), default=None)


def _until(response: requests.Response, now: datetime) -> datetime | None:
    quarter = _reset(response, _RATES[0], now) if response.status_code == 429 else None
    return resting(response, now) or quarter


def _reset(response: requests.Response, rate: str, now: datetime) -> datetime | None:
    written = response.headers.get(f"{rate}-reset", "")
    if not re.fullmatch(r"\d{1,11}", written):
        return None
    at = datetime.fromtimestamp(int(written), UTC)
    return at if now < at < now + _FARTHEST else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those within it, as ``requests`` wraps those of ``urllib3``."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        within = [*inner.args, getattr(inner, "reason", None), inner.__cause__]
        inner = next((one for one in within if isinstance(one, BaseException)), None)
