"""Fetches a feed or a transcript: within limits of time, size and redirects, and from the open web.

An address is looked up once, each of its numbers is judged, and the connection goes to a number
that was judged: a name that changes its answer in between leads nowhere. Addresses of this machine
or its network are refused, else a feed could make the bot read what only insiders may.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot import __version__
from bot.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

REDIRECTS = 5
_STEP_S = 10.0  # the longest wait for one answer of a server, if all of it may take longer
_AGENT = f"pullquote/{__version__} (reads podcast transcripts)"
_TRY_LATER = "try again later"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may take: seconds and bytes in all; ``private``: insiders' addresses too."""

    timeout_s: float = 30
    max_bytes: int = 64_000_000
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: from where in the end, its bytes, its marks; ``raw`` is None when unchanged."""

    url: str
    raw: bytes | None
    etag: str | None = None
    modified: str | None = None


def fetch(url: str, limits: Limits, known: "Mapping[str, str] | None" = None) -> Fetched:
    """The bytes at an http(s) address, decompressed.

    ``known`` are headers such as ``If-None-Match``. Raises ``NetworkError``.
    """
    import httpx

    deadline = time.monotonic() + limits.timeout_s
    step = httpx.Timeout(min(_STEP_S, limits.timeout_s))
    here = url
    with httpx.Client(timeout=step, headers={"User-Agent": _AGENT, **(known or {})}) as client:
        for _ in range(REDIRECTS + 1):
            answer = _answer(client, here, limits, deadline)
            if isinstance(answer, Fetched):
                return answer
            here = answer
    raise NetworkError(f"leads on more than {REDIRECTS} times", place=url, remedy=_TRY_LATER)


def _answer(client: "httpx.Client", url: str, limits: Limits, deadline: float) -> Fetched | str:
    """What a server answers: the bytes, or where it sends us."""
    import httpx

    numbers = _numbers(url, limits)
    for last, number in ((number == numbers[-1], number) for number in numbers):
        try:
            with client.stream(
                "GET", _numbered(url, number), headers=_host(url), extensions=_certificate(url)
            ) as response:
                return _read(response, url, limits, deadline)
        except httpx.ConnectError as error:
            if last or time.monotonic() > deadline:
                raise NetworkError(_reason(error), place=url, remedy=_TRY_LATER) from error
        except httpx.TimeoutException as error:
            raise NetworkError("did not answer in time", place=url, remedy=_TRY_LATER) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
            raise NetworkError(_reason(error), place=url, remedy=_TRY_LATER) from error
    raise AssertionError("an address has at least one number")


def _numbered(url: str, number: str) -> str:
    """The address with the host's number in the place of its name."""
    parts = urlsplit(url)
    host = f"[{number}]" if ":" in number else number
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=host + port, fragment="").geturl()


def _host(url: str) -> dict[str, str]:
    return {"Host": urlsplit(url).netloc.rpartition("@")[2]}


def _certificate(url: str) -> dict[str, str]:
    """The name that the server's certificate must have."""
    return {"sni_hostname": urlsplit(url).hostname or ""}


def _read(response: "httpx.Response", url: str, limits: Limits, deadline: float) -> Fetched | str:
    if response.has_redirect_location:
        return urljoin(url, response.headers["Location"])
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    if response.status_code == 304:
        return Fetched(url, None, etag, modified)
    if response.status_code != 200:
        reason = f"answers {response.status_code} {response.reason_phrase}".strip()
        remedy = _TRY_LATER if response.status_code >= 429 else "check the address in a browser"
        raise NetworkError(reason, place=url, remedy=remedy)
    raw = bytearray()
    for chunk in response.iter_bytes():
        raw += chunk
        if len(raw) > limits.max_bytes:
            reason = f"is over the limit of {limits.max_bytes // 1_000_000} MB"
            raise NetworkError(reason, place=url, remedy="harvest.max_mb in config.yaml raises it")
        if time.monotonic() > deadline:
            reason = f"took more than {limits.timeout_s:g} seconds"
            raise NetworkError(reason, place=url, remedy=_TRY_LATER)
    return Fetched(url, bytes(raw), etag, modified)


def checked(url: str, limits: Limits) -> None:
    """Raise ``NetworkError`` for an address that is none, or that only insiders may read."""
    _numbers(url, limits)


def _numbers(url: str, limits: Limits) -> list[str]:
    """The IP addresses of a URL's host that we may connect to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise NetworkError("is no http or https address", place=url, remedy="check the address")
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = f"the name {host} is not known"
        remedy = "check the address and the connection"
        raise NetworkError(reason, place=url, remedy=remedy) from error
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    public = [number for number in numbers if limits.private or _is_public(number)]
    if not public:
        raise NetworkError(
            f"{host} is an address of this machine or its network",
            place=url,
            remedy="follow.private_addresses: true in config.yaml allows that",
        )
    return public[:4]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner:
            return _is_public(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


def _reason(error: Exception) -> str:
    return f"cannot be fetched: {str(error).lower() or type(error).__name__}"
