"""Ctrl-C while the program is still being loaded."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

_STOPPED_AT = """
import os, runpy, signal, sys

class Watching:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.argv = ["pullquote", "--version"]
sys.meta_path.insert(0, Watching())
runpy.run_module("bot", run_name="__main__")
"""


@pytest.mark.parametrize("module", ["bot.cli", "typer", "bot.cli.web"])
def test_whoever_stops_it_while_it_is_loaded_sees_no_traceback(module: str) -> None:
    command = [sys.executable, "-c", _STOPPED_AT.format(module=module)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_where_an_interrupt_is_ignored_it_goes_on() -> None:
    ignored = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    command = [sys.executable, "-c", ignored + _STOPPED_AT.format(module="bot.cli")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:9], done.stderr) == (0, "pullquote", "")
