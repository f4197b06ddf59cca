"""Tells the people who run the bot that it needs them, through Apprise; never posts.

Where to is a secret of the label ``alerts``, as such an address holds a password: Apprise's URLs,
with space between them. https://appriseit.com/services/
"""

import logging
from importlib.util import find_spec

from bot import secrets
from bot.errors import BotError

LABEL, NAME = "alerts", "URLS"
_log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Whether Apprise is there, which brings alerts to people."""
    return find_spec("apprise") is not None


def tell(text: str, title: str = "Pullquote") -> bool:
    """Whether somebody was told; otherwise the log has it, and nothing is raised."""
    try:
        urls = secrets.read(LABEL).get(NAME, "").split()
    except BotError as error:
        _log.warning("%s: %s (not told: %s)", title, text, error)
        return False
    problem = problem_of(urls, text, title)
    if problem:
        _log.warning("%s: %s (not told: %s)", title, text, problem)
    return not problem


def problem_of(urls: list[str], text: str, title: str = "Pullquote") -> str:
    """Send it to each address; why not all of them have it, or nothing."""
    if not urls:
        return "no address, `pullquote network login alerts` takes one"
    try:
        import apprise
    except ImportError:
        return "Apprise is not there, pip install 'pullquote[alerts]'"
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it writes addresses down
    services = apprise.Apprise()
    try:
        strange = [url for url in urls if not services.add(url)]
        reached = bool(len(services) and services.notify(body=text, title=title))
    except Exception as error:  # noqa: BLE001 - over a hundred services' code; none may stop a post
        return type(error).__name__
    if strange:
        return f"Apprise does not know {len(strange)} of {len(urls)} addresses"
    return "" if reached else "an address did not take it"
