"""The services of docs/deploy as processes: commands, settings and checks read from its files."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.conftest import ROOT

FOLDER = ROOT / "docs/deploy"
_SECONDS = {"s": 1, "m": 60}


def compose() -> dict[str, Any]:
    """The compose file, its merge keys carried out."""
    return YAML(typ="safe", pure=True).load((FOLDER / "compose.yaml").read_text("utf-8"))


def containerfile() -> list[tuple[str, str]]:
    """The instructions of the container file, each with what follows it."""
    text = re.sub(r"(?m)^#.*\n", "", (FOLDER / "Containerfile").read_text("utf-8"))
    lines = text.replace("\\\n", " ").splitlines()
    return [(word, " ".join(rest.split())) for word, _, rest in (x.partition(" ") for x in lines)]


def last(word: str) -> str:
    """What follows the last instruction of that name."""
    return [rest for name, rest in containerfile() if name == word][-1]


def image_environment() -> dict[str, str]:
    """What ENV sets in the image that runs."""
    return dict(pair.split("=", 1) for pair in shlex.split(last("ENV")))


@dataclass
class Deployed:
    """Where the parts of a deployment are here: folders for its volumes, ports for its names."""

    folder: Path
    database_port: int
    web_port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def make_folders(self) -> None:
        """Volumes, and the two programs that the image has on its PATH."""
        for name in ("quotes", "accounts", "bin"):
            (self.folder / name).mkdir()
        for name, command in (("pullquote", "-m bot"), ("python", "")):
            program = self.folder / "bin" / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n')
            program.chmod(0o755)

    def _here(self, value: str) -> str:
        """A value of the compose file, with what is elsewhere than in a container."""
        moved = {
            "/accounts": str(self.folder / "accounts"),
            "/run/secrets/": f"{self.folder}/secrets/",
            "@db/": f"@127.0.0.1:{self.database_port}/",
            "127.0.0.1:8000": f"127.0.0.1:{self.web_port}",
        }
        for there, here in moved.items():
            value = value.replace(there, here)
        return value

    def environment(self, service: str) -> dict[str, str]:
        """All that a service finds in its environment."""
        its = {**image_environment(), **compose()["services"][service].get("environment", {})}
        here = {name: self._here(str(value)) for name, value in its.items()}
        here["PATH"] = f"{self.folder}/bin:{os.environ['PATH']}"
        return here | {
            "HOME": str(self.folder / "quotes"),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "PULLQUOTE_WEB_PORT": str(self.web_port),
        }

    def once(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """``docker compose run --rm bot …``."""
        return self._run("bot", [*self._entrypoint(), *arguments], given)

    def start(self, service: str) -> subprocess.Popen[str]:
        """``docker compose up -d SERVICE``."""
        command = [*self._entrypoint(), *compose()["services"][service]["command"]]
        process = subprocess.Popen(
            command,
            env=self.environment(service),
            cwd=self.folder / "quotes",
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def check(self, service: str) -> subprocess.CompletedProcess[str]:
        """The service's health check, once."""
        how, *command = compose()["services"][service]["healthcheck"]["test"]
        assert how == "CMD"
        return self._run(service, [self._here(word) for word in command], "")

    def _run(self, service: str, command: list[str], given: str) -> Any:
        return subprocess.run(
            command,
            env=self.environment(service),
            cwd=self.folder / "quotes",
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @staticmethod
    def _entrypoint() -> list[str]:
        return [word.strip('[]",') for word in last("ENTRYPOINT").split()]


def seconds(written: str) -> int:
    """A duration of the compose file."""
    return int(written[:-1]) * _SECONDS[written[-1]]
