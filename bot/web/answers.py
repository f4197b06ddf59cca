"""What is answered when something is wrong: a page in our words, never a stack trace."""

import logging
import secrets

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from bot.errors import (
    BotError,
    ConfigError,
    InputError,
    LibraryError,
    NeedsPerson,
    NetworkError,
    Unknown,
    UsageError,
)
from bot.web.templating import page, wants_piece

_log = logging.getLogger("pullquote.web")
_STATUSES: tuple[tuple[type[BotError], int], ...] = (  # the first that fits
    (Unknown, 404),
    (InputError, 422),
    (UsageError, 422),
    (NeedsPerson, 409),
    (LibraryError, 503),
    (NetworkError, 502),
    (ConfigError, 500),
)
_WORDS = {
    400: ("That cannot be answered", "The request is not one this page understands."),
    401: ("You are not signed in", "Your session is over. Sign in, then repeat what you did."),
    403: ("That was refused", "Ask somebody who is a publisher."),
    404: ("Nothing here", "There is no such page, or there is no more."),
    405: ("Not like this", "This address does not do that."),
    409: ("A person has to decide", "Something waits for a person."),
    413: ("Too large", "That is more than this page takes at once."),
    421: ("Not by this name", "The page is not served under that name."),
    422: ("That does not fit", "Something in the form is missing or is not what it should be."),
    429: ("Too many tries", "Wait a while, then try again."),
    502: ("Another server failed", "The other side did not answer as it should."),
    503: ("The library is not available", "Try again in a moment."),
}
_FAILED = ("Something went wrong", "It is not your doing. Nothing was changed half-way.")


def told(
    request: Request, status: int, words: str = "", headers: dict[str, str] | None = None
) -> HTMLResponse:
    """The page of a status with a line of our own; for htmx, a notice in the page it has."""
    title, usual = _WORDS.get(status, _FAILED)
    template = "notice.html" if wants_piece(request) else "error.html"
    answer = page(request, template, status, code=status, title=title, words=words or usual)
    answer.headers.update(headers or {})
    return answer


def of_error(request: Request, error: Exception) -> HTMLResponse:
    """The answer to an error: ours with its line, any other with a number that the log has too."""
    if isinstance(error, BotError):
        status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
        if status < 500:
            return told(request, status, str(error))
        _log.error("%s %s: %s", request.method, request.url.path, error)
        told_apart = (error.reason, error.remedy)  # where things lie here is nobody's business
        return told(request, status, "; ".join(filter(None, told_apart)))
    number = secrets.token_hex(4)
    where = f"{request.method} {request.url.path}"
    _log.error("reference %s: %s", number, where, exc_info=error)
    return told(request, 500, f"{_FAILED[1]} If it happens again, report it as {number}.")


async def of_http(request: Request, error: Exception) -> Response:
    """The page of what a route refuses; its words are shown where they are a sentence of ours."""
    if not isinstance(error, HTTPException):
        raise error
    ours = error.detail if error.detail[:1].islower() else ""
    return told(request, error.status_code, ours, dict(error.headers or {}))


async def of_form(request: Request, error: Exception) -> Response:
    """The page of a form that does not fit, with the first field that is wrong."""
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    return told(request, 422, f"“{first['loc'][-1]}”: {first['msg']}")
