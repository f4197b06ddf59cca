"""``python -m bot.transcripts``: the table of formats in docs/formats.md."""

import typer

from bot.transcripts import FORMATS

typer.echo("| format | written by | speakers | word times | not taken |\n|---|---|---|---|---|")
for known in FORMATS:
    row = (known.description, known.programs, known.speakers, known.word_times, known.lost)
    typer.echo(f"| {' | '.join(row)} |")
