"""A table of quotes brought to the library: what the rows changed, and which were bad."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.library_sheets import say_decided
from bot.cli.setup import Setup, now, who
from bot.cli.show import if_dry, say
from bot.errors import InputError, NeedsPerson, SheetError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.library.sheets import Answers

_SHOWN = 20  # bad rows told one by one


def import_table(
    setup: Setup,
    project: "Project",
    path: Path,
    talk: str | None,
    answers: "Answers",
    *,
    dry_run: bool,
) -> None:
    """Apply the rows of a CSV; bad ones are told and end in exit code 3, the rest is kept."""
    from bot.library.changes import Author
    from bot.library.tables import Asked, apply_rows, table_rows

    rows, remarks = table_rows(_bytes(path), path)
    with (
        setup.open(project, dry_run=dry_run, must_exist=True) as library,
        library.store.write() as connection,
    ):
        asked = Asked(talk, Author(who(), now()), answers, project.config.glossary)
        applied = apply_rows(connection, rows, path, asked)
    kept = if_dry(dry_run)
    for remark in remarks:
        say(f"note: {remark}")
    for quote in applied.changed:
        say_decided(quote, dry_run=dry_run)
    for error in applied.errors[:_SHOWN]:
        say(str(error))
    if len(applied.errors) > _SHOWN:
        say(f"… and {len(applied.errors) - _SHOWN} more")
    changing = len(rows) - applied.unchanged - len(applied.errors)  # several may be of one quote
    say(f"{changing} rows changed something, {applied.unchanged} did not{kept}")
    if applied.errors:
        waiting = all(isinstance(one, NeedsPerson) for one in applied.errors)
        kind = NeedsPerson if waiting else InputError
        reason = f"{len(applied.errors)} of {len(rows)} rows were not taken"
        raise kind(reason, place=str(path), remedy="mend those, and import it again")


def _bytes(path: Path) -> bytes:
    """The bytes of a table."""
    most = 20_000_000
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        remedy = "name a CSV that can be read"
        raise SheetError(path, f"cannot be read ({error.strerror})", remedy=remedy) from error
    if len(raw) > most:
        raise SheetError(path, "is too large", remedy="split it, below 20 MB")
    return raw
