"""An archive harvested: broken talks left out, killed and run again, stopped, reported."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from bot.library import Library
from bot.store import open_store
from tests.cli.conftest import Run
from tests.harvesting.talks import made_talk, made_talks

COUNT = 90  # so many that a run can be ended in its middle
MANY = 12  # more than are shown one by one


@pytest.fixture
def archive(project: Path) -> Path:
    """Made talks in a project, with what is none beside them."""
    folder = project / "archive"
    made_talks(folder, MANY)
    (folder / "broken.vtt").write_bytes(b"WEBVTT\n")
    (folder / "essay.txt").write_text("Words without any times at all. " * 20, "utf-8")
    (folder / "speaker.jpg").write_bytes(b"\xff\xd8")
    return folder


def test_an_archive_is_harvested_and_what_failed_is_told_by_its_reason(
    run: Run, archive: Path
) -> None:
    ran = run("harvest", "archive", "--jobs", "2")
    assert (ran.code, ran.out) == (3, "")
    assert f"{MANY} talks harvested, 2 left out, 1 file passed over" in ran.err
    assert "1 × has words but no timestamps in a known form; give WebVTT" in ran.err
    assert "archive/essay.txt" in ran.err
    listed = run("library", "list", "-n", "500", "--json").array
    assert {row["talk"] for row in listed} == {f"talk-{number:04}" for number in range(MANY)}
    again = run("harvest", "archive/**/*.vtt")
    assert f"0 talks harvested, {MANY} unchanged since the last time, 1 left out" in again.err
    assert f"{MANY} talks harvested" in run("harvest", "archive/*.vtt", "--again").err
    assert run("library", "verify").code == 0


@pytest.mark.about_the_file
def test_many_talks_print_one_array_in_their_order(run: Run, archive: Path) -> None:
    first = run("harvest", "archive/talk*", "-n", "2", "--json", "--jobs", "2")
    talks = list(dict.fromkeys(row["talk"] for row in first.array))
    assert talks == sorted(talks)
    assert len(talks) == MANY
    again = run("harvest", "archive/talk*", "-n", "2", "--json")
    assert again.array == first.array


@pytest.mark.about_the_file
def test_a_dry_run_keeps_nothing(run: Run, archive: Path) -> None:
    ran = run("harvest", "archive/talk*", "--dry-run")
    assert f"{MANY} talks harvested" in ran.err
    assert "dry run: nothing was kept" in ran.err
    assert f"{MANY} talks harvested, 0 left out" in run("harvest", "archive/talk*").err


@pytest.mark.about_the_file
def test_talks_that_gave_no_quote_are_told(run: Run, archive: Path) -> None:
    (archive / "hello.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening, all.\n")
    ran = run("harvest", "archive/*.vtt")
    how = "`--again --report FILE.csv` says why"
    assert f"\n1 of them gave no quote: archive/hello.vtt; {how}\n" in ran.err
    assert "gave no quote" not in run("harvest", "archive/talk*", "--again").err
    run("harvest", "archive/*.vtt", "--again", "--report", "report.csv")
    rows = csv.DictReader(Path("report.csv").read_text("utf-8-sig").splitlines())
    (hello,) = (row for row in rows if row["place"] == "archive/hello.vtt")
    assert (hello["quotes"], "0 of 10 quotes: " in hello["notes"]) == ("0", True)


@pytest.mark.about_the_file
@pytest.mark.parametrize("ending", [".json", ".jsonl", ".csv"])
def test_a_report_tells_every_talk(run: Run, archive: Path, ending: str) -> None:
    path = archive.parent / f"report{ending}"
    assert run("harvest", "archive", "--report", path).code == 3
    text = path.read_text("utf-8-sig")
    read = {".json": json.loads, ".csv": lambda text: list(csv.DictReader(text.splitlines()))}
    rows = read.get(ending, lambda text: [json.loads(line) for line in text.splitlines()])(text)
    assert [row["place"] for row in rows] == sorted(row["place"] for row in rows)
    assert [row["fate"] for row in rows].count("harvested") == MANY
    assert {row["reason"] for row in rows if row["fate"] == "failed"} == {
        "has words but no timestamps in a known form",
        "has no cues",
    }
    assert [one.name for one in archive.parent.iterdir() if "part" in one.name] == []


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("nowhere/*.vtt",), 3, "nowhere: cannot be listed"),
        (("archive/*.srt",), 3, "archive/*.srt: no transcript is there; check the path"),
        (("archive", "--title", "One"), 2, "--title and --url are of one talk"),
        (("archive", "--report", "report.txt"), 2, "is of no kind we write; name a file that ends"),
        (("archive", "--jobs", "0"), 2, ""),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, archive: Path, options: tuple[str, ...], code: int, reason: str
) -> None:
    ran = run("harvest", *options)
    assert (ran.code, reason in ran.err) == (code, True)
    assert "Traceback" not in ran.err


def test_archives_and_folders_beside_single_talks(run: Run, project: Path) -> None:
    with zipfile.ZipFile(project / "talks.zip", "w") as box:
        for number in range(3):
            box.writestr(f"in/talk-{number}.vtt", made_talk(number))
    (project / "one.vtt").write_text(made_talk(9), "utf-8")
    ran = run("harvest", "talks.zip", "one.vtt", "-n", "1", "--json")
    assert [row["talk"] for row in ran.array] == ["talk-0", "talk-1", "talk-2", "one"]


def test_a_library_that_fails_at_talk_after_talk_ends_the_run(run: Run, archive: Path) -> None:
    (archive.parent / "file").write_text("", "utf-8")
    ran = run("--library", "file/library.db", "harvest", "archive/talk*", "--jobs", "2")
    assert ran.code == 1
    assert "file/library.db" in ran.error


COMMAND = [sys.executable, "-m", "bot", "harvest", "archive/talk*", "--jobs", "2"]


def started(folder: Path, place: str) -> subprocess.Popen[str]:
    """The command by itself, as soon as its first talks are kept."""
    process = subprocess.Popen(
        COMMAND,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with open_store(place) as store:
        while process.poll() is None and len(Library(store).talks(2)) < 2:
            time.sleep(0.01)
    return process


def kept(place: str) -> int:
    with open_store(place) as store:
        return len(Library(store).talks())


def of_group(group: int) -> list[int]:
    """The processes of a group that still run."""
    stats = (path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
    fields = (stat.rpartition(")")[2].split() for stat in stats)
    return [int(one[2]) for one in fields if int(one[2]) == group and one[0] != "Z"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("number", "to_group", "code"),
    [
        (signal.SIGINT, True, 128 + signal.SIGINT),
        (signal.SIGTERM, False, 128 + signal.SIGTERM),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
@pytest.mark.about_the_file
def test_stopped_in_the_middle_and_run_again_it_goes_on(
    run: Run, project: Path, number: int, to_group: bool, code: int
) -> None:
    ended(run, project, number, to_group, code)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_killed_in_the_middle_and_run_again_it_goes_on(run: Run, project: Path) -> None:
    ended(run, project, signal.SIGKILL, False, -signal.SIGKILL)


def ended(run: Run, project: Path, number: int, to_group: bool, code: int) -> None:
    """A run that a signal ends, and another that goes on with it."""
    place = os.environ.get("PULLQUOTE_LIBRARY") or str(project / "quotes/library.db")
    made_talks(project / "archive", COUNT)
    process = started(project, place)
    (os.killpg if to_group else os.kill)(process.pid, number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    done = kept(place)
    assert 2 <= done < COUNT
    if code > 0:
        assert (
            f"stopped with {COUNT - done} talks left: the same command goes on from there" in told
        )
        assert "Traceback" not in told
    until = time.monotonic() + 20
    while of_group(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert of_group(process.pid) == []  # no worker outlives the command
    done = kept(place)
    ran = run("harvest", "archive")
    assert f"{COUNT - done} talks harvested, {done} unchanged since the last" in ran.err
    assert kept(place) == COUNT
    assert run("library", "verify").code == 0


def test_a_name_that_is_no_text_stops_nothing(run: Run, archive: Path) -> None:
    (archive / os.fsdecode(b"na\xefve.vtt")).write_text(made_talk(99), "utf-8")
    (archive / os.fsdecode(b"bro\xefken.json")).write_text('{\n"a":', "utf-8")
    assert run("harvest", "archive", "--report", "all.json", "--jobs", "2").code == 3
    rows = {row["place"]: row for row in json.loads(Path("all.json").read_text("utf-8"))}
    assert rows["archive/na�ve.vtt"]["title"] == "na�ve"
    broken = rows["archive/bro�ken.json"]  # the talk's place, so that rows can be told apart
    assert "line" in broken["reason"]
    assert run("library", "verify").code == 0


@pytest.mark.about_the_file
def test_a_report_that_cannot_be_written_is_told_before_hours_of_work(
    run: Run, archive: Path
) -> None:
    Path("all.csv").mkdir()
    ran = run("harvest", "archive", "--report", "all.csv")
    assert (ran.code, "is a folder" in ran.error) == (2, True)
    assert not Path("quotes/library.db").exists()
