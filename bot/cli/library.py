"""``library``: look at the quotes, decide, take back, prove."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.cli import (
    library_decide,
    library_edit,
    library_posted,
    library_review,
    library_search,
    library_sheets,
    library_verify,
    library_words,
    show_posts,
)
from bot.cli.library_search import filters, show_found
from bot.cli.options import AsJson
from bot.cli.setup import Setup
from bot.cli.show import (
    as_json,
    at,
    reasons_list,
    reasons_table,
    said_by,
)
from bot.clock import clock
from bot.model import Decision, Person, Quote, Status, Talk, quote_json

_LISTED = 50  # quotes, unless so many are asked for

app = typer.Typer(
    help="The quotes you have: look, approve, reject, take back, prove.",
    no_args_is_help=True,
    epilog="Try it: pullquote library list --status candidate -n 20",
)
for command in (
    *(library_decide.approve, library_decide.reject, library_decide.propose, library_decide.tag),
    *(library_decide.attribute, library_decide.note, library_decide.retract, library_decide.undo),
    library_search.search,
    library_verify.verify,
    *(library_sheets.export, library_edit.edit, library_review.review),
    *(library_words.add, library_words.reword, library_words.mend),
):
    app.command()(command)
app.command("import")(library_sheets.import_)
app.command("mark-posted")(library_posted.mark_posted)


@app.command("list")
def list_quotes(
    context: typer.Context,
    talk: Annotated[str | None, typer.Option(help="Only of this talk.", metavar="TALK")] = None,
    status: Annotated[Status | None, typer.Option(help="Only of this status.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only of this speaker.")] = None,
    count: Annotated[
        int | None,
        typer.Option(
            "-n", min=1, help="How many at most; 50 quotes, all talks.", show_default=False
        ),
    ] = None,
    talks: Annotated[bool, typer.Option("--talks", help="List the talks instead.")] = False,
    as_array: AsJson = False,
) -> None:
    """List quotes, best first: pullquote library list --status approved"""
    setup: Setup = context.obj
    with setup.open(setup.project(), must_exist=True) as library:
        if talks:
            _list_talks(library.talks(count), as_array=as_array)
            return
        named = {"talk": talk and library.talk(talk).id, "status": status, "speaker": speaker}
        found = library.search(" ".join(filters(named)), count or _LISTED)
    if as_array:
        as_json(map(quote_json, found.quotes))
    else:
        show_found(found, "no quotes: `pullquote harvest TALK` finds some")


def _list_talks(known: Sequence[Talk], *, as_array: bool) -> None:
    if as_array:
        as_json(map(asdict, known))
        return
    for one in known:
        typer.echo(f"{one.id}  {one.title}  {', '.join(one.speakers)}")


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
        posts, accounts = show_posts.posts_of(library.store, found.id)
    if as_array:
        told = {"history": [_decision_json(one) for one in history]}
        told["posts"] = [show_posts.post_json(one, accounts) for one in posts]
        as_json([{**quote_json(found), **told}])
        return
    typer.echo(f"“{found.shown}”")
    typer.echo(f"  said      {found.said}")
    for edit in found.edits:
        typer.echo(f"  edit      {edit.kind}: {edit.old!r} → {edit.new!r}")
    typer.echo(f"  speaker   {said_by(found)}{_how(found)}")
    for line in _of_person(person) if person else ():
        if line:
            typer.echo(f"            {line}")
    when = f"{at(found.start_ms, found.approximate)} – {clock(found.end_ms)}"
    typer.echo(f"  talk      {talk.title} ({talk.id}), {when}")
    typer.echo(f"  status    {found.status}" + "".join(f" #{tag}" for tag in found.tags))
    if found.note:
        typer.echo(f"  note      {found.note}")
    for line in (found.url, *_of_talk(talk), *found.flags):
        if line:
            typer.echo(f"            {line}")
    posted = (f"post      {line}" for line in show_posts.lines(posts, accounts))
    for line in (*posted, *map(_decided, history)):
        typer.echo(f"  {line}")
    reasons_list(found)
    if explain:
        reasons_table(found)


def _how(quote: Quote) -> str:
    if quote.attribution is None or not quote.speaker:
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


def _decided(one: Decision) -> str:
    undone = " (taken back)" if one.undone else ""
    return f"{one.at:%Y-%m-%d %H:%M} UTC  {one.action} by {one.who}{_what_changed(one)}{undone}"


def _what_changed(decision: Decision) -> str:
    """The words, tags or note a change gave, as people read them."""
    became = decision.became
    if "shown" in became:
        return f": “{became['shown']}”"
    if "tags" in became:
        return ": " + (" ".join(f"#{tag}" for tag in became["tags"]) or "none")
    return f": {became['note'] or 'none'}" if "note" in became else ""


def _decision_json(decision: Decision) -> dict[str, Any]:
    fields = asdict(decision)
    return {**fields, "at": fields["at"].isoformat()}
