"""Whether a bot publishes: its last sign of life, what is overdue, what waits for a person."""

from collections.abc import Iterator
from datetime import timedelta

from bot.checkup.base import Check, Scene
from bot.publishing.health import SILENT, Health, for_people, health
from bot.store import open_store

SUBJECT = "worker"
_LATE = timedelta(minutes=30)
_START = "pullquote publish --loop"


def checks(scene: Scene) -> Iterator[Check]:
    """How publishing is, as the library tells."""
    if not (scene.is_current and scene.place):
        why = "the library cannot tell" if scene.trouble else "no library to publish from"
        yield Check(SUBJECT, "bot", False if scene.trouble else None, why)
        return
    with open_store(scene.place, create=False) as store, store.read() as connection:
        found = health(connection, scene.now, _LATE)
        waiting = for_people(connection)
    yield _beat(found)
    yield _overdue(found)
    remedy = "pullquote network status; pullquote schedule list" if waiting else ""
    yield Check(SUBJECT, "for you", None if waiting else True, f"{waiting} things wait", remedy)


def _beat(found: Health) -> Check:
    if found.beat_age is None:
        return Check(SUBJECT, "bot", None, "no bot runs as a service", _START)
    age_s = found.beat_age.total_seconds()
    told = f"{age_s:,.0f} s ago"
    if found.beat_age > SILENT:
        return Check(SUBJECT, "bot", False, f"{told}, and it did not stop", _START)
    return Check(SUBJECT, "bot", True, told)


def _overdue(found: Health) -> Check:
    told = f"{found.waiting} posts wait, {found.overdue} of them overdue"
    late = found.overdue > 0 and not found.paused
    return Check(SUBJECT, "posts", not late, told, f"{_START}, or cron" if late else "")
