"""The benchmark of scale: its talks are what they pretend to be, and its parts measure."""

import pytest

from benchmarks import made_talks, scale_parts
from bot.library import Library
from bot.store import open_store
from bot.transcripts import read_bytes

FORMATS = {"turns": "turn_text", "vtt": "webvtt", "srt": "srt", "words": "whisper_json"}


@pytest.mark.parametrize("kind", made_talks.KINDS)
def test_made_talks_are_of_their_kind_and_the_same_each_time(kind):
    raw = made_talks.talk(7, 2, kind)
    assert raw == made_talks.talk(7, 2, kind) != made_talks.talk(8, 2, kind)
    read = read_bytes(raw, "talk")
    assert read.format == FORMATS[kind]
    assert 60_000 < max(cue.end_ms for cue in read.cues) < 300_000


def test_a_folder_is_harvested_by_the_command_line(tmp_path):
    made_talks.write(tmp_path / "talks", range(8), 2)
    place = tmp_path / "library.db"
    peaks = scale_parts.harvest_folder(place, tmp_path / "talks", 1)
    assert 20 < peaks.most < 300
    with open_store(place) as store:
        assert len(Library(store).talks()) == 8
        assert len(Library(store).quotes()) > 40


def test_one_more_talk_is_measured_in_each_library(tmp_path):
    places = {name: tmp_path / f"{name}.db" for name in ("one", "other")}
    found = scale_parts.growth(tmp_path, places, 2, 2)
    assert set(found.ms) == set(places)
    assert 0.1 < found.times["other"].median < 10
    for place in places.values():
        with open_store(place) as store:
            assert len(Library(store).talks()) == 3
