"""``doctor`` about packages: those that are missing, and what each extra is for."""

import tomllib
from pathlib import Path

import pytest

from bot.checkup import program
from tests.cli.conftest import Run
from tests.cli.test_doctor import found, settings
from tests.conftest import ROOT


@pytest.fixture
def installed(tmp_path: Path, monkeypatch) -> Path:
    """What pip notes of a pullquote that wants a package nobody has."""
    noted = tmp_path / "site/pullquote-0.1.0.dist-info"
    noted.mkdir(parents=True)
    wants = ["nltk", "nosuch-glue>=1", "nosuch-bird>=2; extra == 'bluesky'"]
    lines = ["Metadata-Version: 2.1", "Name: pullquote", "Version: 0.1.0"]
    lines += [f"Requires-Dist: {one}" for one in wants]
    (noted / "METADATA").write_text("\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(noted.parent)
    return noted


@pytest.mark.about_the_file
def test_packages_that_are_not_there_are_told(run: Run, project: Path, installed: Path) -> None:
    told = found(run, "--only", "program")
    assert (told["packages"]["ok"], told["[bluesky]"]["ok"]) == (False, None)
    assert "missing: nosuch-glue" in told["packages"]["found"]
    settings("accounts:\n  main: {network: bluesky}\n")(project)
    told = found(run, "--only", "program")["[bluesky]"]
    assert (told["ok"], "account main needs it" in told["found"]) == (False, True)
    assert told["remedy"] == "pip install 'pullquote[bluesky]'"


def test_every_extra_is_said_what_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(program.EXTRAS) == set(project["optional-dependencies"])
