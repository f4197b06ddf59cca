"""Processes of this machine that harvest: how they start, and how they end with their parent."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.connection import wait

from bot import forking
from bot.harvesting import task


def pool(processes: int) -> Executor:
    """An executor with so many processes; they are started when there is work."""
    return ProcessPoolExecutor(processes, forking.context(), initializer=_begin)


def _begin() -> None:
    """A worker's first act: interrupts are the parent's to take, and without it there is no work.

    A worker whose parent was killed would wait for its next talk for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    task.ready()


def kill_all() -> None:
    """Kill the processes this one started."""
    for process in multiprocessing.active_children():
        process.kill()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
