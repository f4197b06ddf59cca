"""``unpublish``: take posts down at their networks."""

import sys
from typing import Annotated

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now
from bot.cli.show import as_json, say
from bot.errors import NeedsPerson, NetworkError, UsageError


def unpublish(
    context: typer.Context,
    posts: Annotated[
        list[int] | None, typer.Argument(help="Numbers of posts.", show_default=False)
    ] = None,
    quote: Annotated[str | None, typer.Option(help="All posts of a quote.", metavar="ID")] = None,
    speaker: Annotated[
        str | None, typer.Option(help="All that somebody said.", metavar="NAME")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    as_array: AsJson = False,
) -> None:
    """Take posts down where they went out: pullquote unpublish --speaker 'Ada Quill'"""
    from bot.posting.afterwards import remove, to_remove
    from bot.posting.outlets import Dispatch

    if sum(map(bool, (posts, quote, speaker))) != 1:
        remedy = "pullquote unpublish 12, --quote kx3m9 or --speaker 'Ada Quill'"
        raise UsageError("say which: numbers, a quote or a speaker", remedy=remedy)
    setup: Setup = context.obj
    project = setup.project()
    with setup.open(project, must_exist=True) as library:
        dispatch = Dispatch(project, library.store, now)
        found = to_remove(dispatch, posts or (), quote, speaker)
        for one in found:
            say(f"post {one.id}: {one.key.network} {one.url or one.remote_id or ''}")
        if found and not (yes or dry_run):
            _ask(len(found))
        done = [] if dry_run else list(remove(dispatch, found))
    if as_array:
        shown = [(one.post, one.problem) for one in done] or [(one, "") for one in found]
        as_json({"post": one.id, "url": one.url, "problem": why} for one, why in shown)
    if dry_run or not found:
        say("dry run: all of them are still there" if found else "nothing of that went out")
    for removed in done:
        say(f"post {removed.post.id}: {removed.problem or 'taken down'}")
    still = [one for one in done if one.problem]
    if still:
        raise NetworkError(f"{len(still)} of {len(done)} posts are still there")


def _ask(count: int) -> None:
    question = f"Take {count} post{'s' if count > 1 else ''} down for good?"
    if not sys.stdin.isatty():
        raise NeedsPerson(question, remedy="--yes takes them down")
    if not typer.confirm(question, err=True):
        raise NeedsPerson("nothing was taken down")
