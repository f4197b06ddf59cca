"""``card``: draw quotes of the library again, or words of your own that a talk says."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DryRun, Out, Template, Theme
from bot.cli.setup import Setup, look, out_folder
from bot.cli.show import as_json, is_inferred, say
from bot.clock import clock, clock_ms
from bot.errors import CardError, InputError, UsageError

if TYPE_CHECKING:
    from bot.cards import Drawn
    from bot.config import Project
    from bot.locate import Place
    from bot.model import Attribution, Candidate, Talk

_NEAR_MS = 60_000  # how far --at may be from where the words are said


def card(
    context: typer.Context,
    quotes: Annotated[
        list[str] | None, typer.Argument(help="Ids of quotes (`library list`).", show_default=False)
    ] = None,
    text: Annotated[str | None, typer.Option(help="Draw these words instead.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Who says them.", metavar="NAME")] = None,
    talk: Annotated[
        str | None, typer.Option(help="The transcript that has them.", metavar="FILE")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="When, as 32:36; the talk must say them there.")
    ] = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="No talk to check against: no time on the card.")
    ] = False,
    template: Template = None,
    theme: Theme = None,
    out: Out = None,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Draw cards of quotes: pullquote card kx3m9 --theme paper"""
    setup: Setup = context.obj
    project = setup.project()
    if bool(quotes) == bool(text):
        raise UsageError(
            "give the ids of quotes, or --text", remedy="`pullquote library list` shows the ids"
        )
    if text is None:
        pairs = _from_library(setup, project, quotes or [])
    else:
        pairs = [_own_words(project, text, speaker, talk, at, unverified=unverified)]
    chosen = look(project, template, theme)
    folder = None if dry_run else out_folder(project, out)
    from bot.pipeline import draw

    drawn = []
    for quote, of in pairs:
        for _, one in draw([quote], of, chosen, folder):
            if isinstance(one, CardError):
                raise one
            drawn.append(one)
    if as_array:
        as_json({"card": str(one.path), "alt": one.alt, "reused": one.reused} for one in drawn)
    else:
        _tell(drawn, dry_run=dry_run)


def _tell(drawn: "list[Drawn]", *, dry_run: bool) -> None:
    for one in drawn:
        state = "would be drawn" if dry_run else "was there" if one.reused else "drawn"
        typer.echo(f"{one.path}  ({state})")


def _from_library(
    setup: Setup, project: "Project", names: list[str]
) -> "list[tuple[Candidate, Talk]]":
    with setup.open(project, must_exist=True) as library:
        found = [library.quote(name) for name in names]
        talks = {quote.talk: library.talk(quote.talk) for quote in found}
    for quote in found:
        if quote.status == "retracted":
            raise InputError("was taken down for good", place=f"quote {quote.id}")
        if is_inferred(quote.attribution):
            say(f"note: {quote.id}: is this {quote.speaker}? nobody has confirmed it yet")
    return [(quote, talks[quote.talk]) for quote in found]


def _own_words(
    project: "Project",
    text: str,
    speaker: str | None,
    talk: str | None,
    at: str | None,
    *,
    unverified: bool,
) -> "tuple[Candidate, Talk]":
    """Words a person typed: as the talk says them, or without a time and said to be unverified."""
    from bot.model import Attribution, Candidate, Talk

    if unverified and (talk or at):
        raise UsageError("--unverified goes without --talk and --at", remedy="leave one out")
    if not unverified and not talk:
        raise UsageError(
            "a card needs a talk that has the words",
            remedy="name its transcript with --talk FILE, or say --unverified",
        )
    known = Attribution("given", 1.0) if speaker else None
    if unverified or talk is None:
        say("note: nothing was checked: whether these words were said is your word alone")
        own = Candidate(
            said=text, shown=text, edits=(), start_ms=0, end_ms=0, score=0.0, reasons=(),
            speaker=speaker, attribution=known, flags=("unverified",),
        )  # fmt: skip
        return own, Talk("own-words", "")
    return _verified(project, text, speaker, Path(talk), at)


def _verified(
    project: "Project", text: str, speaker: str | None, path: Path, at: str | None
) -> "tuple[Candidate, Talk]":
    from bot.locate import nearest, places
    from bot.model import Candidate, Talk
    from bot.sentences import stream
    from bot.transcripts import read
    from bot.wording import lost, trimmed

    transcript = read(path, max_mb=project.config.harvest.max_mb)
    turns = stream(transcript.cues)
    wanted_ms = _wanted_ms(at)
    found = list(places(turns, text))
    if wanted_ms is not None:
        found = [one for one in found if abs(one.start_ms - wanted_ms) <= _NEAR_MS]
    if not found:
        close = nearest(turns, text)
        offer = f"nearest, at {clock(close.start_ms)}: “{close.said}”" if close else ""
        where = f" near {at}" if at else ""
        raise InputError(f"the talk does not say these words{where}", place=str(path), remedy=offer)
    place = min(found, key=lambda one: abs(one.start_ms - (wanted_ms or 0)))
    reason = lost(place.before) or lost(place.after)
    if reason:
        whole = f"{place.before}{place.said}{place.after}"
        raise InputError(
            f"taken out of its sentence it {reason}", place=str(path), remedy=f"draw “{whole}”"
        )
    shown, edits = trimmed(place.said)
    name, known = _who_says(place, speaker, path)
    quote = Candidate(
        said=place.said, shown=shown, edits=edits, start_ms=place.start_ms, end_ms=place.end_ms,
        score=0.0, reasons=(), speaker=name, attribution=known,
    )  # fmt: skip
    last_ms = max(cue.end_ms for cue in transcript.cues)
    return quote, Talk(path.stem, transcript.details.title or path.stem, duration_ms=last_ms)


def _who_says(
    place: "Place", speaker: str | None, path: Path
) -> "tuple[str | None, Attribution | None]":
    """The speaker and how that is known; a name that the file's label contradicts is refused."""
    from bot.model import Attribution
    from bot.speakers import fuller_name, is_placeholder, match_label

    label = place.speaker
    if label is None or is_placeholder(label):
        return speaker, Attribution("given", 1.0) if speaker else None
    if speaker and match_label(speaker, [label]) is None:
        raise InputError(
            f"the file says that {label} says this, not {speaker}",
            place=str(path),
            remedy=f"draw it with --speaker '{label}'",
        )
    return fuller_name(speaker or label, label), Attribution("labelled", 1.0)


def _wanted_ms(at: str | None) -> int | None:
    if at is None:
        return None
    wanted_ms = clock_ms(at)
    if wanted_ms is None:
        raise UsageError(f"--at {at} is no time", remedy="write it as 32:36 or 1:02:03")
    return wanted_ms
