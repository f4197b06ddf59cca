"""Sheets as they were at a revision of the repository they are kept in, read with git."""

import subprocess
from pathlib import Path

from bot.errors import InputError, UsageError

_LIMIT_SECONDS = 60


def commit_of(folder: Path, reference: str) -> str:
    """The commit a person names by branch, tag or hash; UsageError when there is none."""
    try:
        wanted = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"]
        return _git(folder, *wanted).decode().strip()
    except subprocess.CalledProcessError as error:
        shallow = "fetch it first (a shallow clone has only the last commit)"
        reason = f"--base {reference}: there is no such revision in {folder}"
        raise UsageError(reason, remedy=shallow) from error


def sheets_at(folder: Path, commit: str) -> dict[str, bytes]:
    """The sheets of a folder at a commit: name → bytes; links are not among them."""
    listed = _git(folder, "ls-tree", "-z", commit, "--", "./").decode("utf-8", "surrogateescape")
    found = {}
    for line in listed.split("\0"):
        about, _, name = line.partition("\t")
        mode, kind, blob = [*about.split(), "", "", ""][:3]
        if kind == "blob" and mode.startswith("100") and name.endswith(".yaml"):
            found[Path(name).name] = _git(folder, "cat-file", "blob", blob)
    return found


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a fixed command; what a person named is an argument
            command, check=True, capture_output=True, timeout=_LIMIT_SECONDS
        ).stdout
    except FileNotFoundError as error:
        raise InputError("git is not installed", remedy="install git") from error
    except subprocess.TimeoutExpired as error:
        raise InputError("git took too long", place=str(folder), remedy="try again") from error
