"""Commands of the program for ``benchmarks.kills``: forked from a warm parent, and killed."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

_ENDS_WITHIN_S = 120
_ORPHANS_END_WITHIN_S = 10
# What commands import, so that a kill meets their work.
_WARM = ("cards", "drawing", "harvesting", "library.sheets", "store.across", "store.backup", "cli")


@dataclass(frozen=True, slots=True)
class Killed:
    """Whether a command was still at work when it was killed, and left processes behind."""

    at_work: bool
    orphans: bool = False


def warm() -> None:
    """Import what the commands need."""
    for name in _WARM:
        import_module(f"bot.{name}")


def done(command: Sequence[str], folder: Path) -> int:
    """Run a command of the program in a folder to its end; its exit code."""
    process = _started(command, folder)
    process.join(_ENDS_WITHIN_S)
    if process.exitcode is None:
        _kill_all(process)
        raise RuntimeError(f"{' '.join(command)}: did not end within {_ENDS_WITHIN_S} s")
    return process.exitcode


def killed(command: Sequence[str], folder: Path, after_s: float, *, alone: bool) -> Killed:
    """Run it and kill it (-9) after a while: with all it started, or ``alone``."""
    process = _started(command, folder)
    process.join(after_s)
    at_work = process.exitcode is None
    if not alone:
        _kill_all(process)
        return Killed(at_work)
    process.kill()
    process.join()
    orphans = not _all_ended(process.pid or 0)
    _kill_all(process)
    return Killed(at_work, orphans)


def _started(command: Sequence[str], folder: Path) -> BaseProcess:
    process = get_context("fork").Process(target=_run, args=(list(command), folder))
    process.start()
    return process


def _all_ended(group: int) -> bool:
    """Whether what a killed process had started ends by itself."""
    until = time.monotonic() + _ORPHANS_END_WITHIN_S
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def _kill_all(process: BaseProcess) -> None:
    process.kill()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()


def _run(command: list[str], folder: Path) -> None:
    os.setsid()
    os.chdir(folder)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(log, number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w") for number in (1, 2))
    from bot.cli import main

    main(command)
