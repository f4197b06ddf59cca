"""Which talk a harvest is of, and what is written of it."""

from dataclasses import replace
from random import Random

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


def test_namesakes_are_told_in_one_line_and_numbered(library):
    for number in range(12):
        lines = [f"{number} {word} is a word of number {number}." for word in OTHERS[0].split()]
        kept = library.keep(Details("Audio"), transcript(lines, source=f"{number}.txt"), (), NOW)
    assert kept.notices == (
        "11 other talks have the title “Audio” (audio), but other words:"
        " this one is kept as a talk of its own",
    )
    numbers = {"audio", *(f"audio-{number}" for number in range(2, 13))}
    assert {talk.id for talk in library.talks()} == numbers


def test_an_id_in_between_that_is_taken_is_not_given_again(library):
    library.keep(Details("Audio 2"), transcript(OTHERS, source="b.txt"), (), NOW)
    library.keep(Details("Audio"), transcript(), (), NOW)
    backwards = [" ".join(reversed(line.split())) for line in LINES]
    assert library.keep(Details("Audio"), transcript(backwards), (), NOW).talk.id == "audio-3"


def test_a_talk_that_was_renamed_is_known_by_its_new_title(library):
    library.keep(Details("Lights"), transcript(), (), NOW)
    library.change_talk("lights", {"title": "Lamps"}, "Ann", NOW)
    shares_a_fifth = transcript(LINES[:5] + OTHERS, source="b.txt")
    assert library.keep(Details("Lamps"), shares_a_fifth, (), LATER).talk.id == "lights"
    as_much = transcript(LINES[:5] + [" ".join(reversed(line.split())) for line in OTHERS])
    renamed = library.keep(Details("Lights"), as_much, (), LATER)
    assert renamed.talk.id == "lights-2"


# Shares of the words of another talk with which a text is still, or no more, a version of it.
@pytest.mark.parametrize(("share", "is_version"), [(0.95, True), (0.85, True), (0.4, False)])
def test_versions_are_found_in_a_crowd(library, share, is_version):
    chance = Random(3)
    words = [f"word{number}" for number in range(3000)]
    talks = [chance.choices(words, k=1500) for _ in range(30)]
    for number, spoken in enumerate(talks):
        library.keep(Details(f"Talk {number}"), transcript(_lines(spoken)), (), NOW)
    for number, spoken in enumerate(talks[::3]):
        changed = spoken[: int(share * 1500)] + chance.choices(words, k=1500 - int(share * 1500))
        kept = library.keep(Details(f"Other {number}"), transcript(_lines(changed)), (), LATER)
        assert kept.talk.id == (f"talk-{3 * number}" if is_version else f"other-{number}")


def _lines(words):
    return [" ".join(words[at : at + 12]) + "." for at in range(0, len(words), 12)]
