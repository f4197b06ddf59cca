"""Whether a bot publishes: its last sign of life, what is overdue, what waits for a person."""

from collections.abc import Iterator
from datetime import timedelta

from bot.checkup.base import Check, Scene, several
from bot.publishing.health import SILENT, Health, for_people, health
from bot.store import open_store

SUBJECT = "worker"
_LATE = timedelta(minutes=30)
_START = "pullquote publish --loop"


def checks(scene: Scene) -> Iterator[Check]:
    """How publishing is, as the library tells."""
    if not (scene.is_current and scene.place):
        yield _unknown(scene)
        return
    with open_store(scene.place, create=False) as store, store.read() as connection:
        found = health(connection, scene.now, _LATE)
        waiting = for_people(connection)
    yield _beat(found)
    yield _overdue(found)
    yield _waiting(waiting)


def _unknown(scene: Scene) -> Check:
    if scene.trouble:
        return Check(SUBJECT, "bot", False, "the library cannot tell")
    if scene.state and scene.state.revision:
        return Check(SUBJECT, "bot", None, "the library cannot tell before it is upgraded")
    return Check(SUBJECT, "bot", None, "no library to publish from")


def _beat(found: Health) -> Check:
    if found.beat_age is None:
        return Check(SUBJECT, "bot", None, "no bot runs as a service", _START)
    told = f"gave its last sign {_ago(found.beat_age)} ago"
    if found.beat_age > SILENT:
        return Check(SUBJECT, "bot", False, f"{told}, and did not stop", _START)
    return Check(SUBJECT, "bot", True, told)


def _overdue(found: Health) -> Check:
    told = f"{several(found.waiting, 'post waits', 'posts wait')}, {found.overdue:,} overdue"
    late = found.overdue > 0 and not found.paused
    return Check(SUBJECT, "posts", not late, told, f"{_START}, or cron" if late else "")


def _waiting(count: int) -> Check:
    if not count:
        return Check(SUBJECT, "for you", True, "nothing waits for a person")
    told = f"{several(count, 'thing waits', 'things wait')} for a person"
    return Check(SUBJECT, "for you", None, told, "pullquote network status, schedule list")


def _ago(age: timedelta) -> str:
    seconds = max(0, round(age.total_seconds()))
    for size, unit in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
