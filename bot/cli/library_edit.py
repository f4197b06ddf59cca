"""``library edit``: a talk's sheet in the person's own editor, applied when that ends."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.library_decide import Audience, Yes
from bot.cli.library_sheets import take
from bot.cli.options import DryRun
from bot.cli.setup import Setup
from bot.cli.show import say
from bot.errors import BotError, InputError, LibraryError, NeedsPerson, UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.library import Library
    from bot.library.sheets import Answers


def edit(
    context: typer.Context,
    talk: Annotated[str, typer.Argument(help="Id of a talk.", show_default=False)],
    yes: Yes = False,
    audience: Audience = False,
    dry_run: DryRun = False,
) -> None:
    """Decide on a talk's quotes in your editor: pullquote library edit small-libraries"""
    from bot.library.sheets import Answers, sheet_text

    setup: Setup = context.obj
    project, editor = setup.project(), _editor()
    with setup.open(project, dry_run=dry_run, must_exist=True) as library:
        name = library.talk(talk).id
        before = sheet_text(library, name)
        path = Path(tempfile.mkdtemp(prefix="pullquote-")) / f"{name}.yaml"
        path.write_text(before, "utf-8")
        try:
            _until_it_is_right(library, project, path, (editor, before, Answers(yes, audience)))
        except (BotError, KeyboardInterrupt):
            say(f"what you wrote is kept in {path}")
            raise
        shutil.rmtree(path.parent)


def _until_it_is_right(
    library: "Library",
    project: "Project",
    path: Path,
    how: "tuple[list[str], str, Answers]",
) -> None:
    """Open the sheet, apply it, and on an error, at a terminal, offer to open it again."""
    editor, before, answers = how
    while True:
        _open(editor, path)
        try:
            return _apply(library, project, path, before, answers)
        except (InputError, NeedsPerson) as error:
            if not sys.stdin.isatty():
                raise
            say(f"error: {error}")
            if not typer.confirm("Open it again?", default=True, err=True):
                raise


def _apply(
    library: "Library", project: "Project", path: Path, before: str, answers: "Answers"
) -> None:
    from bot.library.sheets.files import read_text

    text = read_text(path)
    if text == before:
        say("nothing was changed")
        return
    take(library, project, {path: text}, answers)


def _editor() -> list[str]:
    """The person's editor, as a command; UsageError when there is none."""
    for variable in ("VISUAL", "EDITOR"):
        if command := shlex.split(os.environ.get(variable, "")):
            return command
    found = next((name for name in ("nano", "vi", "notepad") if shutil.which(name)), None)
    if found is None:
        raise UsageError("no editor is known", remedy="set EDITOR, as in EDITOR=nano")
    return [found]


def _open(editor: list[str], path: Path) -> None:
    try:
        ended = subprocess.run([*editor, str(path)], check=False)  # noqa: S603 - their own editor
    except OSError as error:
        remedy = "set EDITOR to one that is there"
        raise UsageError(f"{editor[0]} cannot be run ({error.strerror})", remedy=remedy) from error
    if ended.returncode:
        reason = f"{editor[0]} ended with {ended.returncode}: nothing was changed"
        raise LibraryError(reason, remedy="try again")
