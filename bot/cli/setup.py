"""From options, environment and config.yaml to a project, its library and its look."""

import getpass
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.cards import Look
    from bot.config import Project
    from bot.drawing import Dress
    from bot.library import Library
    from bot.pipeline import Cast


@dataclass(frozen=True, slots=True)
class Setup:
    """The options that stand before a command's name."""

    config: str | None = None
    library: str | None = None

    def project(self) -> "Project":
        """The settings that hold here; ``ConfigError`` names the line that is wrong."""
        from msgspec import structs

        from bot.config import has_password, load, password_error
        from bot.errors import ConfigError

        path = Path(self.config) if self.config else None
        if path and not path.is_file():
            raise ConfigError(path, "there is no such file", remedy="`pullquote init` makes one")
        found = load(Path.cwd(), path=path)
        if self.library and has_password(self.library):
            raise password_error("--library")
        if self.library:
            place = self.library if "://" in self.library else str(Path(self.library).absolute())
            return replace(found, config=structs.replace(found.config, library=place))
        return found

    def has_library(self, project: "Project") -> bool:
        """Whether a library belongs here: a project's, or one that was named."""
        from bot.settings import Config

        return project.path is not None or project.config.library != Config().library

    @contextmanager
    def open(
        self, project: "Project", *, dry_run: bool = False, must_exist: bool = False
    ) -> "Iterator[Library]":
        """The project's library; outside a project one in memory, which is gone afterwards."""
        from bot.library import Library
        from bot.store import open_store

        kept = must_exist or self.has_library(project)
        place = self.place(project) if kept else "sqlite://"
        with open_store(place, create=not must_exist, dry_run=dry_run) as store:
            yield Library(store)

    def place(self, project: "Project") -> str:
        """Where the project's library is, or will be; ``LibraryError`` outside a project."""
        from bot.errors import LibraryError

        place = project.config.library
        if not self.has_library(project):
            raise LibraryError(
                "no config.yaml here or above, so no library",
                place=str(Path.cwd()),
                remedy="go to your project's folder, or make one with `pullquote init`",
            )
        return place if "://" in place else str(project.folder / place)


def say_how_logo_looks(wears: "Dress", chosen: "Look") -> None:
    """A remark when the logo stands in a box of its own."""
    from bot.cards import shows_box
    from bot.cli.show import say

    if wears.logo and shows_box(wears.logo, chosen.theme.background.start):
        say("note: the logo has no clear ground and shows as a box; save it as PNG with one")


def out_folder(project: "Project", out: Path | None) -> Path:
    """Where cards go: the option from here, the setting from the project's folder."""
    if out:
        return out
    folder = project.folder / project.config.card.out
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def who() -> str:
    """The person at the keyboard, by their login name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def cast(
    project: "Project",
    speaker: str | None,
    pairs: "list[str] | None" = None,
    usual: str | None = None,
) -> "Cast":
    """Who speaks, by --speaker, --speaker-map, what else is known, and the settings."""
    from bot.pipeline import Cast

    named = (speaker,) if speaker else ()
    return Cast(named, usual or project.config.speaker, _voices(pairs))


def _voices(pairs: "list[str] | None") -> dict[str, str]:
    """Names of voices as --speaker-map gives them; ``UsageError`` for what is no pair."""
    from bot.errors import UsageError
    from bot.talks.cells import voices_of

    try:
        return {label: name for pair in pairs or () for label, name in voices_of(pair).items()}
    except ValueError as error:
        remedy = 'write it as --speaker-map "SPEAKER_00=Ada Quill"'
        raise UsageError(f"--speaker-map {error}", remedy=remedy) from error


def say_where_kept(setup: Setup, project: "Project", *, dry_run: bool) -> None:
    """A remark when nothing was kept, and why."""
    from bot.cli.show import say

    if dry_run:
        say("dry run: nothing was kept")
    elif not setup.has_library(project):
        say("no project here, so no library was kept: `pullquote init` makes one")
