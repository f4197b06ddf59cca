"""``network``: sign accounts in, test them, see how they stand, let them publish again."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, console, if_dry, say
from bot.errors import BotError, NetworkError, Unknown, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.cli.network_login import Bill
    from bot.config import Project
    from bot.post import Account
    from bot.publishing.standing import Standing
    from bot.settings import AccountSettings
    from bot.store import Store

app = typer.Typer(
    help="Accounts at networks: sign in, test, see how they stand.",
    no_args_is_help=True,
    epilog="Try it: pullquote network login mastodon",
)
Label = Annotated[str, typer.Argument(help="The account's name in config.yaml.")]
WRONG_CLOCK_S = 30


@app.command()
def login(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="An account's label, a network, or alerts.", metavar="LABEL|NETWORK"),
    ],
    label: Annotated[
        str | None, typer.Option(help="What to call a new account.", metavar="LABEL")
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Where a new account is: mastodon.social.", metavar="HOST")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Sign an account in, step by step: pullquote network login mastodon"""
    from bot.cli.network_login import Person, login_account, login_alerts, wanted

    setup: Setup = context.obj
    if name == "alerts" and label is None:
        login_alerts(Person(), dry_run=dry_run)
        return
    project = setup.project()
    login_account(setup, project, wanted(project, name, label, server), dry_run=dry_run)


@app.command()
def test(
    context: typer.Context,
    labels: Annotated[list[str] | None, typer.Argument(help="Accounts, else all.")] = None,
    as_array: AsJson = False,
) -> None:
    """Check sign-in, limits and clock without posting: pullquote network test"""
    setup: Setup = context.obj
    project = setup.project()
    tested = all_tested(setup, project, labels)
    if as_array:
        as_json(map(asdict, tested))
    for one in () if as_array else tested:
        _show_tested(one)
    bad = [one.label for one in tested if one.problem]
    if bad:
        reason = f"{len(bad)} of {len(tested)} accounts cannot be used: {', '.join(bad)}"
        raise NetworkError(reason, remedy="`pullquote network login LABEL` signs in anew")
    if not tested:
        say("no accounts here that sign in: `pullquote network login NETWORK` adds one")


@app.command()
def status(context: typer.Context, as_array: AsJson = False) -> None:
    """Show every account, its last post and its next: pullquote network status"""
    setup: Setup = context.obj
    project = setup.project()
    with _open(setup, project) as store:
        rows = list(_standings(store, project))
    if as_array:
        as_json(rows)
        return
    for row in rows:
        _show_standing(row)
    if not rows:
        say("no accounts yet: `pullquote network login NETWORK` adds one")


@app.command()
def resume(context: typer.Context, label: Label, dry_run: DryRun = False) -> None:
    """Let a paused account publish again: pullquote network resume main"""
    from bot.publishing import accounts, alerts

    setup: Setup = context.obj
    project = setup.project()
    _, settings = next(_chosen(project, [label]))
    with _open(setup, project, dry_run=dry_run) as store, store.write() as connection:
        account = accounts.account_of_label(connection, settings.network, label)
        if account is None:
            remedy = f"`pullquote network login {label}` signs it in"
            raise Unknown(f"no account '{label}' was ever signed in", remedy=remedy)
        accounts.resume(connection, account)
        alerts.passed(connection, alerts.paused(account), now())
    was = (
        f"publishes again, it was paused: {account.paused}" if account.paused else "was not paused"
    )
    say(f"{label} {was}{if_dry(dry_run)}")
    if settings.paused:
        say(f"note: config.yaml still has 'paused: true' for {label}")


@dataclass(frozen=True, slots=True)
class Tested:
    """What a look at an account found; ``clock_s``: ours is ahead of its server's by so much."""

    label: str
    network: str
    ok: bool
    problem: str
    handle: str = ""
    id: str = ""
    limits: "dict[str, Any] | None" = None
    costs: "dict[str, float] | None" = None
    clock_s: float | None = None


def all_tested(setup: Setup, project: "Project", labels: list[str] | None = None) -> list[Tested]:
    """What a look at the accounts found, those named or all that sign in; each is asked."""
    return [_tested(setup, project, label, one) for label, one in _chosen(project, labels)]


def _chosen(
    project: "Project", labels: list[str] | None
) -> "Iterator[tuple[str, AccountSettings]]":
    known = project.config.accounts
    for label in labels or [label for label, one in known.items() if not one.handoff]:
        if label not in known:
            remedy = (
                f"there is {', '.join(known)}" if known else "`pullquote network login NETWORK`"
            )
            raise UsageError(f"config.yaml has no account '{label}'", remedy=remedy)
        if known[label].handoff:
            raise UsageError(f"'{label}' is handed over to another program, and never signed in")
        yield label, known[label]


