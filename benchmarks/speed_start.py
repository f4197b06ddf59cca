"""What a command costs from nothing, in an environment that holds only what running it needs."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.timing import command_ms

CHECKOUT = Path(__file__).parent.parent


def install(folder: Path) -> Path:
    """A new environment in the folder with the checkout in it; its ``python``.

    Without dependency groups, under constraints.txt where there is one.
    """
    home = folder / "environment"
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    constraints = CHECKOUT / "constraints.txt"
    limits = ["-c", str(constraints)] if constraints.is_file() else []
    pip = [str(scripts / "python"), "-m", "pip", "install", "-qq", *limits, str(CHECKOUT)]
    for command in ([sys.executable, "-m", "venv", str(home)], pip):
        if subprocess.run(command, stdout=sys.stderr).returncode:
            raise SystemExit("no environment to measure in: see above; --no-venv does without")
    return scripts / "python"


def tasks(
    transcript: Path, speaker: str, folder: Path, python: Path | None
) -> dict[str, Callable[[], float]]:
    """Each command with its clock; without a ``python`` the running one, on the checkout."""
    environment = _environment(folder, python)
    if python:
        bare, bot = [str(python)], [str(python.with_name("pullquote"))]
    else:
        bare, bot = [sys.executable], [sys.executable, "-m", "bot"]
    libraries = (folder / f"library-{number}.db" for number in count())

    def timed(*command: str) -> float:
        return command_ms(command, folder, environment)

    def harvest() -> float:
        wanted = ["harvest", str(transcript.absolute()), "--speaker", speaker, "--json"]
        return timed(*bot, "--library", str(next(libraries)), *wanted)

    return {
        "bare python": lambda: timed(*bare, "-c", "pass"),
        "--help": lambda: timed(*bot, "--help"),
        "harvest": harvest,
    }


def _environment(folder: Path, python: Path | None) -> dict[str, str]:
    """Ours without Python's switches: they may forbid compiled files or add imports."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if python:
        return plain
    compiled = str(folder / "compiled")  # the checkout stays as it is
    return {**plain, "PYTHONPATH": str(CHECKOUT), "PYTHONPYCACHEPREFIX": compiled}


def described(python: Path | None) -> str:
    """Which environment the commands ran in, in words."""
    if python:
        return "an environment made for it, run-time packages only"
    return f"the environment of this run, {sysconfig.get_path('purelib')}"
