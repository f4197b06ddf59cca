"""``doctor``: a table of broken worlds, what it says of each, and what it says to do."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot import checkup
from bot.config import Project
from bot.settings import Config, ScheduleSettings
from bot.store import open_store
from bot.store.publishing import accounts, workers
from bot.store.schema import HEAD
from tests.cli.conftest import Run
from tests.store.old_libraries import OLDER, of_revision

NOW = datetime.now(UTC)
MASTODON = "accounts:\n  main: {network: mastodon}\n"
TOKEN = "PULLQUOTE_SECRET_MAIN_TOKEN"


@pytest.fixture
def harvested(run: Run, sample: Path, project: Path) -> Path:
    assert run("harvest", sample).code == 0
    return project


def found(run: Run, *options: str) -> dict[str, dict]:
    """What it says, by the name of each check."""
    return {check["name"]: check for check in run("doctor", *options, "--json").array}


@pytest.mark.about_the_file
def test_a_fresh_project_is_well(run: Run, project: Path) -> None:
    ran = run("doctor")
    assert (ran.code, "need nothing or can wait" in ran.err) == (0, True)
    assert {"python", "packages", "look", "shaping", "database", "clock"} <= set(found(run))


def test_a_library_at_work_is_well(run: Run, harvested: Path) -> None:
    told = found(run, "--only", "library")
    assert {name for name, check in told.items() if not check["ok"]} == set()
    assert "quotes of 1 talk" in told["quotes"]["found"]


@pytest.mark.about_the_file
def test_it_looks_at_what_is_asked_for_alone(run: Run, project: Path) -> None:
    told = run("doctor", "--only", "worker", "--only", "machine", "--json").array
    assert {check["subject"] for check in told} == {"program", "worker", "machine"}
    assert "it is one of program, cards" in run("doctor", "--only", "weather").error


def settings(text: str) -> Callable[[Path], None]:
    return lambda project: (project / "config.yaml").write_text(text, "utf-8") and None


def secrets_for_all(project: Path) -> None:
    settings(MASTODON)(project)
    folder = project.parent / f"{project.name}-settings/pullquote"
    folder.mkdir(parents=True)
    (folder / "secrets.json").write_text('{"main": {"TOKEN": "s3cret"}}')
    (folder / "secrets.json").chmod(0o644)


def older(project: Path) -> None:
    of_revision(project / "quotes/library.db", OLDER[-1])


def stranger(project: Path) -> None:
    with closing(sqlite3.connect(project / "quotes/library.db")) as made:
        made.execute("CREATE TABLE cats (name)")


def no_database(project: Path) -> None:
    (project / "quotes/library.db").write_bytes(b"no database at all, but a letter to a friend")


def newer(project: Path) -> None:
    with open_store(project / "quotes/library.db") as store, store.write():
        pass
    with closing(sqlite3.connect(project / "quotes/library.db")) as made, made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")


def damaged(project: Path) -> None:
    path = project / "quotes/library.db"
    older(project)
    with open_store(path) as store, store.write():
        pass
    raw = bytearray(path.read_bytes())
    page = int.from_bytes(raw[16:18], "big")
    with closing(sqlite3.connect(path)) as made:
        wanted = "SELECT rootpage FROM sqlite_schema WHERE name = 'decisions'"
        at = (made.execute(wanted).fetchone()[0] - 1) * page
    raw[at : at + page] = b"\x0d" + b"\xff" * (page - 1)
    path.write_bytes(raw)


def silent(project: Path) -> None:
    row = {"id": "w", "started_at": NOW, "beat_at": NOW - timedelta(hours=2)}
    with open_store(project / "quotes/library.db") as store, store.write() as connection:
        connection.execute(insert(workers).values(row))


def ahead(project: Path) -> None:
    row = {"id": "w", "started_at": NOW, "beat_at": NOW + timedelta(hours=2)}
    with open_store(project / "quotes/library.db") as store, store.write() as connection:
        connection.execute(insert(workers).values(row))


def known(**more: object) -> Callable[[Path], None]:
    def introduce(project: Path) -> None:
        settings(MASTODON)(project)
        row = {"network": "mastodon", "id": "7", "label": "main", "handle": "ada", "url": ""}
        with open_store(project / "quotes/library.db") as store, store.write() as connection:
            connection.execute(insert(accounts).values({**row, **more}))

    return introduce


WORLDS = [
    # (what is broken, subject: check, well?, words of what is found, words of what to do)
    (settings("card:\n  them: dusk\n"), "program: settings", False, "line 2", ""),
    (settings("card:\n  theme: nosuch\n"), "cards: look", False, "nosuch", "there are: contrast"),
    (
        settings("schedule:\n  zone: Europe/Bern\n"),
        "machine: time zones",
        False,
        "Europe/Bern",
        "Berlin",
    ),
    (
        settings("card:\n  out: config.yaml/x\n"),
        "machine: cards disk",
        False,
        "is no folder",
        "another",
    ),
    (
        settings("library: cats://a/b\n"),
        "library: database",
        False,
        "cannot be kept in 'cats'",
        "postgres",
    ),
    (
        settings("accounts:\n  a: {network: fax}\n"),
        "accounts: a",
        False,
        "no network we know",
        "mastodon",
    ),
    (settings(MASTODON), "accounts: main", False, "lacks TOKEN", "network login main"),
    (settings(MASTODON), "accounts: alerts", None, "nobody hears", "network login alerts"),
    (
        secrets_for_all,
        "accounts: main",
        False,
        "may be read by others (its mode is 644)",
        "chmod 600",
    ),
    (settings("accounts:\n  a: {network: preview}\n"), "accounts: a", True, "nobody signs in", ""),
    (known(reconciled_at=NOW), "accounts: main", True, "mastodon @ada, secrets: environment", ""),
    (known(), "accounts: main", None, "never matched", "network reconcile main"),
    (known(paused="401 there"), "accounts: main", False, "paused: 401 there", "network login main"),
    (
        known(paused="401 there"),
        "worker: for you",
        None,
        "1 thing waits for a person",
        "network status",
    ),
    (
        older,
        "library: schema",
        None,
        f"{OLDER[-1]} waits for an upgrade to {HEAD}",
        "library upgrade",
    ),
    (older, "worker: bot", None, "before it is upgraded", ""),
    (no_database, "worker: bot", False, "cannot tell", ""),
    (newer, "library: schema", False, "of a newer pullquote", "pip install --upgrade"),
    (stranger, "library: database", False, "tables of another program", "name another file"),
    (no_database, "library: database", False, "is not a library", "name another file"),
    (damaged, "library: pages", False, "damaged", "library restore"),
    (
        silent,
        "worker: bot",
        False,
        "gave its last sign 2 h ago, and did not stop",
        "publish --loop",
    ),
    (ahead, "machine: clock", False, "the library was at work at", "set-ntp"),
]


@pytest.mark.about_the_file
@pytest.mark.parametrize(("broken", "check_name", "ok", "words", "remedy"), WORLDS)
def test_what_is_amiss_is_told_with_what_to_do(
    run: Run, project: Path, monkeypatch, broken, check_name, ok, words, remedy
) -> None:
    if "lacks" not in words:
        monkeypatch.setenv(TOKEN, "s3cret")
    broken(project)
    subject, name = check_name.split(": ")
    ran = run("doctor", "--json", "--only", subject)
    check = next(one for one in ran.array if one["name"] == name)
    assert (check["ok"], "s3cret" in ran.out) == (ok, False)
    assert words in check["found"]
    assert remedy in check["remedy"]
    if ok is False:
        assert (ran.code, name in ran.error) == (1, True)


@pytest.mark.about_the_file
def test_an_older_library_stays_as_it_is(run: Run, project: Path) -> None:
    older(project)
    before = (project / "quotes/library.db").read_bytes()
    run("doctor")
    assert (project / "quotes/library.db").read_bytes() == before
    assert sorted(path.name for path in (project / "quotes").iterdir()) == [
        ".gitignore",
        "library.db",
    ]


@pytest.mark.about_the_file
def test_somebody_writing_is_told(run: Run, harvested: Path) -> None:
    with closing(sqlite3.connect(harvested / "quotes/library.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "writes just now" in found(run, "--only", "library")["writing"]["found"]


@pytest.mark.about_the_file
def test_a_disk_that_takes_nothing_is_told(run: Run, harvested: Path) -> None:
    folder = harvested / "quotes"
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        told = found(run, "--only", "library", "--only", "machine")
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
    assert (told["writing"]["ok"], told["library disk"]["ok"]) == (False, False)
    assert "cannot be written" in told["library disk"]["found"]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2001, 1, 1, tzinfo=UTC), "before this program was installed"),
        (datetime(2170, 1, 1, tzinfo=UTC), "far ahead"),
    ],
)
def test_a_clock_that_cannot_be_is_told(now: datetime, words: str) -> None:
    scene = checkup.Scene(Project(Config()), now)
    clock = next(one for one in checkup.checks(scene, ["machine"]) if one.name == "clock")
    assert (clock.ok, words in clock.found) == (False, True)


def test_zones_that_are_wrong_are_told(tmp_path: Path, monkeypatch) -> None:
    from zoneinfo import TZPATH, ZoneInfo, reset_tzpath

    (tmp_path / "Europe").mkdir()
    utc = next(path for one in TZPATH if (path := Path(one) / "UTC").is_file())
    (tmp_path / "Europe/Berlin").write_bytes(utc.read_bytes())
    try:
        reset_tzpath([tmp_path])
        ZoneInfo.clear_cache()
        scene = checkup.Scene(Project(Config(schedule=ScheduleSettings())), NOW)
        zones = next(one for one in checkup.checks(scene, ["machine"]) if one.name == "time zones")
    finally:
        reset_tzpath()
        ZoneInfo.clear_cache()
    assert (zones.ok, "has Europe/Berlin wrong" in zones.found) == (False, True)
