"""Which talk a harvest is of, and what is written of it."""

from dataclasses import replace

import pytest
from spoken import LATER, LINES, NOW, OTHERS, candidates, dump, transcript

from bot.errors import UsageError
from bot.library.details import talk_changes
from bot.model import Details

# Which talk it is: details and text of the second harvest → its talk, a word of the notice.
AD = Details(url="https://ad.example/x")


@pytest.mark.parametrize(
    ("details", "text", "talk", "notice"),
    [
        (Details(), transcript(), "lights", None),
        (Details("Another name"), transcript(), "lights", None),
        (Details(), transcript(source="b.txt", shift_ms=5), "lights", "kept as a version"),
        (Details(), transcript(OTHERS, source="bread.txt"), "bread", None),
        (Details("Lights!"), transcript(OTHERS), "lights-2", "other words"),
        (Details("Lights"), transcript(LINES[:5] + OTHERS), "lights", "kept as a version"),
        (Details("Bread"), transcript(LINES[:5] + OTHERS), "bread", None),
        (Details(url="https://a.example/1"), transcript(shift_ms=5), "lights", None),
        (Details(url="https://a.example/1"), transcript(OTHERS), "lights", "its own url"),
        (Details(url="https://b.example/2"), transcript(), "lights", "is https://b.example/2 now"),
    ],
)
def test_which_talk_it_is(library, details, text, talk, notice):
    library.keep(Details("Lights", url="https://a.example/1"), transcript(), (), NOW)
    kept = library.keep(details, text, (), LATER)
    assert kept.talk.id == talk
    assert [notice in told for told in kept.notices] == ([True] if notice else [])


def test_a_url_of_one_talk_with_the_file_of_another_is_refused(library):
    library.keep(Details("Lights", url="https://a.example/1"), transcript(), (), NOW)
    library.keep(Details("Bread", url="https://a.example/2"), transcript(OTHERS), (), NOW)
    before = dump(library)
    with pytest.raises(UsageError, match=r"this file is the talk 'lights', .* that of 'bread'"):
        library.keep(Details(url="https://a.example/2"), transcript(), (), LATER)
    assert dump(library) == before


def test_what_is_said_of_a_talk_is_written_and_the_rest_stays(library):
    first = Details(
        "Lights", ("Ada Quill",), "HarbourConf", "https://a.example/1", "2024-05-01", "en"
    )
    talk = library.keep(first, transcript(), (), NOW).talk
    assert library.keep(Details(), transcript(), (), LATER).talk == talk
    changed = library.keep(
        Details(event="CoastConf", speakers=("A. Quill",)), transcript(), (), LATER
    )
    assert changed.talk == replace(talk, event="CoastConf", speakers=("A. Quill",))


def test_talks_of_one_name_are_never_merged(library):
    backwards = [" ".join(reversed(line.split())) for line in LINES]
    for lines in (LINES, OTHERS, backwards):
        library.keep(Details(), transcript(lines, source="audio.srt"), (), NOW)
    assert {talk.id for talk in library.talks()} == {"audio", "audio-2", "audio-3"}


def test_what_a_harvest_tells_of_a_known_talk_is_kept_in_its_history(library):
    text = transcript()
    talk = library.keep(Details(event="Days"), text, candidates(text), NOW).talk
    library.keep(Details(event="Nights"), text, candidates(text), LATER)
    library.keep(Details(event="Nights"), text, candidates(text), LATER)
    with library.store.read() as connection:
        (change,) = talk_changes(connection, talk.id)
    assert (change.who, change.at) == ("harvest", LATER)
    assert (change.was, change.became) == ({"event": "Days"}, {"event": "Nights"})
