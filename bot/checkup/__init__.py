"""Whether everything is there that the bot needs, and what to do about what is not.

To add a check: a function in the file of its subject, one line in that file's ``checks``.
"""

from collections.abc import Callable, Collection, Iterator

from bot.checkup import accounts, drawing, library, machine, program, worker
from bot.checkup.base import Check, Scene, failed
from bot.errors import BotError

__all__ = ["SUBJECTS", "Check", "Scene", "checks"]

SUBJECTS: dict[str, Callable[[Scene], Iterator[Check]]] = {
    one.SUBJECT: one.checks for one in (program, drawing, library, accounts, worker, machine)
}


def checks(scene: Scene, only: Collection[str] = ()) -> Iterator[Check]:
    """Every check, or those of some subjects, in the order of ``SUBJECTS``."""
    for subject, look_at in SUBJECTS.items():
        if not only or subject in only:
            yield from _guarded(subject, look_at(scene))


def _guarded(subject: str, found: Iterator[Check]) -> Iterator[Check]:
    """What breaks off half-way, as a server that stops meanwhile, is one more thing found."""
    try:
        yield from found
    except BotError as error:
        yield failed(subject, subject, error)
