"""Real transcripts, from the folder named by PULLQUOTE_SAMPLES; none of them is ours to ship."""

import pytest

from bot.errors import TranscriptError
from bot.sentences import sentences, stream
from bot.transcripts import read, read_bytes
from bot.transcripts.decode import decode

OF_OTHER_KINDS = (
    *("ass", "aws-transcribe", "deepgram", "docx", "ebu-stl", "google-meet", "google-stt", "otter"),
    *("lexicap-like-json", "podcast-rss", "revai", "sbv", "scc", "substack-style", "ttml"),
    *("youtube-json3", "youtube-srv"),
)
CAPTIONS = {".vtt": "webvtt", ".srt": "srt"}


@pytest.fixture(scope="module")
def reference(samples):
    return read(samples / "making-ai-accessible.txt")


def files(samples, *folders):
    found = [path for folder in folders for path in sorted((samples / folder).iterdir())]
    assert found
    return found


def test_the_reference_has_every_timed_line(reference):
    assert (reference.format, reference.cues_present, len(reference.cues)) == (
        "page_text",
        955,
        955,
    )
    assert reference.notes == ()


def test_the_reference_has_its_sentences_and_events(reference):
    turns = stream(reference.cues)
    found = sentences(turns)
    assert len(found) == 555  # a 556th start that people count is a tag, "(audience applauding)"
    assert len([event for turn in turns for event in turn.events]) == 6
    assert sum(sentence.hole for sentence in found) == 1


def test_every_sentence_of_the_reference_starts_with_a_cue(reference):
    starts = {cue.start_ms for cue in reference.cues}
    found = sentences(stream(reference.cues))
    assert {sentence.start_ms for sentence in found} <= starts
    assert all(sentence.end_ms > sentence.start_ms for sentence in found)
    assert not any(sentence.approximate for sentence in found)


def test_every_caption_file_is_read_with_the_cues_it_has(samples):
    paths = [path for path in sorted(samples.rglob("*.*")) if path.suffix in CAPTIONS]
    assert len(paths) > 30
    for path in paths:
        raw = path.read_bytes()
        arrows = decode(raw, str(path))[0].count("-->")
        if not arrows:
            with pytest.raises(TranscriptError):
                read(path)
            continue
        found = read_bytes(raw, str(path))
        assert found.format == CAPTIONS[path.suffix], path
        assert found.cues_present == arrows, path
        assert len(found.cues) == arrows or found.notes, path


def test_every_whisper_file_is_read(samples):
    folders = ("openai-whisper", "faster-whisper", "insanely-fast-whisper", "whisper-timestamped")
    paths = files(samples, *folders, "whisper.cpp", "whisperx")
    paths = [path for path in paths if path.suffix == ".json" and "fastapi" not in path.name]
    assert len(paths) >= 12
    for path in paths:
        found = read(path)
        assert found.format == "whisper_json", path
        assert len(found.cues) == found.cues_present or found.notes, path


def test_files_of_other_kinds_are_refused(samples):
    for path in files(samples, *OF_OTHER_KINDS):
        with pytest.raises(TranscriptError):
            read(path)


def test_times_of_every_file_never_fall(samples):
    for path in sorted(samples.rglob("*.*")):
        try:
            found = read(path)
        except TranscriptError:
            continue
        starts = [sentence.start_ms for sentence in sentences(stream(found.cues))]
        assert starts == sorted(starts), path
