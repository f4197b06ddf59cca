"""``schedule``: fill the slots, see what waits and why, move, cancel, pin."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import as_json, console, if_dry, say
from bot.errors import NeedsPerson, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Project
    from bot.post import Posted
    from bot.posting.planning import Outcome, Planned
    from bot.posting.terms import Terms

    Key = tuple[str, str]  # an account's network and id

app = typer.Typer(
    help="When quotes go out: plan, look, move, cancel, pin.",
    no_args_is_help=True,
    epilog="Try it: pullquote schedule plan --days 14 --dry-run",
)
Label = Annotated[str | None, typer.Option("--account", help="Only this account.", metavar="LABEL")]
Days = Annotated[int | None, typer.Option(min=1, max=366, help="Days ahead.")]
Number = Annotated[int, typer.Argument(help="The post's number.", show_default=False)]
When = Annotated[
    str,
    typer.Argument(help="As '2026-12-24 17:30' or 'fri 17:00', there.", show_default=False),
]
Again = Annotated[
    bool, typer.Option("--yes", "-y", help="Yes, once more where it went out before.")
]
_STYLES = {
    "planned": "",
    "sending": "yellow",
    "sent": "green",
    "unconfirmed": "bold yellow",
    "failed": "red",
}
_OPEN = ("planned", "sending", "unconfirmed", "failed")  # what a list shows unasked
_FIRST_LEFT = 5
_FIRST_LETTERS = 60  # of a post in a table; `--json` and a rehearsal have all of it


@app.command()
def plan(
    context: typer.Context,
    days: Days = None,
    account: Label = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Fill the slots from approved quotes and say why: pullquote schedule plan --days 14"""
    from bot.posting.planning import plan_all
    from bot.posting.showing import draft_json

    setup: Setup = context.obj
    project = setup.project()
    terms = chosen(project, account)
    with _ledger(setup, project, dry_run=dry_run) as connection:
        ahead = days or project.config.schedule.days
        outcome = plan_all(connection, project, terms, now(), ahead)
    if as_array:
        as_json(draft_json(one.terms, draft) for one in outcome.accounts for draft in one.drafts)
    _say_outcome(outcome, as_array=as_array, dry_run=dry_run)
    if account and outcome.accounts[0].waits:
        raise NeedsPerson(outcome.accounts[0].waits)


