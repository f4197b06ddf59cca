"""``library search``: quotes, or lines of transcripts, by what they say and who says it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson
from bot.cli.setup import Setup
from bot.cli.show import as_json, at, console, marked_text, quotes_table, say
from bot.model import quote_json

if TYPE_CHECKING:
    from bot.library import Found, Library, Line


def search(
    context: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(help="Words, and filters as docs/library.md has them.", show_default=False),
    ],
    count: Annotated[int, typer.Option("-n", min=1, help="How many at most.")] = 20,
    transcripts: Annotated[
        bool, typer.Option("--transcripts", help="Look in all that was said, picked or not.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """Find quotes: pullquote library search 'speaker:ada status:approved storm'"""
    setup: Setup = context.obj
    asked = " ".join(query)
    with setup.open(setup.project(), must_exist=True) as library:
        if transcripts:
            _lines(library, asked, count, as_array=as_array)
            return
        found = library.search(asked, count)
    if as_array:
        as_json(_quote_json(found))
        return
    show_found(found, "no quote is like that: try fewer words, or --transcripts")


def filters(named: Mapping[str, str | None]) -> Iterator[str]:
    """Options as they are written in a query; None says nothing."""
    for key, value in named.items():
        if value is not None:
            whole = value.replace('"', " ")
            yield f'{key}:"{whole}"'


def show_found(found: "Found", nothing: str) -> None:
    """What was found as a table, and how much more there is."""
    if not found.quotes:
        say(nothing)
        return
    quotes_table(found.quotes, found.marked)
    if found.more or found.total > len(found.quotes):
        total = f"{'more than ' if found.more else ''}{found.total:,}"
        say(f"{len(found.quotes)} of {total}; -n shows more")


def _quote_json(found: "Found") -> list[dict[str, Any]]:
    pairs = zip(found.quotes, found.marked, strict=True)
    return [{**quote_json(quote), "marked": marked} for quote, marked in pairs]


def _lines(library: "Library", asked: str, count: int, *, as_array: bool) -> None:
    found = library.search_lines(asked, count)
    if as_array:
        as_json(asdict(line) for line in found.lines)
        return
    for line in found.lines:
        _print(line)
    if not found.lines:
        say("no talk says that: try fewer words")
    elif found.more:
        say(f"the first {len(found.lines)}; -n shows more")


def _print(line: "Line") -> None:
    from rich.padding import Padding
    from rich.text import Text

    when = at(line.start_ms, approximate=False)
    speaker = f", {line.speaker}" if line.speaker else ""
    console().print(Text(f"{when:>8}  ", style="bold").append(line.talk + speaker, style="dim"))
    console().print(Padding(marked_text(line.text, line.marked), (0, 0, 1, 10)))
