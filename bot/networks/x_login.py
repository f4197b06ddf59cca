"""Signing in at X: an app of one's own, then a PIN for the account that posts."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.networks.base import Asking, Door, NotNow, SignedOut

SECRETS = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")
_STEPS = """\
X lets a program post for an account through an app that you own. What to do, once:
1. Open https://console.x.com, sign in (any account will do: it owns the app) and create an app.
2. Buy credits there and set a spending limit. X takes $0.015 a post, $0.20 with a link in it,
   $0.005 for the words of a picture and $0.001 for each own post that is read:
   a card a day without links is less than $1 a month.
3. In the app's "User authentication settings" choose "Read and write" and "Web App, Automated
   App or Bot"; any address of yours does as callback and as website.
4. Under "Keys and tokens" show the "API Key and Secret" (also called consumer keys)."""


def login(asking: Asking, door: Door) -> Mapping[str, str]:
    """Lead a person through; the secrets of an account. https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens."""
    from requests_oauthlib import OAuth1Session

    from bot.networks.x_client import SERVER

    server = (door.server or SERVER).rstrip("/")
    asking.say(_STEPS)
    key = asking.ask("API Key").strip()
    secret = asking.ask("API Secret", secret=True).strip()
    session = OAuth1Session(key, client_secret=secret, callback_uri="oob")
    wrong_keys = "copy both again from the app's 'Keys and tokens'; a new pair ends the old"
    _asked(
        lambda: session.fetch_request_token(
            f"{server}/oauth/request_token", timeout=door.timeout_s
        ),
        "does not take the API Key and Secret",
        wrong_keys,
    )
    where = session.authorization_url(f"{server}/oauth/authorize")
    asking.say(f"5. Open {where}\n   signed in as the account that shall post, and let the app in.")
    pin = asking.ask("The PIN it shows").strip()
    tokens = _asked(
        lambda: session.fetch_access_token(
            f"{server}/oauth/access_token", verifier=pin, timeout=door.timeout_s
        ),
        "does not take the PIN",
        "begin again: a PIN holds once, and for a few minutes",
    )
    asking.say(f"Signed in as @{tokens.get('screen_name', '?')}.")
    return dict(
        zip(
            SECRETS, (key, secret, tokens["oauth_token"], tokens["oauth_token_secret"]), strict=True
        )
    )


def _asked(call: Callable[[], Any], reason: str, remedy: str) -> Any:
    """What a step of OAuth gives; ``reason`` is what its refusal means."""
    import requests
    from requests_oauthlib.oauth1_session import TokenMissing, TokenRequestDenied

    from bot.networks.x_errors import PLACE, lost

    try:
        return call()
    except requests.RequestException as error:
        raise lost(error, posting=False) from error
    except TokenRequestDenied as error:
        if error.status_code >= 500:
            raise NotNow(
                f"answered {error.status_code}", place=PLACE, remedy="try later"
            ) from error
        raise SignedOut(reason, place=PLACE, remedy=remedy) from error
    except (TokenMissing, ValueError, RecursionError) as error:  # the last: JSON without end
        raise NotNow(
            "gave an answer that makes no sense", place=PLACE, remedy="try later"
        ) from error
