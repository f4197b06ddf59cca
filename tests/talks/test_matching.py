"""Transcripts found for talks by the names of files."""

from pathlib import Path

import pytest

from bot.model import Details
from bot.talks.cells import Entry
from bot.talks.matching import matched

PLACE = Path("talks.json")


def talk(title, code=None, file=None, language=None):
    return Entry("session 1", file, Details(title=title, language=language), code)


def found(entries, *names):
    entries, errors = matched(entries, names, PLACE)
    return [one.file for one in entries], [str(error) for error in errors]


@pytest.mark.parametrize(
    "name",
    [
        "KQ7RSD.vtt",
        "boat-days-2031-kq7rsd-eng.srt",
        "A rope’s life.vtt",
        "Boat Days - Ada Quill - A Rope's Life [x-Yz123].en.vtt",
        "a_ropes_life.json",
    ],
)
def test_a_file_is_known_by_code_or_title(name):
    assert found([talk("A rope's life", "KQ7RSD")], "other.vtt", name) == ([name], [])


def test_a_code_wins_over_a_title():
    names = ("rope-and-knot.vtt", "KQ7RSD.vtt")
    assert found([talk("Rope and knot", "KQ7RSD")], *names)[0] == ["KQ7RSD.vtt"]


def test_a_longer_title_takes_the_file():
    both = [talk("The long rope"), talk("The long rope of the sea")]
    paths, errors = found(both, "the-long-rope-of-the-sea.vtt")
    assert paths == ["the-long-rope-of-the-sea.vtt"]
    assert "“The long rope” has no transcript" in errors[0]


def test_the_language_chooses():
    names = ("long rope.de.vtt", "long rope.en.vtt")
    assert found([talk("Long rope", language="de")], *names)[0] == ["long rope.de.vtt"]


def test_what_is_not_clear_is_said():
    paths, errors = found([talk("Long rope")], "long rope.srt", "long rope.vtt")
    assert paths == []
    assert "2 transcripts: long rope.srt, long rope.vtt" in errors[0]
    assert "put its title into the file's name" in found([talk("Long rope")], "a.vtt")[1][0]


def test_short_titles_and_codes_fit_nothing():
    assert found([talk("Q&A", "7")], "q-a 7.vtt")[0] == []


def test_a_named_file_stays():
    assert found([talk("Long rope", file="b.vtt")], "long rope.vtt")[0] == ["b.vtt"]


def test_a_file_with_a_code_is_not_another_talks_by_its_title():
    both = [talk("Rope", "KQ7RSD"), talk("Rope and knot at sea", "ZZ9PLA")]
    names = ("KQ7RSD rope and knot at sea.vtt", "ZZ9PLA.vtt")
    assert found(both, *names) == (list(names), [])
    assert found([both[0], talk("Rope and knot at sea")], names[0])[0] == [names[0]]
