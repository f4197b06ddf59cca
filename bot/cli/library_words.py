"""``library add``, ``reword``, ``mend``: words a person types, as far as the talk says them."""

from typing import Annotated

import typer

from bot.cli.library_decide import Audience, Yes
from bot.cli.options import DryRun, wanted_ms_of
from bot.cli.setup import Setup, now, who
from bot.cli.show import at, if_dry, said_by, say
from bot.model import Quote

TalkId = Annotated[str, typer.Argument(help="Id of a talk.", metavar="TALK", show_default=False)]


def add(
    context: typer.Context,
    talk: TalkId,
    words: Annotated[str, typer.Argument(help="What the talk says.", show_default=False)],
    when: Annotated[
        str | None, typer.Option("--at", help="About when, as 32:36, where it is said twice.")
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Who says it.", metavar="NAME")] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Approve it at once.")] = False,
    yes: Yes = False,
    audience: Audience = False,
    dry_run: DryRun = False,
) -> None:
    """Add a line you remember: pullquote library add on-lamps "Nobody thanks the buoy." """
    from bot.library import Consent, Remembered

    setup: Setup = context.obj
    project = setup.project()
    line = Remembered(words, wanted_ms_of(when), speaker)
    consent = Consent(approve, confirmed=yes, audience=audience)
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        glossary = project.config.glossary
        done = library.add(talk, line, who(), now(), glossary=glossary, consent=consent)
    if done.fresh:
        say(f"{done.quote.id}: added{if_dry(dry_run)}  {_told(done.quote)}")
    else:
        say(f"{done.quote.id}: was there already, {done.quote.status}  {_told(done.quote)}")


def reword(
    context: typer.Context,
    quote: Annotated[str, typer.Argument(help="Id of a quote.", show_default=False)],
    words: Annotated[str, typer.Argument(help="What to show of it.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Show other words of what was said: pullquote library reword kx3m9 "Ramps bite." """
    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        before = library.quote(quote)
        done = library.edit(quote, words, who(), now(), glossary=project.config.glossary)
    for one in done.changed:
        say(f"{one.id}: changed{if_dry(dry_run)}  {_told(one)}{_void(before, one)}")
    for one in done.unchanged:
        say(f"{one.id}: shows these words already")


def mend(
    context: typer.Context,
    talk: TalkId,
    misheard: Annotated[str, typer.Argument(help="As the transcript has it.", show_default=False)],
    meant: Annotated[str, typer.Argument(help="What was meant.", show_default=False)],
    dry_run: DryRun = False,
) -> None:
    """Mend a misheard word in a talk: pullquote library mend on-lamps "Chai-CPT" ChatGPT"""
    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        before = {one.id: one for one in library.quotes(talk=talk)}
        glossary = project.config.glossary
        done = library.mend(talk, misheard, meant, who(), now(), glossary=glossary)
    for one in done.quotes.changed:
        say(f"{one.id}: mended{if_dry(dry_run)}  {_told(one)}{_void(before[one.id], one)}")
    for one, reason in done.untouched:
        say(f"{one.id}: not mended: {reason}")
    say(f"{done.talk.id}: ‘{misheard}’ is shown as ‘{meant}’ from now on{if_dry(dry_run)}")


def _told(quote: Quote) -> str:
    return f"“{quote.shown}” – {said_by(quote)}, {at(quote.start_ms, quote.approximate)}"


def _void(before: Quote, after: Quote) -> str:
    return "; approve it again" if before.status != after.status else ""
