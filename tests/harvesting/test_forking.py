"""The process that workers are forked from."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.harvest import may_be_many

INTERRUPTED = """
import os, signal
from multiprocessing import forkserver
from bot import forking

if __name__ == "__main__":
    forking.start()
    begun = forkserver._forkserver._forkserver_pid
    os.kill(begun, signal.SIGINT)  # as a terminal does, in the midst of reading its modules
    from bot.harvesting.pool import pool

    with pool(1) as workers:
        print(workers.submit(len, "abc").result())
    print(begun == forkserver._forkserver._forkserver_pid)
"""


def test_it_starts_once_and_an_interrupt_is_not_for_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False
    )
    assert (ran.stdout.split(), ran.stderr) == (["3", "True"], "")


@pytest.mark.parametrize(
    ("named", "many"),
    [
        (None, False),
        (["talk.vtt"], False),
        (["a.vtt", "b.vtt"], False),
        (["archive"], True),
        (["archive/**/*.vtt"], True),
        ([f"{at}.vtt" for at in range(9)], True),
    ],
)
def test_what_looks_like_many_talks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: list[str] | None, many: bool
) -> None:
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    assert may_be_many(named) == many
