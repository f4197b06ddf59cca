"""How fast transcripts are read: ``python -m benchmarks.reading FILE…``.

For each file the CPU time of reading it (median of rounds, one before them to warm up), and how
many files of one hour a second that makes: files are scaled by the length of their recording.
"""

from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from benchmarks.timing import cpu_ms
from bot.errors import BotError
from bot.transcripts import read_bytes

_HOUR_MS = 3_600_000


def main(
    files: Annotated[list[Path], typer.Argument(help="Transcripts.")],
    rounds: Annotated[int, typer.Option(min=1, help="How often each is read.")] = 15,
) -> None:
    """Print, a line a file: cues, hours, milliseconds, hour-long files a second."""
    typer.echo("cues  hours  ms   hour-long files a second")
    for path in files:
        raw = path.read_bytes()
        try:
            cues = read_bytes(raw, str(path)).cues
        except BotError as error:
            typer.echo(f"left out: {error}", err=True)
            continue
        hours = max(cue.end_ms for cue in cues) / _HOUR_MS
        taken = median(cpu_ms(partial(read_bytes, raw, "talk")) for _ in range(rounds))
        rate = 1000 * hours / taken
        typer.echo(f"{len(cues):>4}  {hours:5.2f}  {taken:5.1f}  {rate:6.1f}  {path.name}")


if __name__ == "__main__":
    typer.run(main)
