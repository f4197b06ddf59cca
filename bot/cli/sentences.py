"""``sentences``: what the scorer sees of a talk, and what was read of its file; saves nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, Speaker, Talk, Voices
from bot.cli.setup import cast
from bot.cli.show import as_json, at, say, sentence_json, who_says

if TYPE_CHECKING:
    from bot.model import Removed, Transcript
    from bot.pipeline import Reading


def sentences(
    context: typer.Context,
    talk: Talk,
    speaker: Speaker = None,
    speaker_map: Voices = None,
    report: Annotated[
        bool, typer.Option("--report", help="Say what was read and what was not.")
    ] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="List what was left out of the file, and why.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """Show a talk's sentences with their times, saving nothing: pullquote sentences talk.vtt"""
    from bot.pipeline import read_talk

    project = context.obj.project()
    reading = read_talk(talk, cast(project, speaker, speaker_map), project.config.harvest.max_mb)
    if report:
        for line in _report(reading):
            say(line) if as_array or removed else typer.echo(line)
    if as_array:
        as_json(map(asdict, reading.transcript.removed)) if removed else as_json(
            map(sentence_json, reading.sentences)
        )
    elif removed:
        for gone in reading.transcript.removed:
            typer.echo(_removed_line(gone))
    elif not report:
        for one in reading.sentences:
            name = f"{who_says(one)}: " if one.speaker else ""
            typer.echo(f"{at(one.start_ms, one.approximate):>8}  {name}{one.text}")


def _report(reading: "Reading") -> Iterator[str]:
    """What was read, what was not and why, a line each."""
    transcript = reading.transcript
    yield f"{transcript.source}: {transcript.format}"
    yield f"  cues in the file  {transcript.cues_present}"
    yield f"  cues read         {len(transcript.cues)}"
    if transcript.merged:
        yield f"  cues merged       {transcript.merged}, into those read"
    yield from _left_out(transcript)
    yield f"  sentences         {len(reading.sentences)}{_about(reading)}"
    voices = Counter(who_says(one) for one in reading.sentences if one.speaker)
    for voice, times in voices.most_common():
        yield f"  said by           {voice}: {times}"
    for event, times in Counter(one.text for one in reading.events).items():
        yield f"  heard             {event}" + (f" × {times}" if times > 1 else "")
    for note in transcript.notes:
        yield f"  note              {note}"


def _left_out(transcript: "Transcript") -> Iterator[str]:
    whole = sum(one.whole for one in transcript.removed)
    if whole:
        yield f"  cues left out     {whole}"
    if whole < len(transcript.removed):
        yield f"  cues shortened    {len(transcript.removed) - whole}"
    if transcript.removed:
        yield "                    (--removed lists them)"


def _about(reading: "Reading") -> str:
    rough = sum(one.approximate for one in reading.sentences)
    return f", {rough} at about their time" if rough else ""


def _removed_line(gone: "Removed") -> str:
    """When, where, what and why: ``3:32  line 88  "Okay."  a recogniser's loop``."""
    when = at(gone.start_ms, approximate=False) if gone.start_ms is not None else "?"
    where = f"  line {gone.line}" if gone.line else ""
    words = f"  “{gone.text}”" if gone.text else ""
    return f"{when:>8}{where}{words}  {gone.why}"