@app.command("list")
def list_(
    context: typer.Context,
    account: Label = None,
    everything: Annotated[
        bool, typer.Option("--all", help="What went out and what was cancelled too.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """List what waits, when and why there: pullquote schedule list"""
    from bot.posting.showing import post_json

    found, terms = listed(context.obj, account)
    shown = [one for one in found if everything or one.state in _OPEN]
    if as_array:
        as_json(post_json(one, terms) for one in shown)
        return
    if not shown:
        say("nothing is planned; `pullquote schedule plan` fills the slots")
        return
    _posts_table(shown, terms)


@app.command()
def move(
    context: typer.Context, post: Number, when: When, yes: Again = False, dry_run: DryRun = False
) -> None:
    """Give a planned post another time: pullquote schedule move 12 '2026-12-24 17:30'"""
    from bot.posting.moving import check_repeat, check_time
    from bot.posting.showing import terms_by_account
    from bot.publishing import queue, reasons

    setup: Setup = context.obj
    project = setup.project()
    with _ledger(setup, project, dry_run=dry_run) as connection:
        waiting = queue.one(connection, post)
        terms = terms_by_account(connection, project).get(
            (waiting.key.network, waiting.key.account)
        )
        if terms is None:
            remedy = "its account is not in config.yaml"
            raise UsageError(f"post {post} cannot be moved", remedy=remedy)
        due = _moment(when, terms)
        check_time(connection, waiting, due, terms.rota.zone, now())
        if not yes:
            check_repeat(connection, waiting, due, terms)
        queue.move(connection, post, due, reasons.PINNED)
    say(f"post {post}: {_local(due, terms)}{if_dry(dry_run)}")


@app.command()
def cancel(
    context: typer.Context,
    posts: Annotated[list[int], typer.Argument(help="Numbers of posts.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Take posts out of the plan for good: pullquote schedule cancel 12 13"""
    from bot.publishing import queue

    setup: Setup = context.obj
    with _ledger(setup, setup.project(), dry_run=dry_run) as connection:
        done = queue.cancel(connection, posts, f"taken out by {who()}")
    for one in done:
        say(f"post {one.id}: cancelled{if_dry(dry_run)}; the quote {one.key.quote} stays approved")


@app.command()
def pin(
    context: typer.Context,
    quote: Annotated[str, typer.Argument(help="Id of a quote.", show_default=False)],
    when: When,
    account: Label = None,
    words: Annotated[
        str | None, typer.Option(help="Words of this post: 'Today! “{quote}”'.", metavar="TEXT")
    ] = None,
    yes: Again = False,
    dry_run: DryRun = False,
) -> None:
    """Plan a quote for a time of your own: pullquote schedule pin kx3m9 'fri 17:00'"""
    from bot.posting import planning
    from bot.publishing import reasons

    setup: Setup = context.obj
    project = setup.project()
    terms = chosen(project, account)
    with _ledger(setup, project, dry_run=dry_run) as connection:
        pinned = [
            planning.pin(
                connection, project, one, quote, _moment(when, one), now(), words, repeat=yes
            )
            for one in terms
        ]
    for one, draft in zip(terms, pinned, strict=True):
        say(f"{one.label}: {_local(draft.due, one)}{if_dry(dry_run)}  {_flat(draft.words.text)}")
        if draft.why != reasons.PINNED:
            say(f"  {draft.why}")


def chosen(project: "Project", account: str | None) -> "tuple[Terms, ...]":
    """The accounts of the settings, or the one that was named; UsageError when there is none."""
    from bot.posting.terms import all_terms, terms_of

    if account is not None:
        return (terms_of(project, account),)
    if not project.config.accounts:
        remedy = "add one under accounts in config.yaml, as docs/schedule.md shows"
        raise UsageError("there is no account to plan for", remedy=remedy)
    return all_terms(project)


def listed(setup: Setup, account: str | None) -> "tuple[list[Posted], Mapping[Key, Terms]]":
    """All posts, or those of one account, and the terms of accounts by network and id."""
    from bot.posting.showing import label_of, terms_by_account
    from bot.publishing import queue

    project = setup.project()
    chosen(project, account)
    with setup.open(project, must_exist=True) as library, library.store.read() as connection:
        terms = terms_by_account(connection, project)
        found = queue.listing(connection)
    return [one for one in found if account in (None, label_of(one, terms))], terms


@contextmanager
def _ledger(setup: Setup, project: "Project", *, dry_run: bool) -> "Iterator[Connection]":
    with (
        setup.open(project, dry_run=dry_run, must_exist=True) as library,
        library.store.write() as connection,
    ):
        yield connection


def _moment(when: str, terms: "Terms") -> datetime:
    from bot.publishing.slots import read_moment

    try:
        return read_moment(when, terms.rota.zone, now())
    except ValueError as error:
        reason, _, remedy = str(error).partition("; ")
        raise UsageError(reason, remedy=remedy) from error


def _say_outcome(outcome: "Outcome", *, as_array: bool, dry_run: bool) -> None:
    for name in outcome.approved:
        say(f"{name}: approved by the rule of the settings{if_dry(dry_run)}")
    for post in outcome.cancelled:
        say(f"post {post.id}: taken out, as {post.reason}{if_dry(dry_run)}")
    for one in outcome.accounts:
        if not as_array and one.drafts:
            _plan_table(one)
        _say_left(one, dry_run=dry_run)


def _plan_table(planned: "Planned") -> None:
    table = _table(planned.terms.label)
    for column in ("when", "post", "why"):
        table.add_column(column, no_wrap=column == "when", ratio=None if column == "when" else 3)
    for draft in planned.drafts:
        table.add_row(_local(draft.due, planned.terms), _begin(draft.words.text), draft.why)
    console().print(table)


def _say_left(planned: "Planned", *, dry_run: bool) -> None:
    label = planned.terms.label
    if planned.waits:
        say(f"left out: {planned.waits}")
        return
    say(f"{label}: {len(planned.drafts)} planned{if_dry(dry_run)}")
    for one in planned.left[:_FIRST_LEFT]:
        say(f"  {one.quote} has no time: {one.why}")
    if len(planned.left) > _FIRST_LEFT:
        say(f"  … and {len(planned.left) - _FIRST_LEFT} more")
    if not planned.terms.rota.slots:
        say(f"  {label} has no slots: give it some under schedule or its account in config.yaml")
    if planned.dry_from:
        say(f"  its queue runs dry: nothing for {_local(planned.dry_from, planned.terms)}")


def _posts_table(posts: "Sequence[Posted]", terms: "Mapping[Key, Terms]") -> None:
    from rich.text import Text

    from bot.posting.showing import label_of

    table = _table()
    table.add_column("no", justify="right", style="dim")
    table.add_column("when", no_wrap=True)
    table.add_column("account", no_wrap=True)
    table.add_column("post", ratio=3)
    table.add_column("why", ratio=2)
    for one in posts:
        of = terms.get((one.key.network, one.key.account))
        at = one.at or one.due
        when = _local(at, of) if at and of else "–"
        state = "" if one.state == "planned" else f"{one.state}: "
        why = Text(state, style=_STYLES.get(one.state, "dim")).append(one.reason or one.why)
        table.add_row(str(one.id), when, label_of(one, terms), _begin(one.words.text), why)
    console().print(table)


def _table(title: str | None = None) -> Any:
    from rich import box
    from rich.table import Table

    return Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        pad_edge=False, padding=(0, 1),
    )  # fmt: skip


def _local(at: datetime, terms: "Terms") -> str:
    return f"{at.astimezone(terms.rota.zone):%a %Y-%m-%d %H:%M}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _begin(text: str) -> str:
    """How a post begins, for a table."""
    flat = _flat(text)
    if len(flat) <= _FIRST_LETTERS:
        return flat
    return f"{flat[:_FIRST_LETTERS].rsplit(' ', 1)[0]} …"
