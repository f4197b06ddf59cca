"""What the docs say is so: every name is there, every command works, all of it is ours."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer.main

from bot import __version__
from bot.cards import TEMPLATES
from bot.cli import app
from bot.config import settings
from bot.scoring.features import FEATURES, TABLES
from bot.transcripts import FORMATS
from tests.cli.conftest import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = README + "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def commands() -> list[str]:
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", None)
        names += [f"{name} {inner}" for inner in below] if below else [name]
    return names


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_docs(name: str) -> None:
    first, *rest = name.split()
    assert re.search(rf"{first}\b.*\b{rest[0] if rest else ''}", DOCS)


@pytest.mark.parametrize("setting", list(settings()), ids=lambda one: ".".join(one.keys))
def test_every_setting_is_in_the_docs(setting) -> None:
    assert f"`{'.'.join(setting.keys)}`" in DOCS


@pytest.mark.parametrize("known", FORMATS, ids=lambda one: one.name)
def test_every_format_is_in_the_docs_as_its_reader_says(known) -> None:
    row = (known.description, known.programs, known.speakers, known.word_times, known.lost)
    table = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    assert f"\n| {' | '.join(row)} |\n" in table


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.__name__)
def test_every_feature_is_in_the_docs_as_its_docstring_says(feature) -> None:
    auc = r"\| (?:\.\d{3}|–) "
    row = re.search(rf"^\| `{feature.__name__}` \| (.*) {auc * 2}\|$", DOCS, re.MULTILINE)
    assert row, feature.__name__
    assert row[1] == " ".join(feature.__doc__.split())


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_n_grams_is_in_the_docs(table) -> None:
    assert re.search(rf"^\| `{table}` \| .* \|$", DOCS, re.MULTILINE)


@pytest.mark.parametrize(
    "name", [*TEMPLATES, *(path.stem for path in (ROOT / "assets/themes").glob("*.yaml"))]
)
def test_every_template_and_theme_is_in_the_docs(name: str) -> None:
    assert f"`{name}`" in DOCS


def examples() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line[2:] for line in lines if line.startswith("$ pullquote")]


def test_the_commands_of_the_readme_work(run: Run, own_folder: Path, sample: Path) -> None:
    assert len(examples()) >= 6
    (own_folder / "talk.txt").write_bytes(sample.read_bytes())
    first = ""
    for line in examples():
        arguments = [first if word == "QUOTE" else word for word in shlex.split(line)[1:]]
        assert run(*arguments).code == 0, line
        if not first and arguments[0] == "harvest":
            first = run("library", "list", "-n", "1", "--json").array[0]["id"]


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!https?:)[^)#]+)\)", DOCS))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "docs" / path).exists()


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_no_file_names_a_package_host_or_a_path_of_a_machine() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "deb." + "debian", "/work" + "/"]
    for path in tracked():
        if path.suffix in (".py", ".md", ".toml", ".txt", ".yaml", "") and path.is_file():
            text = path.read_text("utf-8", errors="ignore")
            assert not [host for host in hosts if host in text], path


def test_no_file_is_long_and_the_design_notes_are_short() -> None:
    long = [path for path in tracked() if path.suffix == ".py" and path.is_file()]
    allowed = {"lexicon.py", "wording_cases.py"}  # lists of words
    assert [
        path.name for path in long if len(path.read_text("utf-8").splitlines()) > 300
        and path.name not in allowed
    ] == []  # fmt: skip
    assert len((ROOT / "DESIGN.md").read_text("utf-8").splitlines()) <= 120


def test_the_changelog_opens_on_what_is_unreleased() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
