"""The process that workers are forked from: a clean one, which has their modules."""

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext

_MODULES = ["bot.harvesting.task"]


def context() -> BaseContext:
    """How workers are started: by that process, or anew where a system cannot have one."""
    start()
    return multiprocessing.get_context("forkserver" if _is_possible() else "spawn")


def start() -> None:
    """Start it, if it does not run: begun early, it reads its modules while we read ours.

    It goes with us. An interrupt is not for it: it would end with a traceback while it reads.
    """
    if not _is_possible():
        return
    forkserver.set_forkserver_preload(_MODULES)
    resource_tracker.ensure_running()  # by itself it would unblock what is blocked next
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_possible() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()
