"""``make``, ``harvest`` and ``sentences`` from end to end on the sample talk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.conftest import ROOT

QUOTE_KEYS = [
    *("id", "talk", "said", "shown", "edits", "start_ms", "end_ms", "approximate"),
    *("score", "reasons", "speaker", "role", "attribution", "flags", "language", "status"),
    *("tags", "note", "url"),
]
SENTENCE_KEYS = [
    *("index", "text", "start_ms", "end_ms", "approximate", "speaker", "role", "attribution"),
]
NAME = "Marit Oyelaran"


def test_make_draws_cards_with_their_words_beside_them(run: Run, sample: Path) -> None:
    made = run("make", sample, "--speaker", NAME, "-n", "4", "--out", "cards", "--json")
    assert made.code == 0
    assert len(made.array) == 4
    for quote in made.array:
        with Image.open(quote["card"]) as card:
            assert card.size == (1080, 1080)
        assert Path(quote["card"]).with_suffix(".txt").read_text("utf-8").strip() == quote["alt"]
        assert NAME in quote["alt"]


def test_make_outside_a_project_writes_the_cards_and_nothing_else(
    run: Run, sample: Path, own_folder: Path
) -> None:
    made = run("make", sample, "-n", "2", "--out", "cards")
    assert made.code == 0
    assert "pullquote init" in made.err
    assert [path.name for path in own_folder.iterdir()] == ["cards"]


def test_make_again_draws_nothing_anew(run: Run, sample: Path, project: Path) -> None:
    first = run("make", sample, "-n", "3", "--json").array
    before = {path: path.stat().st_mtime_ns for path in (project / "cards").iterdir()}
    again = run("make", sample, "-n", "3", "--json").array
    assert [one.pop("reused") for one in first + again] == [False] * 3 + [True] * 3
    assert again == first
    assert {path: path.stat().st_mtime_ns for path in (project / "cards").iterdir()} == before


def test_a_rejected_quote_is_not_drawn_again(run: Run, sample: Path, project: Path) -> None:
    first = run("make", sample, "-n", "3", "--json").array
    assert run("library", "reject", first[0]["id"]).code == 0
    again = run("make", sample, "-n", "3", "--json").array
    assert first[0]["id"] not in {quote["id"] for quote in again}
    assert len(again) == 3


@pytest.mark.parametrize("command", ["make", "harvest"])
def test_a_dry_run_keeps_nothing(run: Run, sample: Path, project: Path, command: str) -> None:
    before = sorted(project.rglob("*"))
    ran = run(command, sample, "-n", "2", "--dry-run", "--json")
    assert ran.code == 0
    assert len(ran.array) == 2
    assert sorted(project.rglob("*")) == before


def test_harvest_prints_json_and_nothing_else(run: Run, sample: Path, project: Path) -> None:
    quotes = run("harvest", sample, "--speaker", NAME, "-n", "7", "--json").array
    assert len(quotes) == 7
    assert sorted(quotes[0]) == sorted(QUOTE_KEYS)
    assert quotes[0]["attribution"]["how"] == "inferred"
    assert all(quote["reasons"] for quote in quotes)
    assert sorted(quotes[0]["reasons"][0]) == ["contribution", "feature"]


def test_harvest_keeps_more_than_it_lists(run: Run, sample: Path, project: Path) -> None:
    run("harvest", sample, "-n", "5")
    assert len(run("library", "list", "--json").array) == 40


def test_the_url_of_a_talk_becomes_a_deep_link(run: Run, sample: Path, project: Path) -> None:
    url = "https://www.youtube.com/watch?v=abc"
    quote = run("harvest", sample, "--url", url, "--json").array[0]
    assert quote["url"].startswith(url)
    assert str(quote["start_ms"] // 1000) in quote["url"]


def test_the_best_quotes_of_the_sample_are_no_small_talk(run: Run, sample: Path) -> None:
    shown = " ".join(quote["shown"] for quote in run("harvest", sample, "--json").array).lower()
    for word in ("thank", "welcome", "sponsor", "microphone", "?"):
        assert word not in shown


def test_asked_for_more_than_there_is_it_says_why(run: Run, sample: Path) -> None:
    ran = run("harvest", sample, "-n", "400")
    assert ran.code == 0
    assert "of 400 quotes" in ran.err


def test_sentences_saves_nothing(run: Run, sample: Path, project: Path) -> None:
    before = sorted(project.rglob("*"))
    found = run("sentences", sample, "--json").array
    assert sorted(project.rglob("*")) == before
    assert sorted(found[0]) == sorted(SENTENCE_KEYS)
    assert [one["index"] for one in found] == list(range(len(found)))


def test_the_report_counts_cues_and_what_was_heard(run: Run, sample: Path) -> None:
    report = run("sentences", sample, "--report").out
    for word in ("cues in the file", "cues read", "[APPLAUSE]", "(audience applauding)"):
        assert word in report


@pytest.mark.parametrize("options", [("--title", "One"), ("--url", "https://example.org/1")])
def test_details_of_one_talk_are_refused_for_two(
    run: Run, sample: Path, options: tuple[str, str], own_folder: Path
) -> None:
    other = own_folder / "other.txt"
    other.write_text("0:01 One line.\n0:04 Another line.\n", "utf-8")
    ran = run("harvest", sample, other, *options)
    assert (ran.code, "one talk" in ran.error) == (2, True)


LABELLED = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v {}>A quiet town keeps its own library warm.\n"


def test_of_speakers_who_disagree_each_talk_without_the_named_one_is_left_out(
    run: Run, project: Path
) -> None:
    for name in ("Ann Lee", "Bo Park"):
        (project / f"{name[:3]}.vtt").write_text(LABELLED.format(name), "utf-8")
    ran = run("make", "Ann.vtt", "Bo .vtt", "--speaker", "Ann Lee")
    assert (ran.code, "Bo .vtt" in ran.error, "Bo Park" in ran.error) == (2, True, True)
    assert not (project / "quotes/library.db").exists()
    ran = run("harvest", "Ann.vtt", "Bo .vtt", "--speaker", "Ann Lee", "--json")
    assert ran.code == 3
    assert "left out: Bo .vtt: nobody in it is called Ann Lee" in ran.err
    assert {quote["speaker"] for quote in ran.array} == {"Ann Lee"}


def test_a_labelled_speaker_is_labelled(run: Run, own_folder: Path) -> None:
    (own_folder / "a.vtt").write_text(LABELLED.format("Ann Lee"), "utf-8")
    quote = run("harvest", "a.vtt", "--speaker", "Ann Lee", "--json").array[0]
    assert quote["speaker"] == "Ann Lee"
    assert quote["attribution"] == {"how": "labelled", "confidence": 1.0}


def test_what_would_steer_a_terminal_is_taken_out(run: Run, own_folder: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Eve\x1b]0;owned\x07>Keep the \x1b[31mdoor open"
    (own_folder / "a.vtt").write_text(f"{text} and the \u202ekettle on for everyone.\n", "utf-8")
    ran = run("harvest", "a.vtt", "--json")
    assert ran.array[0]["said"] == "Keep the door open and the kettle on for everyone."
    assert ran.array[0]["speaker"] == "Eve"


def test_markup_in_a_title_and_in_words_stays_text(run: Run, own_folder: Path) -> None:
    name = own_folder / "[red]odd.txt"
    name.write_text(
        "[bold]A title[/] of four words\n\n0:01 Keep the door open for everyone.\n0:05 ."
    )
    ran = run("harvest", name)
    assert ran.code == 0
    assert "[bold]A title[/]" in ran.out


def test_a_terminal_without_typographic_marks_gets_no_traceback(
    own_folder: Path, sample: Path
) -> None:
    for arguments in (["harvest", str(sample)], ["harvest", str(sample), "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert done.stdout.isascii()
        assert b"error" not in done.stderr
