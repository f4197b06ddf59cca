"""What real talks do to a careless harvest: each of these once made a wrong card."""

from pathlib import Path

import pytest

from bot.model import Details
from bot.pipeline import Cast, Terms, rank, read_talk
from tests.cli.conftest import Run, make_vtt

NAME = "Marit Oyelaran"


def test_a_quote_no_card_can_show_makes_way_for_the_next(run: Run, own_folder: Path) -> None:
    talk = make_vtt(
        own_folder,
        "<v Bo Marsh>We had some of those older books over in another room.",
        "<v Ann Lee>Keep the door open 𒀀 for everyone, and keep the kettle on.",
    )
    ran = run("make", talk, "-n", "2", "--json")
    assert ran.code == 0
    assert [quote["shown"] for quote in ran.array] == [
        "We had some of those older books over in another room."
    ]
    assert "has no card" in ran.err


def test_an_unwritable_out_folder_keeps_nothing(run: Run, sample: Path, project: Path) -> None:
    (project / "file").write_text("")
    assert run("make", sample, "--out", "file/cards").code == 3
    assert not (project / "quotes/library.db").exists()


@pytest.mark.parametrize("name", ["[/] Ann", "Ann [host]", "[red]Ann"])
def test_a_name_with_brackets_is_shown_as_it_is(run: Run, sample: Path, name: str) -> None:
    assert name in run("harvest", sample, "--speaker", name).out


def test_notes_come_with_json_too_but_beside_it(run: Run, sample: Path) -> None:
    ran = run("harvest", sample, "--speaker", NAME, "--json")
    assert "is a guess" in ran.err
    assert len(ran.array) == 10


def test_what_is_left_aside_as_nobody_surely_says_it_is_told(run: Run, sample: Path) -> None:
    reading = read_talk(sample, Cast((NAME,)), 64)
    aside, all_told = rank(reading, Details(), Terms(10)).aside, len(reading.sentences)
    told = f"it is not sure who says {aside} of {all_told} sentences"
    assert told in run("harvest", sample, "--speaker", NAME).err
    assert aside > 0


def test_a_talk_without_punctuation_says_so(run: Run, own_folder: Path) -> None:
    talk = make_vtt(own_folder, *["and then we went on and on about the lamp"] * 9)
    assert "no punctuation" in run("harvest", talk).err


def test_a_usual_speaker_is_not_forced_on_a_talk_with_names(run: Run, project: Path) -> None:
    (project / "config.yaml").write_text("speaker: Jane Doe\n", "utf-8")
    talk = make_vtt(project, "<v Ann Lee>A small town keeps its own library warm.")
    assert run("harvest", talk, "--json").array[0]["speaker"] == "Ann Lee"
    plain = make_vtt(project, "A small town keeps its own kettle warm.")
    assert run("harvest", plain, "--json").array[0]["speaker"] == "Jane Doe"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not a url", "https://"])
def test_an_address_that_is_none_is_refused(run: Run, sample: Path, url: str) -> None:
    ran = run("harvest", sample, "--url", url)
    assert (ran.code, "https://…" in ran.error) == (2, True)


def test_the_rest_of_a_sentence_after_an_interruption_is_no_quote(
    run: Run, own_folder: Path
) -> None:
    talk = make_vtt(
        own_folder,
        "<v Ann Lee>We should never",
        "<v Bo Roe>Yeah.",
        "<v Ann Lee>trust a benchmark that we did not run ourselves.",
    )
    assert run("harvest", talk, "--json").array == []
