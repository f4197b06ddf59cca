"""Publishing from the command line: due, rehearsed, as a service, taken down, settled, matched."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.cli.publish import as_line
from bot.publishing.sending import Told
from bot.store import open_store
from bot.store.publishing import accounts, posts
from tests.conftest import SAMPLE
from tests.libraries import place_of, state

NOW = datetime.now(UTC)


@pytest.fixture
def planned(project, run):
    """A project with an account that is a folder, and three quotes planned there."""
    settle_in(project, "main: {network: preview, server: out, slots: [daily 09:30]}")
    assert run("harvest", SAMPLE, "--speaker", "Marit Oyelaran").code == 0
    ids = [quote["id"] for quote in run("library", "list", "--json").array[:3]]
    assert run("library", "approve", *ids, "--yes").code == 0
    assert run("schedule", "plan", "--days", "9").code == 0
    return project


def settle_in(project, account):
    path = project / "config.yaml"
    text = path.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(text) if line.startswith("accounts:"))
    if text[at + 1].startswith("  "):
        del text[at + 1]
    text[at : at + 1] = ["accounts:", f"  {account}"]
    path.write_text("\n".join(text) + "\n", "utf-8")


def change(project, table, **values):
    with open_store(place_of(project)) as store, store.write() as connection:
        connection.execute(update(table).values(**values))


def make_due(project, how_late=timedelta(minutes=1)):
    change(project, posts, due_at=datetime.now(UTC) - how_late)


def states(project):
    return sorted(row.state for row in state(project)["posts"])


@pytest.mark.about_the_file
def test_nothing_is_due_until_its_time(planned, run):
    ran = run("publish", "--due")
    assert (ran.code, "nothing was due" in ran.err) == (0, True)
    assert states(planned) == ["planned"] * 3


@pytest.mark.about_the_file
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--json",)])
def test_without_an_account_it_says_so_and_does_not_fail(project, run, options):
    assert run("harvest", SAMPLE).code == 0
    ran = run("publish", "--due", *options)
    told = "" if "--json" in options else (
        "no account is configured, so nothing is sent: add one under accounts in config.yaml, "
        "as docs/schedule.md shows\n"
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, told)
    planning = run("schedule", "plan")
    assert (planning.code, "there is no account to plan for" in planning.error) == (2, True)


def test_what_is_due_goes_out_once(planned, run):
    make_due(planned)
    ran = run("publish", "--due", "--json")
    assert ran.code == 0
    assert [one["event"] for one in ran.array if one["post"]] == ["sent"] * 3
    assert states(planned) == ["sent"] * 3
    [worker] = state(planned)["workers"]
    assert worker.stopped_at is not None
    page = (planned / "out/index.html").read_text("utf-8")
    assert page.count("<article") == 3 and page.count("<img") == 3
    assert run("publish", "--due", "--json").array == []
    lines = run("schedule", "list", "--all", "--json").array
    assert all(one["state"] == "sent" and one["url"] for one in lines)


def test_a_dry_run_goes_into_a_folder_and_changes_nothing(planned, run):
    before = state(planned)
    ran = run("publish", "--due", "--dry-run", "--days", "12", "--out", "look")
    assert ran.code == 0 and "nothing was sent" in ran.err
    assert state(planned) == before
    written = [*(planned / "look/main").glob("post-*.json")]
    due = {one["due"][:16] for one in run("schedule", "list", "--json").array}
    assert len(written) == 3
    assert {json.loads(one.read_text("utf-8"))["at"][:16] for one in written} == due
    assert not (planned / "out/index.html").exists()
    assert run("publish", "--due", "--dry-run", "--days", "12", "--out", "look").code == 0


@pytest.mark.about_the_file
def test_each_thing_that_happens_is_a_line(planned, run):
    make_due(planned)
    lines = run("publish", "--due").out.splitlines()
    sent = [line for line in lines if "event=sent" in line]
    assert len(sent) == 3
    assert all(" account=main post=" in line and ' text="' in line for line in sent)


def test_a_line_of_the_log_quotes_what_has_spaces():
    line = as_line(
        Told("sent", "main", 7, 'so "it" is', "https://e.org/1"), datetime(2026, 1, 2, tzinfo=UTC)
    )
    assert line == (
        'at=2026-01-02T00:00:00Z event=sent account=main post=7 text="so \\"it\\" is" '
        "url=https://e.org/1"
    )


@pytest.mark.about_the_file
@pytest.mark.parametrize(
    ("how", "code", "words"),
    [
        ([], 2, "either --due or --loop"),
        (["--due", "--loop"], 2, "either --due or --loop"),
        (["--loop", "--dry-run"], 2, "no dry run"),
    ],
)
def test_wrong_usage_is_told(project, run, how, code, words):
    ran = run("publish", *how)
    assert (ran.code, words in ran.error) == (code, True)


@pytest.mark.about_the_file
def test_a_clock_that_is_behind_sends_nothing(planned, run):
    make_due(planned)
    change(planned, posts, planned_at=NOW + timedelta(days=2))
    ran = run("publish", "--due")
    assert ran.code == 6 and "clock" in ran.error and "--trust-clock" in ran.error
    assert states(planned) == ["planned"] * 3
    assert run("publish", "--due", "--trust-clock").code == 0
    assert states(planned) == ["sent"] * 3


def test_a_ledger_that_lost_its_posts_waits_for_a_person_and_says_so_once(planned, run):
    make_due(planned)
    assert run("publish", "--due").code == 0
    change(planned, posts, state="planned", remote_id=None, url=None, at=None, intent={})
    change(planned, accounts, reconciled_at=None)
    ran = run("publish", "--due")
    assert ran.code == 6 and "`pullquote network reconcile main`" in ran.error
    assert run("publish", "--due").code == 0  # said once
    assert states(planned) == ["planned"] * 3
    ran = run("network", "reconcile", "main", "--json")
    assert ran.code == 0
    [found] = ran.array
    assert (found["read"], len(found["adopted"])) == (3, 3)
    assert run("publish", "--due").code == 0
    assert states(planned) == ["sent"] * 3
    assert len(list((planned / "out").glob("post-*.json"))) == 3


def test_posts_are_taken_down_where_they_went_out(planned, run):
    make_due(planned)
    run("publish", "--due")
    assert run("unpublish", "--speaker", "Marit Oyelaran").code == 6  # asks, and nobody is there
    ran = run("unpublish", "--speaker", "marit oyelaran", "--dry-run")
    assert ran.code == 0 and len(list((planned / "out").glob("post-*.json"))) == 3
    one = run("schedule", "list", "--all", "--json").array[0]
    assert run("unpublish", str(one["id"]), "--yes").code == 0
    assert run("unpublish", str(one["id"]), "--yes").code == 2
    assert run("unpublish", "--speaker", "marit oyelaran", "--yes").code == 0
    assert states(planned) == ["deleted"] * 3
    assert not list((planned / "out").glob("post-*.json"))
    assert run("schedule", "plan", "--days", "20").code in (0, 6)
    assert states(planned) == ["deleted"] * 3


@pytest.mark.about_the_file
@pytest.mark.parametrize(("answer", "ends"), [("--there", "sent"), ("--not-there", "planned")])
def test_a_person_settles_what_nobody_knows(planned, run, answer, ends):
    change(planned, posts, state="unconfirmed")
    first = run("schedule", "list", "--all", "--json").array[0]
    assert run("schedule", "settle", str(first["id"]), answer, "--dry-run").code == 0
    assert states(planned) == ["unconfirmed"] * 3
    assert run("schedule", "settle", str(first["id"]), answer).code == 0
    assert run("schedule", "settle", str(first["id"]), answer).code == 6
    assert states(planned).count(ends) == 1


@pytest.mark.about_the_file
@pytest.mark.parametrize("how", [[], ["--there", "--not-there"], ["--not-there", "--url", "x"]])
def test_settling_wants_one_answer(project, run, how):
    assert run("schedule", "settle", "1", *how).code == 2


@pytest.mark.about_the_file
def test_settings_that_are_wrong_are_told_with_their_line(planned, run):
    settle_in(planned, "main: {network: previw, slots: [daily 09:30]}")
    make_due(planned)
    ran = run("publish", "--due")
    assert ran.code == 4 and "preview" in ran.error
    assert states(planned) == ["planned"] * 3


@pytest.mark.about_the_file
@pytest.mark.parametrize(("name", "value"), [("theme", "middnight"), ("template", "squar")])
def test_a_look_that_is_not_there_is_told_with_its_line(planned, run, name, value):
    settle_in(planned, f"main: {{network: preview, server: other, {name}: {value}}}")
    quote = run("library", "list", "--json").array[0]["id"]
    ran = run("schedule", "pin", quote, "2099-01-01 09:00")
    assert ran.code == 4
    assert f"line {line_of(planned, 'server: other')}: no {name} “{value}”" in ran.error


def line_of(project, word):
    lines = (project / "config.yaml").read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if word in line)


@pytest.mark.about_the_file
def test_a_service_goes_on_with_wrong_settings_and_ends_when_asked(planned):
    env = {**os.environ, "PYTHONPATH": str(SAMPLE.parent.parent.parent)}
    service = subprocess.Popen(
        [sys.executable, "-m", "bot", "publish", "--loop", "--wait", "0.2"],
        cwd=planned,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    settings = planned / "config.yaml"
    right = settings.read_text("utf-8")
    try:
        wait_for(lambda: any(row.doing == "waiting" for row in state(planned)["workers"]))
        settings.write_text(right.replace("preview", "previw"), "utf-8")
        told = service.stdout.readline()
        assert "event=settings" in told and "no network 'previw'" in told
        make_due(planned)
        wait_for(lambda: states(planned) == ["sent"] * 3)  # by those before
        settings.write_text(right, "utf-8")
    finally:
        service.send_signal(signal.SIGTERM)
        out, err = service.communicate(timeout=60)
    assert service.returncode == 0, err
    assert "publishing as" in err and "Traceback" not in err + out
    [worker] = state(planned)["workers"]
    assert worker.stopped_at is not None


def wait_for(met, seconds=60):
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.1)
