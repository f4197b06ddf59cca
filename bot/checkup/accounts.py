"""The accounts posts go to, as far as that is known without asking them; and where secrets are."""

from collections.abc import Iterator

from bot import alerting, secrets
from bot.checkup.base import Check, Scene, failed, several, tried
from bot.doors import kind_of
from bot.errors import BotError
from bot.post import Account
from bot.publishing.accounts import all_accounts
from bot.settings import AccountSettings
from bot.store import open_store

SUBJECT = "accounts"


def checks(scene: Scene) -> Iterator[Check]:
    """Whether every account of the settings could publish, and a person would hear of trouble."""
    settings = scene.project.config.accounts
    if not settings:
        yield Check(SUBJECT, "accounts", None, "none", "pullquote network login NETWORK")
    known = _known(scene) if settings else {}
    for label, one in settings.items():
        yield _account(label, one, known)
    yield tried(SUBJECT, "secrets", _secrets)
    yield _alerts(publishes=any(not one.handoff for one in settings.values()))


def _known(scene: Scene) -> dict[tuple[str, str], Account]:
    if not (scene.is_current and scene.place):
        return {}
    with open_store(scene.place, create=False) as store, store.read() as connection:
        return {(one.network, one.label): one for one in all_accounts(connection)}


def _account(label: str, settings: AccountSettings, known: dict[tuple[str, str], Account]) -> Check:
    if settings.handoff:
        return Check(SUBJECT, label, None, "handed over to another program, nobody signs in")
    login = f"pullquote network login {label}"
    try:
        kind, places = kind_of(label, settings), secrets.places(label)
    except BotError as error:
        return failed(SUBJECT, label, error)
    missing = [name for name in kind.secrets if name not in places]
    if missing:
        return Check(SUBJECT, label, False, f"{kind.name}, lacks {', '.join(missing)}", login)
    where = " and ".join(sorted(set(places.values())))
    held = f"secrets: {where}" if where else "no secrets needed"
    account = known.get((kind.name, label))
    if kind.login is None:
        return Check(SUBJECT, label, True, f"{kind.name}, nobody signs in")
    if account is None:
        return Check(SUBJECT, label, None, f"{kind.name}, {held}; never signed in", login)
    return _signed_in(label, account, held, settings)


def _signed_in(label: str, account: Account, held: str, settings: AccountSettings) -> Check:
    found = f"{account.network} @{account.handle}, {held}"
    if account.paused:
        remedy = f"pullquote network login {label}"
        return Check(SUBJECT, label, False, f"{found}; paused: {account.paused}", remedy)
    if settings.paused:
        return Check(SUBJECT, label, None, f"{found}; paused in config.yaml")
    if account.reconciled_at is None:
        remedy = f"pullquote network reconcile {label}"
        return Check(SUBJECT, label, None, f"{found}; its timeline was never matched", remedy)
    return Check(SUBJECT, label, True, found)


def _secrets() -> str:
    secrets.places("")  # whether they can be read
    return f"kept in {secrets.kept_in()}"


def _alerts(*, publishes: bool) -> Check:
    login = "pullquote network login alerts"
    try:
        urls = secrets.read(alerting.LABEL).get(alerting.NAME, "").split()
    except BotError as error:
        return failed(SUBJECT, "alerts", error)
    if not urls:
        if publishes:
            return Check(SUBJECT, "alerts", None, "no address: nobody hears of trouble", login)
        return Check(SUBJECT, "alerts", None, "not needed, nothing is published")
    if not alerting.is_installed():
        remedy = "pip install 'pullquote[alerts]'"
        return Check(SUBJECT, "alerts", False, "cannot be sent, Apprise is not there", remedy)
    return Check(SUBJECT, "alerts", True, f"sent to {several(len(urls), 'address', 'addresses')}")
