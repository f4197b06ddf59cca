"""``library``: look at the quotes, decide, take back, prove."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import (
    as_json,
    at,
    is_inferred,
    progress,
    quote_json,
    quotes_table,
    reasons_list,
    reasons_table,
    say,
    who_says,
)
from bot.clock import clock
from bot.errors import BotError, NeedsPerson
from bot.model import Decision, Person, Quote, Talk

app = typer.Typer(
    help="The quotes you have: look, approve, reject, take back, prove.",
    no_args_is_help=True,
    epilog="Try it: pullquote library list --status candidate -n 20",
)
Ids = Annotated[
    list[str], typer.Argument(help="Ids of quotes, or their beginnings.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Yes, that is who speaks.")]
Statuses = Literal["candidate", "approved", "rejected", "retracted"]


@app.command("list")
def list_quotes(
    context: typer.Context,
    talk: Annotated[str | None, typer.Option(help="Only of this talk.", metavar="TALK")] = None,
    status: Annotated[Statuses | None, typer.Option(help="Only of this status.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only of this speaker.")] = None,
    count: Annotated[int, typer.Option("-n", min=1, help="How many at most.")] = 50,
    talks: Annotated[bool, typer.Option("--talks", help="List the talks instead.")] = False,
    as_array: AsJson = False,
) -> None:
    """List quotes, best first: pullquote library list --status approved"""
    setup: Setup = context.obj
    with setup.open(setup.project(), must_exist=True) as library:
        known = library.talks()
        if talks and as_array:
            as_json(map(asdict, known))
            return
        if talks:
            for one in known:
                typer.echo(f"{one.id}  {one.title}  {', '.join(one.speakers)}")
            return
        found = library.quotes(
            talk=talk, statuses=(status,) if status else (), speaker=speaker, limit=count
        )
    if as_array:
        as_json(map(quote_json, found))
    elif found:
        quotes_table(found)
    else:
        say("no quotes: `pullquote harvest TALK` finds some")


@app.command()
def show(
    context: typer.Context,
    quote: Annotated[str, typer.Argument(help="Id of a quote.", show_default=False)],
    explain: Annotated[bool, typer.Option("--explain", help="All that its score adds up.")] = False,
    as_array: AsJson = False,
) -> None:
    """Show all there is of a quote: pullquote library show kx3m9"""
    setup: Setup = context.obj
    with setup.open(setup.project(), must_exist=True) as library:
        found = library.quote(quote)
        talk = library.talk(found.talk)
        history = library.history(found.id)
        person = library.person(found.speaker) if found.speaker else None
    if as_array:
        as_json([{**quote_json(found), "history": [_decision_json(one) for one in history]}])
        return
    typer.echo(f"“{found.shown}”")
    typer.echo(f"  said      {found.said}")
    for edit in found.edits:
        typer.echo(f"  edit      {edit.kind}: {edit.old!r} → {edit.new!r}")
    typer.echo(f"  speaker   {who_says(found)}{_how(found)}")
    for line in _of_person(person) if person else ():
        if line:
            typer.echo(f"            {line}")
    when = f"{at(found.start_ms, found.approximate)} – {clock(found.end_ms)}"
    typer.echo(f"  talk      {talk.title} ({talk.id}), {when}")
    typer.echo(f"  status    {found.status}" + "".join(f" #{tag}" for tag in found.tags))
    for line in (found.url, *_of_talk(talk), *found.flags):
        if line:
            typer.echo(f"            {line}")
    for one in history:
        undone = " (taken back)" if one.undone else ""
        typer.echo(f"  {one.at:%Y-%m-%d %H:%M} UTC  {one.action} by {one.who}{undone}")
    reasons_list(found)
    if explain:
        reasons_table(found)


@app.command()
def approve(context: typer.Context, quotes: Ids, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Approve quotes for posting: pullquote library approve kx3m9 --yes"""
    _decide(context.obj, quotes, "approve", yes=yes, dry_run=dry_run)


@app.command()
def reject(context: typer.Context, quotes: Ids, dry_run: DryRun = False) -> None:
    """Reject quotes, for this and every later harvest: pullquote library reject kx3m9"""
    _decide(context.obj, quotes, "reject", yes=True, dry_run=dry_run)


@app.command()
def undo(
    context: typer.Context,
    quote: Annotated[
        str | None, typer.Argument(help="Its last decision, else the last of all.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Take back the last decision: pullquote library undo"""
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        taken = library.undo(quote, who(), now())
    kept = " (dry run)" if dry_run else ""
    say(f"{taken.quote}: {taken.action} taken back, it is {taken.before} again{kept}")


@app.command()
def verify(context: typer.Context, as_array: AsJson = False) -> None:
    """Prove every quote from the stored transcripts: pullquote library verify"""
    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, must_exist=True) as library:
        known = library.quotes()
        with progress("proving", len({quote.transcript for quote in known})) as step:
            findings = library.verify(lambda _done, _all: step(), project.config.glossary)
    if as_array:
        as_json(map(asdict, findings))
    for finding in () if as_array else findings:
        typer.echo(f"{finding.talk} {finding.quote or 'transcript'}: {finding.reason}")
    edits = sum(len(quote.edits) for quote in known)
    unproved = {finding.quote for finding in findings if finding.quote}
    if findings:
        raise BotError(
            f"{len(unproved)} of {len(known)} quotes could not be proved",
            remedy="reject them or harvest their talks again",
        )
    say(f"{len(known)} quotes proved, {edits} edits replayed: each is what its transcript says")


def _decide(
    setup: Setup,
    quotes: list[str],
    action: Literal["approve", "reject"],
    *,
    yes: bool,
    dry_run: bool,
) -> None:
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        if action == "approve" and not yes and sys.stdin.isatty():
            yes = _confirmed([library.quote(name) for name in quotes])
        done = library.decide(quotes, action, who(), now(), confirmed=yes)
    kept = " (dry run)" if dry_run else ""
    for quote in done.changed:
        say(f"{quote.id}: {quote.status}{kept}  “{quote.shown}” – {who_says(quote)}")
    for quote in done.unchanged:
        say(f"{quote.id}: was {quote.status} already")


def _confirmed(quotes: list[Quote]) -> bool:
    """Ask a person at the keyboard who speaks; a no to one is a no."""
    for quote in quotes:
        if is_inferred(quote.attribution) and quote.status != "approved":
            say(f"“{quote.shown}”  at {clock(quote.start_ms)}")
            if not typer.confirm(f"Is this {quote.speaker}?", err=True):
                raise NeedsPerson("nothing was approved", place=f"quote {quote.id}")
    return True


def _how(quote: Quote) -> str:
    if quote.attribution is None:
        return ""
    return f"  ({quote.attribution.how}, {quote.attribution.confidence:.0%} sure)"


def _of_person(person: Person) -> Iterator[str | None]:
    yield person.role
    yield person.photo
    yield from (f"{network}: @{name}" for network, name in sorted(person.handles.items()))


def _of_talk(talk: Talk) -> Iterator[str]:
    if talk.permission:
        yield f"permission {talk.permission}"
    if talk.embargo_until:
        yield f"nothing of it may be published before {talk.embargo_until}"
    if talk.timeline == "shifted":
        yield "the copy people hear has other adverts: its times are about right at best"


def _decision_json(decision: Decision) -> dict[str, Any]:
    fields = asdict(decision)
    return {**fields, "at": fields["at"].isoformat()}
