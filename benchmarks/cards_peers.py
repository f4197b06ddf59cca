"""Renderers that run in node: made ready in ``build/peers``, asked for one round after another.

A peer reads a line of JSON, the job, and answers each further line with a line of JSON.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer

from benchmarks.cards_results import Lap

SOURCES = Path(__file__).parent / "peers"
HOME = SOURCES.parent.parent / "build" / "peers"
PACKAGES = {
    "takumi": ("@takumi-rs/core",),
    "satori": ("satori", "@resvg/resvg-js"),
    "chromium": ("playwright-core",),
}
_BROWSERS = ("chromium", "chromium-browser")
_NPM = ("install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
_LONGEST = 600  # seconds a peer may take for one answer
_LEAVE = 30  # seconds it may take to end


class PeerError(Exception):
    """Why a renderer is not there."""


def prepare(install: bool, home: Path = HOME) -> None:
    """The scripts copied to where they run and, if asked for, what they need installed."""
    home.mkdir(parents=True, exist_ok=True)
    for source in (*SOURCES.glob("*.mjs"), SOURCES / "package.json"):
        shutil.copy(source, home)
    npm = shutil.which("npm")
    if install and npm and any(lacking(script, home) for script in PACKAGES):
        subprocess.run([npm, *_NPM], cwd=home, stdout=sys.stderr, check=False)


def pinned() -> dict[str, str]:
    """The versions we compare to, by package."""
    versions = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {str(name): str(version) for name, version in versions.items()}


def versions(script: str) -> dict[str, str]:
    """The packages a script draws with."""
    return {name: pinned()[name] for name in PACKAGES[script]}


def lacking(script: str, home: Path = HOME) -> list[str]:
    """What a script needs and is not installed, as ``name version``."""
    wanted = versions(script).items()
    return [f"{name} {one}" for name, one in wanted if _installed(name, home) != one]


def _installed(package: str, home: Path) -> str:
    about = home / "node_modules" / package / "package.json"
    return str(json.loads(about.read_bytes())["version"]) if about.is_file() else ""


def browser() -> str:
    """The browser's command, or nothing."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), "")


def command(script: str, home: Path = HOME) -> list[str]:
    """How a peer is started; ``PeerError`` says what it lacks."""
    node = shutil.which("node")
    if not node:
        raise PeerError("node is not on the PATH")
    lacks = lacking(script, home)
    if lacks:
        raise PeerError(f"{', '.join(lacks)} not installed in build/peers: --install does it")
    if script == "chromium" and not browser():
        raise PeerError("chromium is not on the PATH")
    if script == "chromium" and not Path("/proc/self/stat").exists():
        raise PeerError("this system does not say what a browser's processes take in /proc")
    return [node, f"{script}.mjs"]


class Peer:
    """A renderer in a process of its own, warm, waiting for the next round."""

    def __init__(self, started: Sequence[str], job: Mapping[str, object], log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                started,
                cwd=log.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        try:
            self.about = ready(self._ask(json.dumps(job)))
        except PeerError:
            self.close()
            raise

    def lap(self) -> Lap:
        """All cards of the job once."""
        return parsed(self._ask(""))

    def close(self) -> None:
        """End the process, its browser with it."""
        try:
            self._process.communicate(timeout=_LEAVE)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self._process.terminate()
            self._process.wait()

    def _ask(self, line: str) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise PeerError("it has no pipes")
        alarm = Timer(_LONGEST, self._process.terminate)
        alarm.start()
        try:
            stdin.write(f"{line}\n")
            stdin.flush()
            answer = stdout.readline()
        except OSError:
            answer = ""
        finally:
            alarm.cancel()
        if not answer:
            raise PeerError(f"it ended: {self._last_words()}")
        return answer

    def _last_words(self) -> str:
        text = self._log.read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        told = [line for line in lines if "Error" in line]
        return (told or lines or ["it said nothing"])[-1][:200]


def ready(answer: str) -> dict[str, str]:
    """What a peer says of itself once it is warm."""
    about = _object(answer)
    if about.pop("ready", None) is not True:
        raise PeerError(f"its first answer is not that it is ready: {answer.strip()[:80]}")
    return {name: str(value) for name, value in about.items()}


def parsed(answer: str) -> Lap:
    """A round's answer as milliseconds and bytes a card."""
    said = _object(answer)
    figures = [said.get(name) for name in ("cpu_ms", "wall_ms", "bytes", "cards")]
    numbers = [float(one) for one in figures if isinstance(one, int | float)]
    if len(numbers) < len(figures) or min(numbers) <= 0:
        raise PeerError(f"its answer is no round: {answer.strip()[:80]}")
    cpu_ms, wall_ms, size, cards = numbers
    return Lap(cpu_ms / cards, wall_ms / cards, size / cards)


def _object(answer: str) -> dict[str, object]:
    try:
        said = json.loads(answer)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise PeerError(f"its answer is not JSON: {answer.strip()[:80]}")
    return said
