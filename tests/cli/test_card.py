"""``card``: quotes of the library, and words of one's own that a talk says."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run

WORDS = "A grant will buy you a year, and a kettle will buy you ten."


def test_a_quote_is_drawn_in_another_theme(run: Run, sample: Path, project: Path) -> None:
    name = run("harvest", sample, "--json").array[0]["id"]
    drawn = run("card", name, "--theme", "paper", "--json").array
    with Image.open(drawn[0]["card"]) as card:
        assert card.size == (1080, 1080)
    assert run("card", name, "--theme", "paper", "--json").array[0]["reused"]


def test_words_that_the_talk_says_get_its_time(run: Run, sample: Path) -> None:
    ran = run("card", "--text", WORDS, "--speaker", "Marit", "--talk", sample, "--json")
    assert ran.code == 0
    assert "at 7:48" in ran.array[0]["alt"]


@pytest.mark.parametrize(
    ("text", "at"), [(WORDS.replace("ten", "twelve"), None), (WORDS, "2:00"), ("Xyzzy", None)]
)
def test_words_that_the_talk_does_not_say_are_refused(
    run: Run, sample: Path, own_folder: Path, text: str, at: str | None
) -> None:
    options = ["--at", at] if at else []
    ran = run("card", "--text", text, "--speaker", "M", "--talk", sample, *options)
    assert (ran.code, "does not say" in ran.error) == (3, True)
    assert not list(own_folder.iterdir())


TALK = """WEBVTT

00:01.000 --> 00:04.000
<v Ann Lee>You should never trust a number that you did not count yourself.

00:05.000 --> 00:09.000
<v Bo Park>My critics say that I am the worst baker in the whole town.

00:10.000 --> 00:14.000
<v Ann Lee>A small bakery feeds its street and a large one feeds its bank.
"""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("trust a number that you did not count yourself", "negation"),
        ("I am the worst baker in the whole town", "attribution"),
    ],
)
def test_words_torn_out_of_their_sentence_are_refused(
    run: Run, own_folder: Path, text: str, word: str
) -> None:
    (own_folder / "t.vtt").write_text(TALK, "utf-8")
    ran = run("card", "--text", text, "--talk", "t.vtt")
    assert (ran.code, word in ran.error) == (3, True)


def test_no_word_goes_of_a_language_that_has_it(run: Run, own_folder: Path) -> None:
    words = "Um cabo velho sabe um segredo que o mar esqueceu."
    (own_folder / "t.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:04.000\n{words}\n", "utf-8")
    ran = run("card", "--text", words, "--talk", "t.vtt", "--speaker", "Ann", "--json")
    assert words in ran.array[0]["alt"]


def test_words_of_another_voice_are_refused(run: Run, own_folder: Path) -> None:
    (own_folder / "t.vtt").write_text(TALK, "utf-8")
    words = "A small bakery feeds its street and a large one feeds its bank."
    ran = run("card", "--text", words, "--talk", "t.vtt", "--speaker", "Bo Park")
    assert (ran.code, "Ann Lee" in ran.error) == (3, True)
    assert run("card", "--text", words, "--talk", "t.vtt", "--speaker", "Ann").code == 0


@pytest.mark.parametrize(
    ("label", "speaker", "source"),
    [
        ("SPEAKER_00", None, "t, at 0:01"),
        ("SPEAKER_00", "Ann Lee", "Ann Lee, t, at 0:01"),
        ("Ann Lee", "Ann", "Ann Lee, t, at 0:01"),
        ("Ann Lee", None, "Ann Lee, t, at 0:01"),
    ],
)
def test_the_name_on_the_card_is_a_name(
    run: Run, own_folder: Path, label: str, speaker: str | None, source: str
) -> None:
    words = "A small bakery feeds its street."
    (own_folder / "t.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v {label}>{words}\n")
    options = ["--speaker", speaker] if speaker else []
    drawn = run("card", "--text", words, "--talk", "t.vtt", *options, "--json").array
    assert drawn[0]["alt"].endswith(f" – {source}")


def test_the_nearest_place_is_offered(run: Run, sample: Path) -> None:
    ran = run("card", "--text", WORDS.replace("ten", "twelve"), "--talk", sample)
    assert "7:48" in ran.error


def test_unverified_words_get_no_time(run: Run) -> None:
    ran = run("card", "--text", "Words of my own.", "--speaker", "Me", "--unverified", "--json")
    assert ran.code == 0
    assert "at " not in ran.array[0]["alt"]
    assert "nothing was checked" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("abc", "--text", "Both."),
        ("--text", "No talk."),
        ("--text", "Both.", "--unverified", "--at", "1:00"),
        ("--text", "Bad time.", "--talk", "x.vtt", "--at", "noon"),
    ],
)
def test_options_that_do_not_go_together(
    run: Run, sample: Path, arguments: tuple[str, ...]
) -> None:
    known = [sample if argument == "x.vtt" else argument for argument in arguments]
    ran = run("card", *known)
    assert ran.code == 2
    assert ran.error
