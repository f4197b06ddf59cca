"""``/healthz``: for programs that watch, open to all and silent about everything else."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from bot.store.publishing import workers
from tests.web import planned
from tests.web.conftest import NOW, browser
from tests.web.planned import become, introduce, plan

MINUTES = timedelta(minutes=1)


def beaten(site, ago, **more):
    row = {"id": "w", "started_at": NOW - timedelta(hours=2), "beat_at": NOW - ago, **more}
    with site.store.write() as connection:
        connection.execute(insert(workers).values(row))


@pytest.mark.parametrize(
    ("ago", "more", "status", "beat"),
    [
        (0 * MINUTES, {}, 200, 0),
        (3 * MINUTES, {}, 200, 180),
        (11 * MINUTES, {}, 503, 660),
        (11 * MINUTES, {"stopped_at": NOW - 10 * MINUTES}, 200, None),
        (None, {}, 200, None),
    ],
)
def test_a_worker_that_fell_silent_is_told(people, visitor, ago, more, status, beat):
    if ago is not None:
        beaten(people, ago, **more)
    answer = visitor.get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["worker_beat_s"]) == (status, beat)
    assert told["ok"] == (status == 200)
    assert "set-cookie" not in answer.headers


def test_it_counts_what_waits_and_names_nothing(harvested, people):
    introduce(harvested, paused="401 at the server")
    plan(harvested)
    plan(harvested, due=NOW - timedelta(hours=1), at=1)
    become(harvested, plan(harvested, at=2).id, "unconfirmed")
    told = browser(harvested).get("/healthz").json()
    assert told == {
        "ok": True,
        "database": "ok",
        "worker_beat_s": None,
        "waiting": 2,
        "overdue": 1,
        "unconfirmed": 1,
        "paused": 2,
    }
    assert planned.MAIN[1] not in str(told)


def test_a_library_that_cannot_be_read_is_told(site, visitor):
    def rename(old, new):
        with site.store.write() as connection:
            connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    rename("workers", "gone")
    answer = visitor.get("/healthz")
    rename("gone", "workers")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": "unreadable"}
