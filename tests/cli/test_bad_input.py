"""Whatever is wrong: one line that names it, the right exit code, and nothing lost."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.libraries import state

GOOD = "0:01 A small door is still a door for everyone.\n0:06 Keep it open and keep it oiled.\n"
FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "spaces.vtt": b" \n\n ",
    "picture.vtt": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "noise.srt": bytes(range(256)) * 8,
    "essay.txt": b"Words without any times at all. " * 40,
    "list.txt": b"milk\nbread\n",
    "bare.vtt": b"WEBVTT\n",
    "cut.json": b'{"segments": [{"start": 0.0, "end": 2.0, "text": "One',
    "other.json": b'{"segments": 3, "text": "x", "start": 1}',
    "backwards.txt": b"0:09 Later words.\n0:02 Earlier words.\n",
    "shuffled.srt": b"1\n00:00:30,000 --> 00:00:31,000\nB\n\n2\n00:00:01,000 --> 00:00:02,000\nA\n",
    "half.txt": b"\xff\xfe0\x00:\x000\x001",
    "ebcdic.txt": "0:01 Hello there.\n0:04 And goodbye.\n".encode("cp037") * 30,
}
NAMED_LINES = {"cut.json": "line 1", "backwards.txt": "line 2", "shuffled.srt": "line 6"}


@pytest.fixture
def kept(run: Run, project: Path) -> Path:
    """A project with one talk in its library."""
    (project / "good.txt").write_text(GOOD, "utf-8")
    assert run("harvest", "good.txt").code == 0
    return project


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_transcript(run: Run, kept: Path, name: str) -> None:
    (kept / name).write_bytes(FILES[name])
    before = state(kept)
    ran = run("harvest", name)
    assert (ran.code, ran.out) == (3, "")
    assert name in ran.error
    assert NAMED_LINES.get(name, "") in ran.error
    assert "; " in ran.error
    assert state(kept) == before


def test_a_broken_talk_stops_no_other(run: Run, kept: Path) -> None:
    (kept / "broken.vtt").write_bytes(b"WEBVTT\n")
    (kept / "new.txt").write_text(GOOD.replace("door", "gate"), "utf-8")
    before = state(kept)
    assert run("make", "new.txt", "broken.vtt").code == 3
    assert state(kept) == before  # all of them are read before a card is drawn
    ran = run("harvest", "broken.vtt", "new.txt")
    assert ran.code == 3
    assert "left out: broken.vtt: " in ran.err
    assert "1 talk harvested, 1 left out" in ran.err
    assert "gate" in ran.out


@pytest.mark.parametrize("command", ["make", "harvest", "sentences"])
@pytest.mark.parametrize("name", ["nowhere.vtt", "folder", "good.txt/below.vtt"])
def test_a_path_that_cannot_be_read(run: Run, kept: Path, command: str, name: str) -> None:
    (kept / "folder").mkdir()
    ran = run(command, name)
    assert ran.code == 3
    assert name in ran.error


@pytest.mark.skipif(os.name != "posix", reason="permission bits of other systems differ")
def test_a_path_without_permission(run: Run, kept: Path) -> None:
    """Permission bits do not hold for root: a file of the system that it may not read does."""
    locked = kept / "locked.vtt"
    if os.geteuid() == 0:
        locked.symlink_to("/proc/self/mem")
    else:
        locked.write_text("WEBVTT\n")
        locked.chmod(0)
    ran = run("harvest", "locked.vtt")
    assert (ran.code, "locked.vtt" in ran.error) == (3, True)


def test_five_hundred_megabytes(run: Run, kept: Path) -> None:
    with (kept / "huge.txt").open("wb") as file:
        file.truncate(500_000_000)
    ran = run("harvest", "huge.txt")
    assert (ran.code, "500 MB" in ran.error) == (3, True)


def test_an_unwritable_library(run: Run, kept: Path) -> None:
    for place in ("good.txt/library.db", "quotes", "sqlite:////proc/library.db"):
        ran = run("--library", place, "harvest", "good.txt")
        assert ran.code == 1, place
        assert ran.error


def test_an_unwritable_out_folder(run: Run, kept: Path) -> None:
    ran = run("make", "good.txt", "--out", "good.txt/cards")
    assert (ran.code, "good.txt/cards" in ran.error) == (3, True)


CONFIGS = {
    "harvest:\n  kep: 3\n": (2, "did you mean 'harvest.keep'"),
    "library: a.db\nlibrary: b.db\n": (2, "twice"),
    "harvest:\n  keep: many\n": (2, "whole number"),
    "harvest:\n  keep: 0\n": (2, ">= 1"),
    "harvest: 3\n": (1, "'harvest'"),
    "card:\n  theme: [a]\n": (2, "text"),
    "card:\n  colors: {accent: '#12345g'}\n": (2, "#12345g"),
    "card:\n  colors: {acent: '#123456'}\n": (2, "acent"),
    "card:\n  colors: {quote: '#1a1b38'}\n": (2, ":1"),
    "card:\n  fonts: {quote: nowhere.ttf}\n": (2, "nowhere.ttf"),
    "card:\n  fonts: {quote: good.txt}\n": (2, "good.txt"),
    "card:\n  theme: midnite\n": (2, "midnight"),
    "card:\n  template: sqare\n": (2, "square"),
    "speaker: [\n": (2, "YAML"),
    "\tspeaker: x\n": (1, "YAML"),
    "just words\n": (1, "settings"),
}


@pytest.mark.parametrize("text", CONFIGS)
def test_a_wrong_setting_is_named_with_its_line(run: Run, kept: Path, text: str) -> None:
    (kept / "config.yaml").write_text(text, "utf-8")
    before = state(kept)
    line, word = CONFIGS[text]
    ran = run("make", "good.txt")
    assert ran.code == 4
    assert f"config.yaml line {line}:" in ran.error
    assert word in ran.error
    assert state(kept) == before


SECRETS = ("me:secret@host/db", "me:a/secret@host/db", "host/db?password=secret", ":secret@host/db")


@pytest.mark.about_the_file  # the library is named in the settings
@pytest.mark.parametrize("secret", SECRETS)
def test_a_password_in_an_address_is_refused_and_not_shown(
    run: Run, kept: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"postgresql://{secret}"
    by_option = run("--library", address, "library", "list")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", address)
    by_variable = run("library", "list")
    monkeypatch.delenv("PULLQUOTE_LIBRARY")
    (kept / "config.yaml").write_text(f"library: {address}\n", "utf-8")
    in_settings = run("library", "list")
    assert "config.yaml line 1: " in in_settings.error
    for ran in (by_option, by_variable, in_settings):
        assert ran.code == 4
        assert "holds a password; put it into ~/.pgpass or PGPASSWORD" in ran.error
        assert "secret" not in ran.err


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--theme", "midnite"), "midnight"),
        (("--template", "sqare"), "square"),
        (("-n", "0"), ""),
        (("--nonsense",), ""),
    ],
)
def test_a_wrong_option_is_wrong_usage(
    run: Run, kept: Path, options: tuple[str, ...], word: str
) -> None:
    ran = run("make", "good.txt", *options)
    assert ran.code == 2
    assert word in ran.err
    assert "Traceback" not in ran.err


def test_an_environment_variable_that_is_no_setting(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_HARVEST_KEP", "3")
    ran = run("harvest", "good.txt")
    assert (ran.code, "PULLQUOTE_HARVEST_KEEP" in ran.error) == (4, True)


def test_a_value_of_the_environment_is_not_blamed_on_the_file(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_HARVEST_KEEP", "0")
    ran = run("harvest", "good.txt")
    assert (ran.code, "environment: PULLQUOTE_HARVEST_KEEP" in ran.error) == (4, True)


def test_one_endless_cue_is_no_endless_wait(run: Run, kept: Path) -> None:
    cue = f"00:01.000 --> 59:00.000\n{'word ' * 100_000}"
    (kept / "endless.vtt").write_text(f"WEBVTT\n\n{cue}\n", "utf-8")
    assert run("harvest", "endless.vtt").code == 0


def test_runs_of_marks_are_refused_or_read(run: Run, kept: Path) -> None:
    (kept / "dots.txt").write_text("0:01 " + ". " * 9000 + "\n0:09 " + "( " * 9000, "utf-8")
    ran = run("harvest", "dots.txt")
    assert ran.code in (0, 3)
    assert "unforeseen" not in ran.err


def test_only_questions_give_no_quote_and_say_why(run: Run, kept: Path) -> None:
    (kept / "asking.txt").write_text("0:01 Who opens the door?\n0:03 And who oils it?\n", "utf-8")
    ran = run("make", "asking.txt", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


@pytest.mark.about_the_file
def test_nothing_unforeseen_shows_a_traceback(run: Run, kept: Path) -> None:
    (kept / "quotes/library.db").write_bytes(b"SQLite format 3\x00" + os.urandom(5000))
    ran = run("library", "list")
    assert (ran.code, "library.db" in ran.error) == (1, True)


@pytest.mark.parametrize(
    "line",
    [
        "--config {} library list",
        "harvest {}",
        "init {}",
        "library import {}",
        "library export --to {}",
        "library backup {}",
        "library copy --to {}",
    ],
)
@pytest.mark.parametrize("name", ["a" * 300, "b/" * 3000])
def test_a_name_too_long_is_told(run: Run, kept: Path, line: str, name: str) -> None:
    before = state(kept)
    ran = run(*line.format(name).split())
    assert ran.code == 3
    assert "name" in ran.error
    assert "check the path" in ran.error
    assert state(kept) == before
