"""The options that several commands share, each with one name and one line of help."""

import re
from pathlib import Path
from typing import Annotated

import typer

from bot import model
from bot.clock import clock_ms
from bot.errors import UsageError

# ``readable=False``: whether a file can be read is told by the reader, in one line.
Talks = Annotated[
    list[str], typer.Argument(help="Transcript files or addresses.", show_default=False)
]
MaybeTalks = Annotated[
    list[str] | None,
    typer.Argument(
        help="Transcripts: files, folders, archives, patterns, addresses.", show_default=False
    ),
]
Talk = Annotated[
    Path, typer.Argument(help="A transcript file.", show_default=False, readable=False)
]
Speaker = Annotated[str | None, typer.Option(help="The main speaker's name.", metavar="NAME")]
Voices = Annotated[
    list[str] | None,
    typer.Option(
        "--speaker-map", help="A name for a voice: SPEAKER_00=Ada Quill.", metavar="LABEL=NAME"
    ),
]
Title = Annotated[str | None, typer.Option(help="The talk's title, else as the file says.")]
Event = Annotated[str | None, typer.Option(help="Where it was held.")]
Url = Annotated[str | None, typer.Option(help="Where the recording is: https://…")]
Timeline = Annotated[
    model.Timeline | None,
    typer.Option(help="shifted: the copy people hear has other adverts.", metavar="exact|shifted"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all of it, keep nothing.")]
Template = Annotated[
    str | None,
    typer.Option(
        help="square, portrait, landscape, story, reel, carousel, your own.", metavar="NAME"
    ),
]
Theme = Annotated[
    str | None, typer.Option(help="Card look; `pullquote gallery` shows all.", metavar="NAME")
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder for the cards.", metavar="DIR")
]


def details_of(
    title: str | None, event: str | None, url: str | None, timeline: model.Timeline | None
) -> model.Details:
    """What the options say of a talk; ``UsageError`` for an address that is none."""
    if url and not re.match(r"https?://[^/\s]+", url):
        raise UsageError(f"--url {url} is no address", remedy="write it as https://…")
    return model.Details(title=title, event=event, url=url, timeline=timeline)


def only_of_one(talks: int, details: model.Details) -> None:
    """``UsageError`` when what is of one talk is said of several."""
    if talks > 1 and (details.title or details.url):
        remedy = "give the talks one after another"
        raise UsageError("--title and --url are of one talk", remedy=remedy)


def wanted_ms_of(at: str | None) -> int | None:
    """The time that --at names, in milliseconds; ``UsageError`` for what is none."""
    if at is None:
        return None
    wanted_ms = clock_ms(at)
    if wanted_ms is None:
        raise UsageError(f"--at {at} is no time", remedy="write it as 32:36 or 1:02:03")
    return wanted_ms
