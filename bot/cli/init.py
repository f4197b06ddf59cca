"""``init``: a folder of one's own, with settings, library and assets."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DryRun
from bot.errors import InputError, UsageError
from bot.whole import write_whole

_FOLDERS = ("quotes", "assets/fonts", "assets/themes", "assets/templates")
_IGNORED = "# the library is a database; the sheets beside it belong under version control\n*.db*\n"


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make a project in.")] = Path(),
    dry_run: DryRun = False,
) -> None:
    """Make a project folder with a config.yaml: pullquote init my-podcast"""
    from bot.assets import default_config

    config = folder / "config.yaml"
    if config.exists():
        raise UsageError("there is one already", place=str(config), remedy="edit it as it is")
    if not dry_run:
        _write(folder, config, default_config())
    typer.echo(f"{config}: every setting with its default" + (" (dry run)" if dry_run else ""))
    typer.echo("next: pullquote make TALK --speaker 'NAME'")


def _write(folder: Path, config: Path, text: str) -> None:
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        ignored = folder / "quotes/.gitignore"
        if not ignored.exists():
            write_whole({ignored: _IGNORED.encode()})
        write_whole({config: text.encode()})
    except OSError as error:
        raise InputError(
            f"cannot be made: {error.strerror}", place=str(folder), remedy="choose another folder"
        ) from error
