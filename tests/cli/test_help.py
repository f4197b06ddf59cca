"""``--help`` everywhere: an example, no effects; ``init``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.assets import default_config
from bot.cli import app
from tests.cli.conftest import Run


def commands(group: Any, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command and group there is, by its words."""
    yield above
    for name, below in getattr(group, "commands", {}).items():
        yield from commands(below, *above, name)


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_no_effects(
    run: Run, command: tuple[str, ...], own_folder: Path
) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert " ".join(("pullquote", *command)) in " ".join(ran.out.replace("│", " ").split())
    assert not list(own_folder.iterdir())


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert "make" in run().err + run().out


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("pullquote ")


def test_init_writes_the_shipped_settings_once(run: Run, own_folder: Path) -> None:
    assert run("init", "my talks").code == 0
    assert (own_folder / "my talks/config.yaml").read_text("utf-8") == default_config()
    ran = run("init", "my talks")
    assert (ran.code, "config.yaml" in ran.error) == (2, True)


def test_init_in_dry_run_writes_nothing(run: Run, own_folder: Path) -> None:
    assert run("init", "--dry-run").code == 0
    assert not list(own_folder.iterdir())


def test_init_where_nothing_can_be_written(run: Run, own_folder: Path) -> None:
    (own_folder / "file").write_text("")
    assert run("init", "file/below").code == 3
