"""docs/licences.md names everything that is shipped or installed, and under what."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from benchmarks import licences
from tests.conftest import ROOT

PAGE = (ROOT / "docs/licences.md").read_text("utf-8")
PACKAGES = licences.packages()
TABLE = list(licences.table())
SHIPPED = ("assets/*", "bot/web/static/*")


def shipped() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *SHIPPED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def files() -> list[tuple[str, str]]:
    """The patterns of the table of files, each with its licence."""
    rows = re.findall(r"^\| (`(?:assets|bot)/.*?) \|.*\| (.*) \|$", PAGE, re.MULTILINE)
    return [(one, licence) for names, licence in rows for one in re.findall("`(.*?)`", names)]


@pytest.mark.parametrize("path", shipped())
def test_every_shipped_file_has_a_licence(path: str) -> None:
    assert {licence for pattern, licence in files() if fnmatch(path, pattern)} != set()


@pytest.mark.parametrize("pattern", [one for one, _ in files()])
def test_every_line_is_about_files_that_are_there(pattern: str) -> None:
    assert any(fnmatch(path, pattern) for path in shipped())


@pytest.mark.parametrize("one", PACKAGES, ids=lambda one: one.name)
def test_every_package_is_listed_with_its_licence(one: licences.Package) -> None:
    assert re.fullmatch(r"[A-Z0-9][\w.()+ -]+", one.licence), (
        "read its licence: benchmarks.licences"
    )
    assert next(line for line in TABLE if f"| {one.name} |" in line) in PAGE


def test_nothing_is_listed_that_is_not_pinned() -> None:
    listed = re.findall(r"^\| ([\w-]+) \| \d", PAGE, re.MULTILINE)
    assert (len(listed) >= len(PACKAGES), set(listed) - set(licences.pins())) == (True, set())


def test_what_is_copyleft_is_explained() -> None:
    explained = PAGE.partition("## What copyleft asks")[2]
    assert {one.name for one in PACKAGES if one.is_copyleft} >= {"psycopg", "python-bidi"}
    assert not [one.name for one in PACKAGES if one.is_copyleft and one.name not in explained]


def test_every_requirement_is_pinned() -> None:
    pinned = licences.pins()
    wanted = [one for several in licences.asked_for().values() for one in several]
    names = [canonicalize_name(re.match(r"[\w.-]+", one)[0]) for one in wanted]
    assert [name for name in names if name not in pinned] == []


def test_licence_texts_travel_in_the_wheel() -> None:
    texts = [path for path in shipped() if re.search(r"OFL|LICENSE|words/README", path)]
    patterns = re.search(r"license-files = \[(.*?)\]", (ROOT / "pyproject.toml").read_text())[1]
    wanted = [pattern.strip(' "') for pattern in patterns.split(",")]
    assert len(texts) == 8
    for path in texts:
        assert any(Path(path).match(pattern) for pattern in wanted), path
