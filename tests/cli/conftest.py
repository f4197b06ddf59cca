"""The command line as a person calls it, in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def array(self) -> list[dict[str, Any]]:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The one line that says what went wrong."""
        lines = [line for line in self.err.splitlines() if line.startswith("error: ")]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Call ``pullquote`` with arguments."""

    def call(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(int(stop.value.code or 0), out, err)

    return call


@pytest.fixture
def project(
    own_folder: Path,
    run: Run,
    backend: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A fresh project folder, its library in a file or on a server; and one stands in it."""
    assert run("init").code == 0
    if backend == "postgresql":
        monkeypatch.setenv("PULLQUOTE_LIBRARY", request.getfixturevalue("new_place")())
    return own_folder


def make_vtt(folder: Path, *cues: str) -> Path:
    """A WebVTT file of cues a second apart."""
    lines = [f"00:{at:02}.000 --> 00:{at + 3:02}.000\n{cue}" for at, cue in enumerate(cues, 1)]
    path = folder / "talk.vtt"
    path.write_text("WEBVTT\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    return path
