"""Real transcripts, from the folder named by PULLQUOTE_SAMPLES; none of them is ours to ship."""

from contextlib import suppress
from pathlib import Path

import pytest
from transcript_files import claims

from bot.errors import TranscriptError
from bot.sentences import sentences, stream
from bot.transcripts import read
from bot.transcripts.decode import decode

COUNTS = Path(__file__).parent / "real_files.tsv"  # names and counts alone


@pytest.fixture(scope="module")
def reference(samples):
    return read(samples / "making-ai-accessible.txt")


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


def test_every_file_is_read_as_it_should_be(samples):
    """Format and counts of every file there, or the reason it is refused."""
    for line in COUNTS.read_text().splitlines()[1:]:
        name, *expected = line.split("\t")
        try:
            found = read(samples / name)
        except TranscriptError as error:
            assert [error.reason, "", "", "", ""] == expected, name
            continue
        removed = sum(one.whole for one in found.removed)
        counts = (found.cues_present, len(found.cues), found.merged, removed)
        assert [found.format, *map(str, counts)] == expected, name
        assert found.cues_present == len(found.cues) + found.merged + removed


def test_no_file_is_taken_by_two_formats(samples):
    for path in (path for path in sorted(samples.rglob("*")) if path.is_file()):
        raw = path.read_bytes()
        with suppress(TranscriptError):
            assert len(claims(raw, decode(raw, str(path))[0])) <= 1, path


def test_times_of_every_file_never_fall(samples):
    for path in sorted(samples.rglob("*.*")):
        try:
            found = read(path)
        except TranscriptError:
            continue
        starts = [sentence.start_ms for sentence in sentences(stream(found.cues))]
        assert starts == sorted(starts), path
