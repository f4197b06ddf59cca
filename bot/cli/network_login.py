"""``network login``: who is asked what, where secrets go, and the account in config.yaml."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer

from bot.cli.setup import Setup, now
from bot.cli.show import say
from bot.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Project
    from bot.networks import Door, Kind
    from bot.post import Account, Identity
    from bot.settings import AccountSettings


class Person:
    """Whoever sits at the keyboard; steps go to standard error, as they are no output."""

    def say(self, text: str) -> None:
        """Show a step."""
        say(text)

    def ask(self, question: str, *, secret: bool = False) -> str:
        """A line from the keyboard, or of standard input; ``UsageError`` when there is none."""
        if sys.stdin.isatty():
            return str(typer.prompt(question, hide_input=secret, err=True))
        say(f"{question}:")
        line = sys.stdin.readline()
        if not line:
            raise UsageError("nobody answered", remedy="run it where you can type")
        return line.strip()


@dataclass(frozen=True, slots=True)
class Bill:
    """What calls that a person asked for cost, until the account is known that pays."""

    costs: list[tuple[str, float]] = field(default_factory=list)

    def spend(self, what: str, dollars: float) -> None:
        """Note a cost; a person's own call is not held up by a budget."""
        self.costs.append((what, dollars))

    def book(self, connection: "Connection", account: "Account") -> None:
        """Write it down where the month's budget counts it."""
        from bot.publishing import accounts

        for what, dollars in self.costs:
            accounts.spend(connection, account, what, dollars, now())


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account that is to be signed in; ``new``: config.yaml has none of that label yet."""

    label: str
    settings: "AccountSettings"
    new: bool


def wanted(project: "Project", name: str, label: str | None, server: str | None) -> Wanted:
    """Which account a person means, by its label or its network; ``UsageError`` if none."""
    from bot.networks import NETWORKS
    from bot.settings import AccountSettings

    known = project.config.accounts
    if name in known and label in (None, name):
        if known[name].handoff:
            raise UsageError(f"'{name}' is handed over to another program, and needs no sign-in")
        return Wanted(name, known[name], new=False)
    if name not in NETWORKS:
        there = ", ".join([*known, *NETWORKS])
        raise UsageError(f"no account and no network '{name}'", remedy=f"there is {there}")
    chosen = label or name
    if chosen in known and known[chosen].network != name:
        reason = f"the account '{chosen}' is at {known[chosen].network}"
        raise UsageError(reason, remedy="choose another --label")
    if not re.fullmatch(r"[\w-]+", chosen) or chosen == "alerts":
        raise UsageError(f"'{chosen}' is no label", remedy="write it as main or team_news")
    found = known.get(chosen) or AccountSettings(network=name, server=server)
    return Wanted(chosen, found, new=chosen not in known)


def login_account(setup: Setup, project: "Project", one: Wanted, *, dry_run: bool) -> None:
    """Sign in, keep the secrets, write the account down in library and settings."""
    from bot import secrets
    from bot.doors import door_of, kind_of
    from bot.networks import missing, open_account

    place, bill = setup.place(project), Bill()
    kind = kind_of(one.label, one.settings)
    door = door_of(one.label, one.settings, project.folder, now, bill.spend)
    try:
        given = _given(kind, door)
    except ImportError as error:
        raise missing(kind, error) from error
    server = one.settings.server or given.get("SERVER")
    renewed: dict[str, str] = {}
    fresh = replace(door, secrets=secrets.Secrets(given), server=server, keep=renewed.update)
    identity = open_account(kind, fresh).whoami()
    say(f"signed in as @{identity.handle} (id {identity.id})")
    if not dry_run:
        secrets.forget(one.label)
        say(f"its secrets are kept in {secrets.keep(one.label, {**given, **renewed})}")
    account = _written_down(place, kind, identity, one.label, bill, dry_run=dry_run)
    if dry_run:
        say("dry run: nothing was kept")
        return
    if one.new:
        _into_settings(project, one.label, kind, server)
    if account.reconciled_at is None:
        say(f"next: pullquote network test {one.label}")


def _given(kind: "Kind", door: "Door") -> Mapping[str, str]:
    """The secrets a person gives: asked for by the network, or one by one."""
    if kind.login:
        return kind.login(Person(), door)
    return {name: Person().ask(name, secret=True) for name in kind.secrets}


def _written_down(
    place: str, kind: "Kind", identity: "Identity", label: str, bill: Bill, *, dry_run: bool
) -> "Account":
    from bot.publishing import accounts, alerts
    from bot.store import open_store

    with open_store(place, dry_run=dry_run) as store, store.write() as connection:
        account = accounts.know(connection, kind.name, identity, label, now())
        alerts.passed(connection, alerts.paused(account), now())
        accounts.resume(connection, account)
        bill.book(connection, account)
        return account


def _into_settings(project: "Project", label: str, kind: "Kind", server: str | None) -> None:
    from bot.cli.network_settings import add_account

    server_line = f", server: {server}" if server else ""
    if project.path and add_account(project.path, label, kind.name, server):
        say(f"{project.path} has the account '{label}' now; give it slots there")
        return
    say("write this under accounts: in config.yaml:")
    say(f"  {label}: {{network: {kind.name}{server_line}}}")


def login_alerts(person: Person, *, dry_run: bool) -> None:
    """Ask where alerts go, send one, keep the address."""
    from bot import secrets
    from bot.alerting import LABEL, NAME, problem_of

    person.say("Alerts reach people through Apprise: mail, Slack, Matrix, ntfy and others.")
    person.say("How an address is written: https://appriseit.com/services/")
    urls = person.ask("Addresses, with space between them", secret=True)
    problem = problem_of(urls.split(), "This is where Pullquote's alerts arrive.")
    if problem:
        raise UsageError(f"no alert went out: {problem}", remedy="look at the address")
    if dry_run:
        say("dry run: nothing was kept")
        return
    say(f"an alert went out; the address is kept in {secrets.keep(LABEL, {NAME: urls})}")