def _tested(setup: Setup, project: "Project", label: str, account: "AccountSettings") -> Tested:
    from bot.cli.network_login import Bill
    from bot.doors import door_of, kind_of
    from bot.networks import open_account

    kind, bill = kind_of(label, account), Bill()
    try:
        network = open_account(kind, door_of(label, account, project.folder, now, bill.spend))
        identity, limits = network.whoami(), network.limits()
    except BotError as error:
        return Tested(label, account.network, False, str(error))
    if bill.costs:
        _book(setup, project, bill, (kind.name, identity.id))
    told = kind.clock(network)
    ahead = round((now() - told).total_seconds(), 1) if told else None
    found = Tested(label, kind.name, True, "", identity.handle, identity.id)
    return replace(found, limits=asdict(limits), costs=dict(kind.costs), clock_s=ahead)


def _book(setup: Setup, project: "Project", bill: "Bill", account: tuple[str, str]) -> None:
    from bot.publishing import accounts

    with _open(setup, project) as store, store.write() as connection:
        if known := accounts.account(connection, *account):
            bill.book(connection, known)


def _show_tested(one: Tested) -> None:
    mark = "[green]ok[/]  " if one.ok else "[bold red]bad[/] "
    console().print(f"{mark} {one.label:<14}", end="")
    if one.problem:
        typer.echo(one.problem)
        return
    limits, parts = one.limits or {}, [f"{one.network} @{one.handle}"]
    parts.append(f"{limits['most']} characters, {limits['images']} pictures")
    parts.append(f"alt text up to {limits['alt']}")
    parts += [f"{what} ${dollars:.3f}" for what, dollars in (one.costs or {}).items()]
    typer.echo(" · ".join(parts))
    if one.clock_s is not None and abs(one.clock_s) > WRONG_CLOCK_S:
        side = "ahead of" if one.clock_s > 0 else "behind"
        say(f"note: this clock is {abs(one.clock_s):.0f} s {side} the server's; set it right")


def _standings(store: "Store", project: "Project") -> Iterator[dict[str, Any]]:
    """Accounts of the settings in their order, then those no label leads to any more."""
    from bot.publishing.accounts import all_accounts
    from bot.publishing.standing import standing

    moment = now()
    with store.read() as connection:
        known = all_accounts(connection)
        settings: AccountSettings | None
        for label, settings in project.config.accounts.items():
            named = (settings.network, label)
            account = next((one for one in known if (one.network, one.label) == named), None)
            stands = standing(connection, account, moment) if account else None
            yield _row(label, settings, account, stands)
        for account in known:
            settings = project.config.accounts.get(account.label)
            if settings is None or settings.network != account.network:
                yield _row("", None, account, standing(connection, account, moment))


def _row(
    label: str,
    settings: "AccountSettings | None",
    account: "Account | None",
    stands: "Standing | None",
) -> dict[str, Any]:
    network = settings.network if settings else account.network if account else ""
    return {
        "label": label,
        "network": network,
        "handle": account.handle if account else "",
        "id": account.id if account else "",
        "paused": _why_paused(settings, account),
        "last_at": _iso(stands.last_at if stands else None),
        "next_due": _iso(stands.next_due if stands else None),
        "spent_dollars": stands.spent if stands else 0.0,
        "budget_dollars": settings.budget_dollars if settings else None,
        "rest_until": _iso(account.rest_until if account else None),
        "reconciled_at": _iso(account.reconciled_at if account else None),
    }


def _why_paused(settings: "AccountSettings | None", account: "Account | None") -> str:
    if settings is None:
        return "not in config.yaml"
    if settings.handoff:
        return ""
    if account is None:
        return "never signed in"
    return account.paused or ("paused in config.yaml" if settings.paused else "")


def _iso(moment: "datetime | None") -> str | None:
    return moment.isoformat() if moment else None


def _show_standing(row: dict[str, Any]) -> None:
    named = f"@{row['handle']}" if row["handle"] else row["id"] or "–"
    console().print(f"[bold]{row['label'] or '–':<14}[/] {row['network']:<10} ", end="")
    typer.echo(f"{named}")
    told = [
        f"paused: {row['paused']}" if row["paused"] else "",
        f"last {_short(row['last_at'])}" if row["last_at"] else "nothing posted yet",
        f"next {_short(row['next_due'])}" if row["next_due"] else "nothing planned",
        f"${row['spent_dollars']:.2f} of ${row['budget_dollars']:.2f} this month"
        if row["spent_dollars"]
        else "",
        f"rests until {_short(row['rest_until'])}" if row["rest_until"] else "",
        f"timeline matched {_short(row['reconciled_at'])}"
        if row["reconciled_at"]
        else "timeline never matched",
    ]
    typer.echo("    " + " · ".join(part for part in told if part))


def _short(moment: str) -> str:
    return moment[:16].replace("T", " ") + " UTC"


def _open(setup: Setup, project: "Project", *, dry_run: bool = False) -> "Store":
    from bot.store import open_store

    return open_store(setup.place(project), dry_run=dry_run)
