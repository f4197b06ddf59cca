"""``library approve``, ``reject``, ``tag`` …: what a person decides of quotes, and takes back."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import if_dry, is_inferred, said_by, say
from bot.clock import clock
from bot.errors import NeedsPerson, UsageError
from bot.model import Quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.library import Changed, TakenDown
    from bot.library.twins import Twin

_WENT_OUT = {"sent": "went out", "unconfirmed": "may have gone out", "sending": "is going out"}

Ids = Annotated[
    list[str], typer.Argument(help="Ids of quotes, or their beginnings.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Yes, that is who speaks.")]
Audience = Annotated[
    bool, typer.Option("--audience", help="Yes, they who asked from the audience agreed.")
]


def approve(
    context: typer.Context,
    quotes: Ids,
    yes: Yes = False,
    audience: Audience = False,
    dry_run: DryRun = False,
) -> None:
    """Approve quotes for posting: pullquote library approve kx3m9 --yes"""
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        if not yes and sys.stdin.isatty():
            yes = _confirmed([library.quote(name) for name in quotes], library.twins(quotes))
        done = library.decide(quotes, "approve", who(), now(), confirmed=yes, audience=audience)
    _say_decided(done, dry_run=dry_run)


def reject(context: typer.Context, quotes: Ids, dry_run: DryRun = False) -> None:
    """Reject quotes, for this and every later harvest: pullquote library reject kx3m9"""
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        done = library.decide(quotes, "reject", who(), now())
    _say_decided(done, dry_run=dry_run)


def propose(context: typer.Context, quotes: Ids, dry_run: DryRun = False) -> None:
    """Propose quotes to those who approve: pullquote library propose kx3m9"""
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        done = library.propose(quotes, who(), now())
    for quote in done.changed:
        say(f"{quote.id}: proposed{if_dry(dry_run)}  “{quote.shown}” – {said_by(quote)}")
    for quote in done.unchanged:
        say(f"{quote.id}: was proposed already")


def tag(
    context: typer.Context,
    quotes: Ids,
    add: Annotated[list[str] | None, typer.Option("--add", "-a", help="A tag to give.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", "-r", help="A tag to take away.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Give quotes tags, or take tags away: pullquote library tag kx3m9 --add ramp"""
    if not add and not remove:
        raise UsageError("no tag was given", remedy="add one with --add, or take one with --remove")
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        done = library.tag(quotes, who(), now(), add=add or (), remove=remove or ())
    for quote in (*done.changed, *done.unchanged):
        tags = " ".join(f"#{one}" for one in quote.tags) or "no tags"
        say(f"{quote.id}: {tags}{if_dry(dry_run)}")


def attribute(
    context: typer.Context,
    quotes: Ids,
    speaker: Annotated[str, typer.Option(help="Who says it.", metavar="NAME")],
    dry_run: DryRun = False,
) -> None:
    """Say who says quotes: pullquote library attribute kx3m9 --speaker "Ada Quill" """
    from bot.library.changes import Author

    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        done = library.attribute(quotes, speaker, Author(who(), now()))
    for one in done.changed:
        say(f"{one.id}: said by {one.speaker}{if_dry(dry_run)}  “{one.shown}”")
    for one in done.unchanged:
        say(f"{one.id}: was said by {one.speaker} already")


def note(
    context: typer.Context,
    quote: Annotated[str, typer.Argument(help="Id of a quote.", show_default=False)],
    text: Annotated[str, typer.Argument(help="The note; '' takes it away.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Write a note to a quote: pullquote library note kx3m9 "for the spring issue" """
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        done = library.note([quote], text, who(), now())
    for one in (*done.changed, *done.unchanged):
        say(f"{one.id}: {one.note or 'no note'}{if_dry(dry_run)}")


def retract(
    context: typer.Context,
    quotes: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of quotes, or their beginnings.", show_default=False),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="All that somebody said, also later.", metavar="NAME")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Yes, for good.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Take quotes or a speaker down for good: pullquote library retract kx3m9"""
    if bool(quotes) == bool(speaker):
        raise UsageError("name quotes, or a speaker", remedy="give ids, or --speaker NAME")
    _be_sure(f"all that {speaker} said" if speaker else " ".join(quotes or ()), yes or dry_run)
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        if speaker:
            done = library.retract_speaker(speaker, who(), now())
        else:
            done = library.retract(quotes or (), who(), now())
    named = f'--speaker "{speaker}"' if speaker else " ".join(_of_quotes(done))
    _say_taken_down(done, named, dry_run=dry_run)


def undo(
    context: typer.Context,
    quote: Annotated[
        str | None, typer.Argument(help="Its last change, else the last of all.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Take back the last change: pullquote library undo"""
    setup: Setup = context.obj
    with setup.open(setup.project(), dry_run=dry_run, must_exist=True) as library:
        taken = library.undo(quote, who(), now())
    again = f"{taken.before} again" if taken.before != taken.after else "as it was"
    after = "rejected" if taken.action == "add" else again
    say(f"{taken.quote}: {taken.action} taken back, it is {after}{if_dry(dry_run)}")


def _say_decided(done: "Changed", *, dry_run: bool) -> None:
    for quote in done.changed:
        say(f"{quote.id}: {quote.status}{if_dry(dry_run)}  “{quote.shown}” – {said_by(quote)}")
    for quote in done.unchanged:
        say(f"{quote.id}: was {quote.status} already")


def _say_taken_down(done: "TakenDown", unpublish: str, *, dry_run: bool) -> None:
    for quote in done.quotes:
        say(f"{quote.id}: taken down for good{if_dry(dry_run)}  “{quote.shown}”")
    for post in done.cancelled:
        say(f"{post.quote}: its planned post on {post.network} is cancelled{if_dry(dry_run)}")
    for post in done.out:
        how = _WENT_OUT[post.state]
        place = post.url or post.remote_id or "no address is known"
        say(f"{post.quote}: {how} on {post.network}: {place}")
    if done.out:
        say(f"take that back there, too: `pullquote unpublish {unpublish}`")
    if not done.quotes:
        say("no quote was there to take down")


def _of_quotes(done: "TakenDown") -> list[str]:
    return [f"--quote {name}" for name in dict.fromkeys(post.quote for post in done.out)]


def _be_sure(what: str, yes: bool) -> None:
    """A take-down cannot be undone: a person says yes to it, at the keyboard or by option."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise NeedsPerson(f"taking down {what} is for good", remedy="say --yes, or try --dry-run")
    if not typer.confirm(f"Take down {what}, for good?", err=True):
        raise NeedsPerson("nothing was taken down")


def _confirmed(quotes: list[Quote], twins: "Mapping[str, Twin]") -> bool:
    """Ask a person at the keyboard who speaks; a no to one is a no."""
    for quote in quotes:
        twin = twins.get(quote.id)
        if (twin or is_inferred(quote)) and quote.status != "approved":
            say(f"“{quote.shown}”  at {clock(quote.start_ms)}")
            if twin:
                say(f"{twin.id} says the same, there by {twin.speaker or 'nobody by name'}")
            who = f"Is this {quote.speaker}?" if quote.speaker else "Is nobody to be named?"
            if not typer.confirm(who, err=True):
                raise NeedsPerson("nothing was approved", place=f"quote {quote.id}")
    return True
