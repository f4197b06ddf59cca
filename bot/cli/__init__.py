"""The command line: one file per command group, and the one place that catches errors."""

import atexit
import errno
import gc
import io
import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from bot import __version__
from bot.cli import (
    card,
    doctor,
    export,
    follow,
    gallery,
    harvest,
    init,
    library,
    library_backup,
    library_copy,
    make,
    network,
    network_reconcile,
    publish,
    schedule,
    schedule_calendar,
    schedule_settle,
    sentences,
    unpublish,
    web,
)
from bot.cli.setup import Setup
from bot.errors import BotError, InputError

EPILOG = "Try it: pullquote make talk.vtt --speaker 'Ann Lee'   ·   pullquote COMMAND --help"

_SHOWN = 40  # letters of a name that is far too long


class _Commands(TyperGroup):
    """All of them: a path that no file system can have is told of alike, wherever it is typed."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; ``InputError`` for a name too long."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            place = f"{str(error.filename)[:_SHOWN]}…"
            reason = "is longer than the name of a file may be"
            raise InputError(reason, place=place, remedy="check the path") from error


app = typer.Typer(
    name="pullquote",
    cls=_Commands,
    help="From the transcript of a talk to quotes people share.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(make.make)
app.command()(harvest.harvest)
app.command()(follow.follow)
app.command()(sentences.sentences)
app.command()(card.card)
app.command()(gallery.gallery)
app.command()(init.init)
app.command()(doctor.doctor)
for command in (library_backup.backup, library_backup.restore, library_backup.upgrade):
    library.app.command()(command)
library.app.command()(library_copy.copy)
app.command()(publish.publish)
app.command()(unpublish.unpublish)
app.command()(export.export)
app.add_typer(library.app, name="library")
network.app.command()(network_reconcile.reconcile)
app.add_typer(network.app, name="network")
schedule.app.command()(schedule_calendar.calendar)
schedule.app.command()(schedule_settle.settle)
app.add_typer(schedule.app, name="schedule")
app.add_typer(web.app, name="web")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pullquote {__version__}")
        raise typer.Exit


@app.callback()
def _setup(
    context: typer.Context,
    config: Annotated[
        str | None, typer.Option(help="The config.yaml to use.", metavar="FILE")
    ] = None,
    library_place: Annotated[
        str | None,
        typer.Option("--library", help="The library: a file or a database URL.", metavar="PLACE"),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = Setup(config, library_place)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; every error is one line on standard error and an exit code."""
    gc.set_threshold(200_000)  # imports leave no garbage: to look for it costs a tenth of a second
    atexit.register(gc.freeze)  # nor does a process that ends need a last look
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without “ ” gets ? and no traceback
    try:
        app(arguments, prog_name="pullquote")
    except BotError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("PULLQUOTE_DEBUG"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        _fail(f"something unforeseen: {what}; PULLQUOTE_DEBUG=1 shows where, please report it", 1)
    sys.exit(0)


def _fail(message: str, exit_code: int) -> NoReturn:
    label = "\x1b[1;31merror:\x1b[0m" if sys.stderr.isatty() else "error:"
    typer.echo(f"{label} {message}", err=True)
    sys.exit(exit_code)
