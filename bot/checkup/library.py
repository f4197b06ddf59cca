"""The library's database: reached, of which revision, whole, who writes in it, how much is free."""

from collections.abc import Iterator
from datetime import timedelta

from bot.checkup.base import Check, Scene, failed, several
from bot.store.state import State

SUBJECT = "library"
_LONG_S = 60  # a writer is done in a few seconds
_FEW = 3  # connections: the page, a bot and a command want one each
_APART = timedelta(seconds=30)


def checks(scene: Scene) -> Iterator[Check]:
    """How the library is; nothing in it is changed, an older one is not upgraded."""
    if scene.trouble:
        yield failed(SUBJECT, "database", scene.trouble)
        return
    if scene.state is None:
        found, remedy = "none yet", "pullquote harvest TALK"
        if scene.place is None:
            found, remedy = "none here, this is no project", "pullquote init"
        yield Check(SUBJECT, "database", None, found, remedy)
        return
    yield from _of(scene.state, scene)


def _of(state: State, scene: Scene) -> Iterator[Check]:
    yield Check(SUBJECT, "database", True, f"{state.engine}, {state.size_mb:.1f} MB: {state.place}")
    yield _revision(state)
    if scene.is_current:
        counted = f"{several(state.quotes, 'quote')} of {several(state.talks, 'talk')}"
        yield Check(SUBJECT, "quotes", True, counted)
    if state.most is None:
        yield _pages(state)
    yield _writing(state)
    if state.free is not None:
        yield _connections(state)
    if state.now:
        yield _clock(state, scene)


def _revision(state: State) -> Check:
    if state.revision is None:
        return Check(SUBJECT, "schema", None, "no tables yet", "pullquote harvest TALK")
    found = f"revision {state.revision}"
    if state.revision == state.newest:
        return Check(SUBJECT, "schema", True, found)
    if not (state.revision.isdigit() and state.revision < state.newest):
        found += f", of a newer pullquote than this, which knows {state.newest}"
        return Check(SUBJECT, "schema", False, found, "pip install --upgrade pullquote")
    found += f" waits for an upgrade to {state.newest}"
    if state.most is None:
        found += "; the next command does it and keeps a copy beside"
        return Check(SUBJECT, "schema", None, found, "pullquote library upgrade")
    remedy = "pg_dump first, then `pullquote library upgrade --yes`"
    return Check(SUBJECT, "schema", False, found, remedy)


def _pages(state: State) -> Check:
    if state.whole is None:
        found = "not looked through, as the file is large"
        return Check(SUBJECT, "pages", None, found, "pullquote library verify")
    if state.whole:
        return Check(SUBJECT, "pages", True, "whole")
    return Check(SUBJECT, "pages", False, "damaged", "pullquote library restore BACKUP.db")


def _writing(state: State) -> Check:
    if not state.writable:
        found = "can be read, not written"
        remedy = "let this user write, or name the server that takes changes"
        return Check(SUBJECT, "writing", False, found, remedy)
    if state.held_s is None:
        return Check(SUBJECT, "writing", True, "nobody else writes just now")
    since = f", for {state.held_s:.0f} s" if state.held_s else ""
    found = f"another program writes just now{since}"
    if state.held_s > _LONG_S:
        remedy = "see who in pg_stat_activity, and end it with pg_terminate_backend"
        return Check(SUBJECT, "writing", False, found, remedy)
    return Check(SUBJECT, "writing", None, found)


def _connections(state: State) -> Check:
    found = f"{state.free} of {state.most} free"
    few = state.free is not None and state.free < _FEW
    remedy = "raise max_connections, or stop a bot" if few else ""
    return Check(SUBJECT, "connections", not few, found, remedy)


def _clock(state: State, scene: Scene) -> Check:
    apart = scene.now - state.now if state.now else timedelta()
    if abs(apart) <= _APART:
        return Check(SUBJECT, "clock there", True, f"as here, within {_APART.seconds} s")
    side = "behind" if apart > timedelta() else "ahead of"
    found = f"{abs(apart.total_seconds()):,.0f} s {side} this machine's"
    return Check(SUBJECT, "clock there", False, found, "set both right: timedatectl set-ntp true")
