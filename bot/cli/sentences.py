"""``sentences``: what the scorer sees of a talk, and what was read of its file; saves nothing."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, Speaker, Talk
from bot.cli.show import as_json, at, say, sentence_json, who_says

if TYPE_CHECKING:
    from bot.pipeline import Reading


def sentences(
    context: typer.Context,
    talk: Talk,
    speaker: Speaker = None,
    report: Annotated[
        bool, typer.Option("--report", help="Say what was read and what was not.")
    ] = False,
    as_array: AsJson = False,
) -> None:
    """Show a talk's sentences with their times, saving nothing: pullquote sentences talk.vtt"""
    from bot.pipeline import read_talk

    config = context.obj.project().config
    reading = read_talk(talk, speaker, config.harvest.max_mb, config.speaker)
    if report:
        _report(reading)
    if as_array:
        as_json(map(sentence_json, reading.sentences))
    elif not report:
        for one in reading.sentences:
            name = f"{who_says(one)}: " if one.speaker else ""
            typer.echo(f"{at(one.start_ms, one.approximate):>8}  {name}{one.text}")


def _report(reading: "Reading") -> None:
    """What was read, what was not and why, on standard error."""
    transcript = reading.transcript
    say(f"{transcript.source}: {transcript.format}")
    say(f"  cues in the file  {transcript.cues_present}")
    say(f"  cues read         {len(transcript.cues)}")
    say(f"  sentences         {len(reading.sentences)}")
    for event, times in Counter(one.text for one in reading.events).items():
        say(f"  heard             {event}" + (f" × {times}" if times > 1 else ""))
    for note in transcript.notes:
        say(f"  note              {note}")
