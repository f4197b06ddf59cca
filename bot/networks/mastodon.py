"""Mastodon and what speaks as it does: an instance, an access token, pictures before words.

What is sent twice is kept from showing twice by three things: an Idempotency-Key that only the
post decides, pictures that an instance lets into one post only, and a look at the account's own
posts, which an instance shows from the moment it has them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import UsageError
from bot.networks.base import Asking, Door, Kind, Network, NotNow, SignedOut
from bot.post import Limits

if TYPE_CHECKING:
    from mastodon import Mastodon

    from bot.networks.mastodon_account import MastodonAccount

SCOPES = ["read:accounts", "read:statuses", "write:media", "write:statuses"]
AGENT = "pullquote"


def address_of(server: str | None) -> str:
    """The base address of an instance: ``mastodon.social`` as people write it, or an address."""
    named = (server or "").strip().rstrip("/").rpartition("@")[2]
    if not named:
        remedy = "give its account a `server`, as mastodon.social"
        raise UsageError("a Mastodon account needs to know its instance", remedy=remedy)
    address = named if "://" in named else f"https://{named}"
    try:
        urlsplit(address)
    except ValueError as error:
        remedy = "write it as mastodon.social"
        raise UsageError(f"{named} is the name of no instance", remedy=remedy) from error
    return address


def open_mastodon(door: Door) -> "MastodonAccount":
    """The account behind the door; ``SignedOut`` without a token."""
    from bot.networks.mastodon_account import MastodonAccount

    if not door.secrets.get("TOKEN"):
        raise SignedOut("there is no token", place="Mastodon", remedy="`pullquote network login`")
    return MastodonAccount(door, address_of(door.server))


def _open(door: Door) -> Network:
    return open_mastodon(door)


def login(asking: Asking, door: Door) -> Mapping[str, str]:
    """Lead through the code flow of OAuth on an instance; ``SignedOut`` when it is not let in.

    https://docs.joinmastodon.org/client/authorized/
    """
    from mastodon.errors import MastodonError

    address = address_of(door.server or asking.ask("Your instance, as mastodon.social"))
    asking.say(f"1. Pullquote registers itself at {urlsplit(address).netloc}; that is free.")
    unencrypted = address.startswith("http://")
    try:
        client = _registered(address, door)
        page = client.auth_request_url(
            scopes=SCOPES, force_login=True, allow_http=unencrypted, state="", lang=""
        )
    except (MastodonError, KeyError, TypeError) as error:  # the last of answers without an id
        remedy = "look at the instance's name, and whether it answers in your browser"
        raise NotNow(
            f"is no instance that lets one sign in ({error})", place=address, remedy=remedy
        ) from error
    asking.say("2. Open this page, sign in as the account that is to post, and allow it")
    asking.say("   to see its own posts, upload pictures and post; it asks for nothing else:")
    asking.say(f"   {page}")
    code = asking.ask("3. The code that the page shows", secret=True).strip()
    try:
        token = client.log_in(code=code, scopes=SCOPES, allow_http=unencrypted)
    except (MastodonError, KeyError, TypeError):
        remedy = "sign in again; a code holds once and for ten minutes"
        raise SignedOut("the code was not taken", place=address, remedy=remedy) from None
    return {"TOKEN": token, "SERVER": address}


def _registered(address: str, door: Door) -> "Mastodon":
    """A client that the instance knows as an app: https://docs.joinmastodon.org/methods/apps/"""
    from mastodon import Mastodon

    identity, secret = Mastodon.create_app(
        AGENT, scopes=SCOPES, api_base_url=address, request_timeout=door.timeout_s
    )
    if not (isinstance(identity, str) and isinstance(secret, str)):
        raise TypeError("its answer has no id")
    return Mastodon(
        client_id=identity,
        client_secret=secret,
        api_base_url=address,
        mastodon_version="4.3.0",
        request_timeout=door.timeout_s,
    )


KIND = Kind(
    name="mastodon",
    title="Mastodon",
    limits=Limits(
        counting="reserved",
        most=500,
        url=23,
        image_bytes=16_777_216,
        image_pixels=33_177_600,
        alt=1500,
    ),
    open=_open,
    login=login,
    secrets=("TOKEN",),
    needs="mastodon",
    clock=lambda account: account.answers.server_time,
)
