"""Who may do what with the packages that Pullquote runs on: ``python -m benchmarks.licences``.

Prints the table of docs/licences.md from the packages' own metadata, for what pyproject.toml asks
for and all that comes with it; ``--write`` puts it into the file. What metadata do not say as an
SPDX expression (https://spdx.org/licenses/) was read in the licence texts, and stands below.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/licences.md"
COPYLEFT = ("GPL", "MPL", "CC-BY-SA", "EPL", "EUPL")
_BEGIN, _END = "<!-- packages -->\n", "<!-- end -->"
_READ = {  # in the licence's text, where the metadata say nothing or only “BSD”, “LGPL”
    "backports-tarfile": "MIT",
    "cronsim": "BSD-3-Clause",
    "gguf": "MIT",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "jaraco-classes": "MIT",
    "partd": "BSD-3-Clause",
    "python-bidi": "LGPL-3.0-or-later",
    "s3fs": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "tokenizers": "Apache-2.0",
    "ttconv": "BSD-2-Clause",
    "tweepy": "MIT",
    "twitter-text-parser": "MIT",
    "zict": "BSD-3-Clause",
}
_WRITTEN = {  # how some write an SPDX name
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "ISC License": "ISC",
    "PSFL": "PSF-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",  # python-dateutil before 4
}


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package: its version in constraints.txt, its licence, which extras bring it if any."""

    name: str
    version: str
    licence: str
    extras: tuple[str, ...]

    @property
    def is_copyleft(self) -> bool:
        """Whether a licence asks something of those who pass it on changed."""
        return any(one in self.licence for one in COPYLEFT)


def asked_for() -> dict[str, list[str]]:
    """The requirements of pyproject.toml by extra, those of the program under ""."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


def pins() -> dict[str, str]:
    """The versions of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    parts = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in parts}


def packages() -> list[Package]:
    """Every package that is installed with the program or one of its extras, by name."""
    asking: dict[str, set[str]] = {}
    for extra, requirements in asked_for().items():
        for name in _closure(requirements):
            asking.setdefault(name, set()).add(extra)
    pinned = pins()
    return sorted(
        Package(name, pinned[name], licence_of(name), _extras(by)) for name, by in asking.items()
    )


def _extras(by: set[str]) -> tuple[str, ...]:
    return () if "" in by else tuple(sorted(by))


def _closure(requirements: list[str]) -> set[str]:
    """The names of packages and of all that they need on this machine."""
    found: set[str] = set()
    waiting = [(Requirement(one), "") for one in requirements]
    met: set[tuple[str, ...]] = set()
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        if (name, *wanted.extras) in met:
            continue
        met.add((name, *wanted.extras))
        found.add(name)
        needs = [Requirement(one) for one in distribution(name).requires or []]
        waiting += [(one, inner) for one in needs for inner in ("", *wanted.extras)]
    return found


def licence_of(name: str) -> str:
    """A package's licence as an SPDX expression; empty where nobody has read it yet."""
    if name in _READ:
        return _READ[name]
    told = distribution(name).metadata
    named = [told[key] for key in ("License-Expression", "License") if key in told]
    written = next((one.strip() for one in named if one.strip()), "")
    return _WRITTEN.get(written, written.partition("\n")[0])


def table() -> Iterator[str]:
    """The lines of the table."""
    yield "| package | version | licence | comes with |"
    yield "|---|---|---|---|"
    for one in packages():
        licence = f"**{one.licence}**" if one.is_copyleft else one.licence
        by = ", ".join(f"`[{extra}]`" for extra in one.extras) or "pullquote"
        yield f"| {one.name} | {one.version} | {licence} | {by} |"


def written(text: str, lines: str) -> str:
    """The page with these lines as its table."""
    return re.sub(f"(?s){_BEGIN}.*?{_END}", lambda _: f"{_BEGIN}{lines}\n{_END}", text)


def main() -> None:
    """Print the table, or write it into the page."""
    try:
        lines = "\n".join(table())
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed: make test installs all that is asked for")
    if "--write" in sys.argv[1:]:
        PAGE.write_text(written(PAGE.read_text("utf-8"), lines), "utf-8")
    else:
        print(lines)


if __name__ == "__main__":
    main()
